// Package bulk is the conversation about many orders at once: the plan as it was made, the
// question that grows with the risk, how far it is, and what has become of each line. It must
// not know which pages there are, nor how tokens were chosen.
package bulk
