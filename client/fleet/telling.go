package fleet

import (
	"slices"
	"strings"

	"authdeck/model"
)

// notes are what is to be known of how the person was looked for, and then of the rows.
func (s *search) notes(ofRows string) string {
	over := s.finished()
	s.mu.Lock()
	defer s.mu.Unlock()
	said := []string{"Looked for by " + s.sought()}
	for _, f := range fields() {
		if dumb := s.which(func(h *hunt) bool { return slices.Contains(h.dumb, f) }); dumb != "" {
			said = append(said, "no "+f.plural()+" are told by "+dumb)
		}
	}
	if whole := s.which(func(h *hunt) bool { return h.whole }); whole != "" {
		said = append(said, "all users were read of "+whole)
	}
	if recording := s.which(func(h *hunt) bool { return h.of.api.Info().UsersRecorded && len(h.asked) > 0 }); recording != "" {
		said = append(said, "that it was asked is recorded by "+recording)
	}
	notes := []string{strings.Join(said, "; ") + "."}
	if over && len(s.known.Emails())+len(s.known.Phones()) == 0 {
		notes[0] = "No e-mail and no phone is known of this person, and by a name alone nothing is sure. " + notes[0]
	}
	if ofRows != "" {
		notes = append(notes, ofRows)
	}
	return lines(notes)
}

// sought is by what the person is looked for.
func (s *search) sought() string {
	var by []string
	for _, f := range fields() {
		if len(s.values(f)) > 0 {
			by = append(by, f.singular())
		}
	}
	return strings.Join(by, ", ")
}

// which are the systems of which something is true, in the operator's order.
func (s *search) which(is func(*hunt) bool) string {
	var names []string
	for _, m := range s.members {
		if is(s.hunts[m]) {
			names = append(names, m.name)
		}
	}
	return strings.Join(names, ", ")
}

// lacks say that the account could not be read that the search begins at.
func (s *search) lacks() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lost == nil {
		return nil
	}
	return []string{"✗ " + s.seed.System + ": the account itself cannot be read (" + model.Reason(s.lost) + "): what it says of its owner is not known."}
}
