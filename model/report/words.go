package report

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"authdeck/model"
	"authdeck/model/audit"
)

func stamp(at time.Time) string { return at.UTC().Format(time.RFC3339) }

func accountOf(system string, h Held) Account {
	u := h.User
	return Account{
		System: letters(system), ID: letters(u.ID), User: u.Username.String(), Name: u.FullName.String(), Email: u.Email.String(),
		Mobile: u.Mobile.String(), Kind: u.Kind.String(), Active: u.Active.Word(), Admin: u.Admin.Word(),
		LastSeen: u.LastLogin.Word(), How: letters(h.Tie.String()),
	}
}

func tokenOf(system string, t model.Token, why []string) Token {
	return Token{
		System: letters(system), ID: letters(t.ID), Name: t.Name.String(), Kind: t.Kind.String(),
		Owner: t.Owner.Username.String(), OwnerID: letters(t.Owner.ID), Scope: t.Scope.String(), State: t.State.Word(),
		Created: t.Created.Word(), Expires: t.Expires.Word(), LastUsed: t.LastUsed.Word(), Why: why,
	}
}

// why says why a token is still there, as far as that can be told: what was last done to it,
// who holds it, and what cannot be done to it.
func (b *Builder) why(s *known, t model.Token) []string {
	why := []string{b.last(s.Info.Name, letters(t.ID))}
	if !t.Managed.Empty() {
		why = append(why, "held by a part of the system itself: "+t.Managed.String())
	}
	if t.Own {
		why = append(why, "authdeck itself signs in with it")
	}
	if cannot := s.Info.Missing[model.Delete]; cannot != "" {
		why = append(why, "it cannot be deleted there: "+letters(cannot))
	}
	return why
}

// last is what was last done to a token to end it or its key, in words.
func (b *Builder) last(system, id string) string {
	for _, d := range slices.Backward(b.deeds) {
		if d.System != letters(system) || d.TokenID != id {
			continue
		}
		at := d.Began + " by " + cmp.Or(d.By, unknown)
		switch d.Action {
		case model.Delete.String(), model.Revoke.String():
			if d.Outcome == audit.Done {
				return "it was ended at " + at + ", and is there all the same"
			}
		case model.Regenerate.String(), model.Replace.String():
			if d.Outcome == audit.Done {
				return "its key was replaced at " + at
			}
		case model.Create.String():
			if d.Outcome == audit.Done {
				return "it was made at " + at + ", and nothing is recorded that would end it"
			}
		default:
			continue
		}
		return fmt.Sprintf("%s at %s: %s", d.Action, at, saying(d.Deed))
	}
	return "nothing is recorded that would end it"
}

// saying is how a deed ended, in words, and what was seen of it later where nobody knew that.
func saying(d Deed) string {
	said := d.Outcome
	switch {
	case d.Outcome == Unrecorded:
		said = "how it ended is not recorded, and nobody knows"
	case d.Words != "":
		said += ", " + d.Words
	}
	if d.Later != "" {
		said += "; a later look, at " + d.LaterAt + ": " + d.Later
	}
	if d.LaterOn != "" {
		said += ", " + d.LaterOn
	}
	return said
}
