package bulk

import (
	"authdeck/model/plan"
)

// vouch tells how the plan is signed, where its file is. In a file it looks at the disk.
func (s *sheet) vouch(path string) plan.Vouch {
	p, files := s.plan, s.Plans
	if path == "" || files == nil {
		return plan.Unsigned
	}
	return func(signers string) error { return files.Vouch(p, path, signers) }
}

// objections are those of the systems, for a command.
func (s *sheet) objections(path string) map[string]string {
	return s.plan.Objections(s.api, s.vouch(path))
}

// survey is the plan as it is to be read here, after all that is known by now.
func (s *sheet) survey() {
	s.here = s.plan.Told(s.now()).Here(s.api).Barred(s.barred).Known(s.seen)
	s.settle()
}

// unsigned is why nothing is sent where a system of the lines that would be wants a signature;
// empty where each has it, or wants none.
func (s *sheet) unsigned(which plan.Which) string {
	for i := range s.plan.Lines {
		l := &s.plan.Lines[i]
		if why := s.barred[l.System]; why != "" && s.ends[i].Outcome == which.Of() {
			return plan.Wanted(l.System, why)
		}
	}
	return ""
}
