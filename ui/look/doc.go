// Package look is how the console speaks and draws: colours and frames, the keys and
// their names, and the words for times, errors, tokens and users. It does not know what
// is going on: no page, no order, no state but the line that was said last.
package look
