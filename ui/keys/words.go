package keys

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/order"
)

// View implements [order.Modal].
func (s *shelf) View(width, height int, ready order.Readiness) look.Box {
	switch s.step {
	case choosing, asked:
		return s.menu.View(width, height)
	case sure:
		return s.Styles.Dialog(&s.Scroller, width, height, s.question(ready))
	case told:
		return s.Styles.Dialog(&s.Scroller, width, height, s.telling(ready))
	case reading:
	}
	return s.Styles.Dialog(&s.Scroller, width, height, look.Dialog{Title: "Keys on this machine", Says: []string{"A moment…"}})
}

// question is the last one before a key goes.
func (s *shelf) question(ready order.Readiness) look.Dialog {
	k := s.keys[s.at]
	d := look.Dialog{
		Title: "Remove the key file?", Mood: look.Heed, Keys: s.Help(), Offer: order.SafeFirst(ready),
		Facts: []look.Field{{Label: "file", Value: model.Clean(k.Path).String()}, look.TimeField("since", model.At(k.Since), s.Clock.Now())},
		Says:  []string{"It is overwritten and then removed. Snapshots, backups and flash may hold it all the same: whoever must be sure ends the key."},
	}
	if k.How == model.Undelivered {
		d.Title, d.Mood = "Discard the key that nobody has taken?", look.Alarm
		d.Facts = slices.Insert(d.Facts, 0, look.Field{Label: "key", Value: name(k)})
		d.Says = []string{"Nobody can have it again. The token stays as it is: end it too if nobody is to use it."}
	}
	return d
}

// telling says how a key is opened that cannot be opened here.
func (s *shelf) telling(ready order.Readiness) look.Dialog {
	k := s.keys[s.at]
	d := look.Dialog{
		Title: look.Capital(name(k)), Keys: s.Help(), Offer: order.SafeFirst(ready), Says: []string{look.Capital(model.Clean(k.Shut).String()) + "."},
		Facts: []look.Field{{Label: "file", Value: model.Clean(k.Path).String()}, look.TimeField("since", model.At(k.Since), s.Clock.Now())},
	}
	if k.Way != "" {
		d.Says = append(d.Says, "Where the identity is, in its file, this shows the key:\n"+model.Clean(k.Way).String())
	}
	return d
}

// Help implements [order.Modal].
func (s *shelf) Help() []key.Binding {
	switch s.step {
	case choosing, asked:
		return s.menu.Help()
	case sure:
		does := "remove it"
		if s.keys[s.at].How == model.Undelivered {
			does = "discard it"
		}
		return []key.Binding{look.Named(s.Desk.Keys.No, "go back"), look.Named(s.Desk.Keys.Yes, does)}
	case told:
		return []key.Binding{look.Named(s.Desk.Keys.Close, "go back")}
	case reading:
	}
	return nil
}

// label is a key in a row.
func (s *shelf) label(k model.Lying) string {
	return look.Age(model.At(k.Since), s.Clock.Now()) + "  " + name(k)
}

// name is a key in a sentence.
func name(k model.Lying) string {
	switch {
	case k.How == model.Filed:
		return "file " + model.Clean(k.Name).String()
	case k.Shut != "":
		return "a key that cannot be opened here"
	}
	return look.TokenName(k.Token) + " in " + model.Clean(k.System).String()
}

// verb is what it means to remove a key.
func verb(k model.Lying) string {
	if k.How == model.Undelivered {
		return "discard it"
	}
	return "overwrite and remove the file"
}

// about is what has to be known of a key before it is said what to do with it.
func (s *shelf) about(k model.Lying) string {
	switch {
	case k.Shut != "":
		return model.Clean(k.Shut).String()
	case k.How == model.Filed:
		return model.Clean(k.Path).String()
	}
	return "It came when nobody was left to take it, and lies here sealed."
}

// counted is how many keys of each manner there are.
func (s *shelf) counted() string {
	waiting, files := 0, 0
	for _, k := range s.keys {
		if k.How == model.Undelivered {
			waiting++
		} else {
			files++
		}
	}
	words := model.NotHandedOver(waiting)
	if files > 0 {
		words = look.Join(words, look.Plural(files, "key file"))
	}
	return words
}
