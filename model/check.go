package model

// Verdict is how a check ended.
type Verdict string

// The verdicts.
const (
	OK      Verdict = "ok"
	Warning Verdict = "warning"
	Failed  Verdict = "failed"
	Skipped Verdict = "skipped"
)

// Check is one line of a diagnosis: what was looked at, what was found, and
// what to do about it.
type Check struct {
	Subject string  `json:"subject"` // a system's name, or "terminal"
	What    string  `json:"what"`
	Verdict Verdict `json:"verdict"`
	Found   Text    `json:"found"`
	Advice  string  `json:"advice,omitempty"`
}
