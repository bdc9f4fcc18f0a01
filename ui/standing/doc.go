// Package standing says how one of several systems stands: who one is there, whether it
// answers, what there is of its tokens, and what to beware of. It must not know who asks it.
package standing
