package order

import (
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"authdeck/model"
	"authdeck/ui/look"
	"authdeck/ui/terminal"
)

func (r *reveal) lastQuestion() (title string, says []string) {
	if r.custody == handedOn {
		return "Close, and trust the clipboard?", []string{"The key was sent to your terminal's clipboard, and no terminal says whether it took it. " +
			"Paste it where it belongs first.", "l closes; any other key goes back."}
	}
	again := "no system shows it again"
	if r.op.shows == perhaps {
		again = "the system shows it again only to those who may see keys"
	}
	return "Close, and lose the key?",
		[]string{"It was neither seen, sent nor written, and " + again + ".", "l loses it; any other key goes back."}
}

// risk is what the last question looks like: red where the key is lost for sure.
func (r *reveal) risk() look.Mood {
	if r.custody == handedOn {
		return look.Heed
	}
	return look.Alarm
}

// typing is the line for another folder.
func (r *reveal) typing(width int) []string {
	if r.step != placing {
		return nil
	}
	return []string{r.folder.View(width) + "\nA folder of its own is made under the one you name; write the whole path. enter writes the key there."}
}

// file says how it stands with the file, a line for the path.
func (r *reveal) file() []string {
	switch {
	case r.path != "" && !r.issued.Key.Plain():
		return []string{filed + "\n" + model.Clean(r.path).String() + "\nLook before you paste it anywhere: " + oddKey + "."}
	case r.path != "":
		return []string{filed + "\n" + model.Clean(r.path).String()}
	case r.refused != nil:
		why := model.Clean("✗ The key was not taken: " + r.refused.Error()).String()
		if r.step != placing {
			why += "\nw tries again, o writes it under another folder."
		}
		return []string{why}
	}
	return nil
}

const filed = "✓ written to a file only you can read:"

// receipt is what the key is of, where and until when, as far as the answer says. A new
// token has a name that nobody has seen yet.
func (r *reveal) receipt() []look.Field {
	var facts []look.Field
	t, now := r.issued.Token, r.Clock.Now()
	if t.ID != "" && !strings.Contains(r.op.done, look.TokenName(t)) {
		facts = append(facts, look.Field{Label: "token", Value: look.Marked(t.Name)})
	}
	if t.Owner.ID != "" {
		facts = append(facts, look.Field{Label: "owner", Value: look.OwnerLine(t.Owner)})
	}
	if t.Expires.Knowledge() != model.Unknown {
		facts = append(facts, look.TimeField("expires", t.Expires, now))
	}
	return append(facts, look.Field{Label: "system", Value: r.where()})
}

// where names the system; of a key that lay here only its name is known.
func (r *reveal) where() string {
	if r.op.api == nil {
		return r.op.system
	}
	return r.inSystem(r.op.api)
}

// warning is the one thing to see before the dialog is closed; none once somebody has the key.
func (r *reveal) warning() string {
	if r.custody >= seen || r.step == keeping || r.step == handing {
		return ""
	}
	return r.hint()
}

// hints are what to know before the dialog is closed.
func (r *reveal) hints() []string {
	hints := []string{r.hint()}
	if why := r.issued.Kept.Err; why != nil && r.path == "" {
		hints = append(hints, "If the line drops it is not kept sealed: "+model.Clean(why.Error()).String()+".")
	}
	if why := r.unsendable(); why != "" && r.path == "" {
		hints = append(hints, "It can go to no clipboard: "+why+".")
	}
	return hints
}

func (r *reveal) hint() string {
	switch {
	case r.step == keeping:
		return "It is being written to a file…"
	case r.step == handing:
		return "The command is at work…"
	case r.op.shows == repeated:
		return "authdeck forgets it when this closes; the system shows it again to those who may."
	case r.custody >= seen:
		return "authdeck forgets it when this closes."
	case r.custody == handedOn:
		return "Whether it arrived cannot be seen from here: paste it where it belongs before you close this."
	}
	ways := r.open() + " or look at it before you close this."
	if r.op.shows == perhaps {
		return "The system shows it again only to those who may see keys. " + ways
	}
	return "It is shown this once. " + ways
}

// open are the ways in which the key can leave, as the beginning of a sentence.
func (r *reveal) open() string {
	var ways []string
	if r.unsendable() == "" {
		ways = append(ways, "copy it")
	}
	if r.courier() != "" {
		ways = append(ways, "hand it to the command")
	}
	return look.Capital(strings.Join(append(ways, "write it to a file"), ", "))
}

// unsendable is why the key can go to no clipboard; empty where it can. A paste is
// typed: into a shell, what is not a plain letter may be a command.
func (r *reveal) unsendable() string {
	if !r.issued.Key.Plain() {
		return oddKey + ", and a paste of it could run as a command"
	}
	return r.NoClipboard
}

// oddKey is what is wrong with a key that is not made of plain letters.
const oddKey = "it holds a blank, a control character or a letter that no key has"

// altered reports whether what the screen can show of the key is not the key. A
// plain one is shown letter by letter.
func (r *reveal) altered() bool {
	return !r.issued.Key.Plain() && model.Clean(r.issued.Key.Reveal()).Changed()
}

// secret is the key as the dialog shows it: what stands for a plain one, and of
// another what is left of it when it is cleaned like all that comes from outside.
// What is sent and written is the key itself.
func (r *reveal) secret() string {
	switch {
	case r.mask == masked:
		return strings.Repeat("•", 24)
	case r.issued.Key.Plain():
		return terminal.StandIn(r.issued.Key)
	}
	return model.Clean(r.issued.Key.Reveal()).String()
}

// unlike says so where the screen shows another key.
func (r *reveal) unlike() []string {
	if r.mask == masked || !r.altered() {
		return nil
	}
	return []string{"This is not quite the key: it was altered for the screen. Write it."}
}

// offered is whether one of the keys is safer than the others.
func (r *reveal) offered() look.Offer {
	if r.step == placing {
		return look.SafeFirst
	}
	return look.Alike
}

// ways are the keys: what can be done with the key, and last the one that forgets it.
func (r *reveal) ways(write, elsewhere, hand key.Binding) []key.Binding {
	switch {
	case r.step == leaving && r.custody == handedOn:
		return []key.Binding{look.Named(r.Keys.No, "go back"), look.Named(r.Keys.Lose, "close")}
	case r.step == leaving:
		return []key.Binding{look.Named(r.Keys.No, "go back"), r.Keys.Lose}
	case r.step == placing:
		return []key.Binding{look.Named(r.Keys.Back, "go back"), look.Named(r.Keys.Enter, "write it there")}
	}
	show := r.Keys.Show
	if r.mask == shown {
		show = look.Named(show, "hide")
	}
	keys := []key.Binding{look.Named(r.Keys.Copy, "copy"), show}
	if r.unsendable() != "" {
		keys = keys[1:]
	}
	if r.courier() != "" && !r.taken {
		keys = append(keys, hand)
	}
	if r.path == "" {
		keys = append(keys, write)
	}
	if r.refused != nil {
		keys = append(keys, elsewhere)
	}
	return append(keys, r.Keys.Close)
}
