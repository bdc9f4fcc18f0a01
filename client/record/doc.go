// Package record writes down what is done in systems before it is done, and how it ended.
// It stands before each system, and lets nothing by that it cannot write down. What the
// lines are is model/audit's; it knows no dialect, and nothing of who reads the record.
package record
