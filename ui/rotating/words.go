package rotating

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// View implements [order.Modal].
func (r *room) View(width, height int, ready order.Readiness) look.Box {
	d := look.Dialog{Title: "Rotations under way", Says: []string{"A moment…"}}
	switch r.step {
	case choosing:
		return r.menu.View(width, height)
	case shown:
		d = r.telling(ready)
	case sure:
		d = r.question(ready)
	case reading:
	}
	return r.Styles.Dialog(&r.Scroller, width, height, d)
}

// telling is what is known of a pair.
func (r *room) telling(ready order.Readiness) look.Dialog {
	p := r.pair()
	use, heed := r.use()
	d := look.Dialog{
		Title: "Rotation of " + look.TokenName(p.Old), Keys: r.Help(), Offer: order.Alike(ready),
		Facts: []look.Field{
			{Label: "system", Value: p.System + ", " + p.Kind + " at " + p.Host},
			{Label: "owner", Value: look.OwnerLine(p.Old.Owner)},
			{Label: "old token", Value: named(p.Old) + gone(r.seen, r.seen.old)},
			{Label: "new token", Value: r.heir(p)},
			look.TimeField("begun", model.At(p.Begun), r.Clock.Now()),
			{Label: "state", Value: r.stage(p)},
			{Label: "use of the old", Value: use},
		},
		Says: []string{r.advice(p), said(p)},
	}
	if p.By != "" {
		d.Facts = append(d.Facts, look.Field{Label: "by", Value: p.By})
	}
	if heed || p.Doubt {
		d.Mood, d.Heed = look.Heed, d.Says[0]
	}
	return d
}

// said is what the system said of the last step.
func said(p rotation.Pair) string {
	if p.Words == "" {
		return ""
	}
	return "Said last: " + look.Capital(p.Words)
}

// heir is the new token, or by what it can be found.
func (r *room) heir(p rotation.Pair) string {
	if p.New.ID == "" {
		return "not known"
	}
	s := r.seen
	if why := s.new.opensNothing(r.Clock.Now()); why != "" && s.err == nil && s.new.found == present {
		return named(p.New) + ", which " + why
	}
	return named(p.New) + gone(s, s.new) + ends(s.new, r.Clock.Now())
}

// named is a token with its day: both of a pair may have one name.
func named(t model.Token) string {
	if _, known := t.Created.Time(); known {
		return look.Marked(t.Name) + ", made on " + look.Date(t.Created)
	}
	return look.Marked(t.Name)
}

// ends is when a token that was found will end, where its system says so.
func ends(f there, now time.Time) string {
	if _, known := f.token.Expires.Time(); !known || f.found == replaced {
		return ""
	}
	return ", ends " + look.TimeField("", f.token.Expires, now).Value
}

// gone is what has become of a token in the list.
func gone(s seen, t there) string {
	switch {
	case !s.done || s.err != nil:
		return ""
	case t.found == replaced:
		return ", and another token has that name now"
	case t.found == absent:
		return ", not in the list any more"
	}
	return ""
}

// stage is how far a pair is, in a few words.
func (r *room) stage(p rotation.Pair) string {
	since := look.Ago(model.At(p.Since), r.Clock.Now())
	switch p.Stage {
	case rotation.Making:
		return "asked for " + since + ", and nobody knows whether it was made"
	case rotation.Made:
		return "made " + since + ", its key not handed over"
	case rotation.HandedOver:
		return "key handed over " + look.Ago(model.At(p.Handed), r.Clock.Now()) + ", " + manner(p.How)
	case rotation.Ending:
		return "the end of the old one asked for " + since + ", and nobody knows whether it happened"
	case rotation.Begun, rotation.NotMade, rotation.Ended:
	}
	return "nothing left to do"
}

func manner(m rotation.Manner) string {
	switch m {
	case rotation.ToFile:
		return "written to a file"
	case rotation.Seen:
		return "seen on the screen"
	case rotation.ToClipboard:
		return "sent to a clipboard"
	case rotation.ToCommand:
		return "taken by the command"
	case rotation.ToldSo:
		return "past authdeck, as somebody said"
	case rotation.ToPipe:
	}
	return "written to a pipe"
}

