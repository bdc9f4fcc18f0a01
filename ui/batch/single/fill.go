package single

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"authdeck/model"
)

// most is in bytes, of a value that is read from a file.
const most = 64 << 10

// fill fills the form in: with what stands on the command line, with what the fields begin with,
// and with what a person is asked for where something is missing that is needed.
func (d *deed) fill(ctx context.Context) error {
	set, secret, err := d.given()
	defer secret.Wipe()
	if err != nil {
		return err
	}
	if d.action == model.Edit && len(set) == 0 && d.expires == "" && !d.Attended() {
		return fmt.Errorf("there is nothing to change: --set KEY=VALUE says what, with %s", d.keys())
	}
	values := d.first()
	maps.Copy(values, set)
	if err := d.ending(values); err != nil {
		return err
	}
	if err := d.completed(ctx, values, set, &secret); err != nil {
		return err
	}
	for _, f := range d.form.Fields {
		why := f.Idles(values)
		if _, said := set[f.Key]; said && why != "" {
			return fmt.Errorf("--set %s does not count beside the rest: %s", f.Key, why)
		}
	}
	kept := map[string]string{}
	for _, f := range d.form.Fields {
		if value, plain := values[f.Key]; plain && f.Idles(values) == "" {
			kept[f.Key] = value
		}
	}
	d.order.Values, d.order.Password = kept, secret.Copy()
	if d.action == model.Edit {
		d.order.Ends = d.form.Sets(kept)
	}
	return nil
}

// first are the values that the fields begin with.
func (d *deed) first() map[string]string {
	values := map[string]string{}
	for _, f := range d.form.Fields {
		if f.Kind != model.AskSecret && f.Kind != model.AskUser {
			values[f.Key] = f.Value
		}
	}
	return values
}

// given are the values of the command line, as their fields have them.
func (d *deed) given() (set map[string]string, secret model.Secret, err error) {
	set = map[string]string{}
	for _, word := range d.set {
		key, value, whole := strings.Cut(word, "=")
		f, known := d.field(key)
		switch {
		case !whole || !known:
			return nil, secret, fmt.Errorf("--set takes KEY=VALUE, with %s", d.keys())
		case f.Kind == model.AskSecret:
			return nil, secret, fmt.Errorf("--set %s: it is a secret, and an argument is seen by everybody on this machine; --set-from %s=FILE reads it, or - for the standard input", f.Key, f.Key)
		}
		if set[f.Key], err = taken(f, value); err != nil {
			return nil, secret, fmt.Errorf("--set %s: %w", f.Key, err)
		}
	}
	for _, word := range d.from {
		key, path, whole := strings.Cut(word, "=")
		f, known := d.field(key)
		if !whole || !known {
			return nil, secret, fmt.Errorf("--set-from takes KEY=FILE, with %s", d.keys())
		}
		if f.Kind == model.AskSecret {
			secret.Wipe()
			secret, err = d.secretIn(path)
		} else {
			set[f.Key], err = d.textIn(f, path)
		}
		if err != nil {
			return nil, secret, fmt.Errorf("--set-from %s: %w", f.Key, err)
		}
	}
	return set, secret, nil
}

func (d *deed) field(key string) (model.Field, bool) {
	at := slices.IndexFunc(d.form.Fields, func(f model.Field) bool { return f.Key == key && f.Kind != model.AskUser })
	if at < 0 {
		return model.Field{}, false
	}
	return d.form.Fields[at], true
}

// keys are the names of the fields, for an error.
func (d *deed) keys() string {
	var keys []string
	for _, f := range d.form.Fields {
		if f.Kind != model.AskUser {
			keys = append(keys, f.Key)
		}
	}
	if keys == nil {
		return "no KEY at all here: nothing is asked for"
	}
	return "a KEY of " + strings.Join(keys, ", ")
}

// content is what stands in a file, or comes in.
func (d *deed) content(path string) ([]byte, error) {
	if path != "-" {
		return d.ReadSecret(path, most)
	}
	if d.Attended() {
		return nil, errors.New("the standard input is a terminal; without --set-from it is asked for there")
	}
	content, err := io.ReadAll(io.LimitReader(d.Stdin, most+1))
	if err == nil && len(content) > most {
		err = errors.New("it is longer than any value")
	}
	return content, err
}

func (d *deed) textIn(f model.Field, path string) (string, error) {
	content, err := d.content(path)
	if err != nil {
		return "", err
	}
	return taken(f, strings.TrimSuffix(string(content), "\n"))
}

// secretIn reads a secret: nothing of it is in an error.
func (d *deed) secretIn(path string) (model.Secret, error) {
	content, err := d.content(path)
	defer clear(content)
	if err != nil {
		return model.Secret{}, err
	}
	text := strings.TrimRight(string(content), "\r\n")
	return model.NewSecret(text), secretWrong(text)
}

// secretWrong is what no key and no password is.
func secretWrong(text string) error {
	switch {
	case text == "":
		return errors.New("it is empty")
	case strings.ContainsFunc(text, unicode.IsControl):
		return errors.New("it holds a control character or a second line, which no key and no password has")
	case !utf8.ValidString(text):
		return errors.New("it holds bytes that are no letters")
	}
	return nil
}

// taken is a value as its field has it.
func taken(f model.Field, value string) (string, error) {
	if strings.ContainsFunc(value, func(r rune) bool {
		return r == utf8.RuneError || unicode.IsControl(r) && (!f.Lines || r != '\n' && r != '\t')
	}) {
		return "", errors.New("it holds a control character, or bytes that are no letters")
	}
	switch f.Kind {
	case model.AskYesNo:
		if value != "yes" && value != "no" {
			return "", errors.New("it is yes or no")
		}
	case model.AskChoice:
		if !offered(f, value) && (value != "" || !f.Optional) {
			return "", errors.New("it is one of: " + choices(f))
		}
	case model.AskChoices:
		return several(f, value)
	case model.AskTime:
		return timed(f, value)
	case model.AskText, model.AskUser, model.AskSecret:
		if !f.Lines {
			value = strings.TrimSpace(value)
		}
	}
	return value, nil
}

// several are the values of some choices, with commas or blanks between.
func several(f model.Field, value string) (string, error) {
	words := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
	for _, word := range words {
		if len(f.Choices) > 0 && !offered(f, word) {
			return "", fmt.Errorf("%s is none of: %s", model.Clean(word), choices(f))
		}
	}
	return strings.Join(words, " "), nil
}

func timed(f model.Field, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	when, err := model.TypedWhen(value, time.Now(), f.Never)
	if err != nil {
		return "", err
	}
	if at, dated := when.Time(); dated {
		return at.Format(time.RFC3339), nil
	}
	return model.NeverWord, nil
}

func offered(f model.Field, value string) bool {
	return slices.ContainsFunc(f.Choices, func(c model.Choice) bool { return c.Value == value })
}

func choices(f model.Field) string {
	var words []string
	for _, c := range f.Choices {
		if c.Value != "" {
			words = append(words, model.Clean(c.Value).String())
		}
	}
	return strings.Join(words, ", ")
}