// use is whether the old token is still in use, as far as the system says; heed where it is.
func (r *room) use() (words string, heed bool) {
	p, s, now := r.pair(), r.seen, r.Clock.Now()
	switch {
	case !s.done:
		return "asking " + p.System + "…", false
	case s.err != nil:
		return "could not be asked: " + model.Reason(s.err), false
	case s.old.found != present:
		return "it is not there any more", false
	}
	last := s.old.token.LastUsed
	at, known := last.Time()
	switch {
	case last.Knowledge() == model.Never:
		return "never used", false
	case !known:
		return p.System + " does not tell when a token was used", false
	case p.Handed.IsZero():
		return "used " + look.Ago(last, now), false
	case at.After(p.Handed.Add(skew)):
		return "used " + look.Ago(last, now) + ", after the handover", true
	case at.Before(p.Handed.Add(-skew)):
		return "not used since the handover; used " + look.Ago(last, now), false
	}
	return "used " + look.Ago(last, now) + ", at about the time of the handover", true
}

// skew is how far a server's clock may be from this one's.
const skew = 2 * time.Minute

// advice is what to do next.
func (r *room) advice(p rotation.Pair) string {
	switch p.Stage {
	case rotation.Making:
		words := "Nothing is made a second time. l looks for it: " + asked(p) + "."
		if r.seen.sealed {
			words = "It was made: its key lies here, sealed, and :keys hands it over."
		}
		return words
	case rotation.Made:
		return "Before the old one can be ended, the new key has to be handed over: " + r.wayToKey(p) + r.wayPast()
	case rotation.HandedOver:
		if why := r.notNow(); why != "" && r.seen.done {
			return "The old one cannot be ended now: " + why + "."
		}
		if use, heed := r.use(); heed {
			return inUse + use + ". d ends it all the same."
		}
		return "d ends the old one when nothing uses it any more."
	case rotation.Ending:
		return "l looks what became of it. It is not sent again before that is known."
	case rotation.Begun, rotation.NotMade, rotation.Ended:
	}
	return ""
}

// asked is by what a successor can be found whose answer was lost.
func asked(p rotation.Pair) string {
	words := []string{"a token of " + look.Marked(p.Asked.Owner.Username)}
	for _, field := range []string{"identifier", "name", "description"} {
		if value := p.Asked.Values[field]; value != "" {
			words = append(words, field+" “"+look.Marked(model.Clean(strings.TrimSpace(value)))+"”")
		}
	}
	return strings.Join(append(words, "made at "+p.Asked.At.UTC().Format("2006-01-02 15:04:05 UTC")+" or after"), ", ")
}

// wayToKey is how the key of a successor can still be had.
func (r *room) wayToKey(p rotation.Pair) string {
	api, err := r.api(p)
	switch {
	case r.seen.sealed:
		return "it lies here, sealed, and :keys hands it over."
	case r.seen.shut:
		return "it may be among the keys that lie here, sealed to somebody else: authdeck keys take --identity FILE hands it over."
	case err == nil && api.Info().Missing[model.Reveal] == "":
		return "v on the new token shows it, to those who may see keys."
	case r.seen.done:
		return "it is not on this machine any more, and " + p.System + " does not show it again. Delete the new token, forget this rotation, and begin another."
	}
	return "a moment…"
}

// question is the last one before a pair is forgotten.
func (r *room) question(ready order.Readiness) look.Dialog {
	p := r.pair()
	return look.Dialog{
		Title: "Forget the rotation of " + look.TokenName(p.Old) + "?", Mood: look.Heed, Keys: r.Help(), Offer: order.SafeFirst(ready),
		Facts: []look.Field{{Label: "new token", Value: r.heir(p)}, {Label: "state", Value: r.stage(p)}},
		Says:  []string{"Nothing is sent, and both tokens stay as they are. Nobody will be reminded of the old one: it opens as before."},
	}
}

// Help implements [order.Modal].
func (r *room) Help() []key.Binding {
	k := r.Keys
	switch r.step {
	case choosing:
		return r.menu.Help()
	case sure:
		return []key.Binding{look.Named(k.No, "go back"), look.Named(k.Yes, "forget it")}
	case shown:
		back := look.Named(k.Close, "close")
		if len(r.pairs) > 1 {
			back = look.Named(k.Close, "all rotations")
		}
		keys := []key.Binding{back}
		if r.wayPast() != "" {
			keys = append(keys, past())
		}
		if p := r.pair(); p.MayEnd() == nil {
			keys = append(keys, look.Named(k.Remove, "end the old one"))
		}
		if r.pair().Doubt {
			keys = append(keys, look.Named(k.Inquire, "look"))
		}
		keys = append(keys, toOld())
		if r.pair().New.ID != "" {
			keys = append(keys, toNew())
		}
		return append(keys, forget())
	case reading:
	}
	return nil
}

// label is a pair in a row.
func (r *room) label(p rotation.Pair) string {
	heir := "?"
	if p.New.ID != "" {
		heir = look.Marked(p.New.Name)
	}
	return p.System + "  " + look.Marked(p.Old.Name) + " → " + heir + "  " + r.stage(p)
}
