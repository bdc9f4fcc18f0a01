package single

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"authdeck/model"
)

// ending fills in when it ends, where that was said by --expires.
func (d *deed) ending(values map[string]string) error {
	if d.expires == "" {
		return nil
	}
	when, err := model.TypedWhen(d.expires, time.Now(), true)
	if err != nil {
		return fmt.Errorf("--expires: %w", err)
	}
	at, dated := when.Time()
	date, ends := d.meaning(model.MeansEnd), d.meaning(model.MeansEnds)
	if date == nil {
		date = d.dated()
	}
	if ends != nil {
		values[ends.Key] = map[bool]string{true: "yes", false: "no"}[dated]
	}
	switch {
	case dated && date != nil:
		values[date.Key] = at.Format(time.RFC3339)
		if why := date.Idles(values); why != "" {
			return fmt.Errorf("--expires: %s", cmp.Or(d.form.NoEnd, why))
		}
	case !dated && date != nil && date.Never:
		values[date.Key] = model.NeverWord
	case dated || ends == nil:
		return fmt.Errorf("--expires: %s", cmp.Or(d.form.NoEnd, map[bool]string{true: "when it ends is nobody's to set here", false: "a token without an end is not known here"}[dated]))
	}
	return nil
}

func (d *deed) meaning(of model.Meaning) *model.Field {
	at := slices.IndexFunc(d.form.Fields, func(f model.Field) bool { return f.Means == of })
	if at < 0 {
		return nil
	}
	return &d.form.Fields[at]
}

// dated is the only field that asks for a time.
func (d *deed) dated() (only *model.Field) {
	for i, f := range d.form.Fields {
		if f.Kind != model.AskTime {
			continue
		}
		if only != nil {
			return nil
		}
		only = &d.form.Fields[i]
	}
	return only
}

// completed asks for what is missing, or says what to add where nobody is there to be asked; and
// every value is looked at.
func (d *deed) completed(ctx context.Context, values, set map[string]string, secret *model.Secret) error {
	var missing []string
	for _, f := range d.form.Fields {
		_, said := set[f.Key]
		all := d.action == model.Edit && len(set) == 0 && d.expires == ""
		why := d.wrong(f, values, *secret)
		switch {
		case f.Idles(values) != "":
		case why == nil && (!all || f.Kind == model.AskUser):
		case said || why != nil && !errors.Is(why, errNeeded):
			return fmt.Errorf("%s: %w", f.Key, why)
		case d.Attended():
			if err := d.askFor(ctx, f, values, secret); err != nil {
				return err
			}
		default:
			missing = append(missing, lacks(f))
		}
	}
	if missing != nil {
		return fmt.Errorf("this is needed too, and there is no terminal to ask at; nothing was sent:\n  %s", strings.Join(missing, "\n  "))
	}
	return nil
}

var errNeeded = errors.New("a value is needed here")

// wrong is what is wrong with the value of a field.
func (d *deed) wrong(f model.Field, values map[string]string, secret model.Secret) error {
	value := values[f.Key]
	switch {
	case f.Kind == model.AskUser && d.order.Owner.ID == "" && !f.Optional:
		return errNeeded
	case f.Kind == model.AskUser:
		return nil
	case f.Kind == model.AskSecret && secret.Empty() && !f.Optional:
		return errNeeded
	case f.Kind == model.AskSecret && secret.Empty():
		return nil
	case f.Kind == model.AskSecret && f.Check != nil:
		return f.Check(secret.Reveal())
	case f.Kind == model.AskSecret:
		return nil
	case value == "" && !f.Optional, f.Kind == model.AskChoice && !f.Optional && !offered(f, value):
		return errNeeded
	case value != "" && f.Check != nil:
		return f.Check(value)
	}
	return nil
}

// lacks is the word that is missing on the command line, and what to know of it.
func lacks(f model.Field) string {
	word := "--set " + f.Key + "=VALUE"
	switch f.Kind {
	case model.AskSecret:
		word = "--set-from " + f.Key + "=FILE, or - for the standard input"
	case model.AskUser:
		word = "--owner USER"
	case model.AskText, model.AskChoice, model.AskChoices, model.AskYesNo, model.AskTime:
	}
	if f.Help != "" {
		word += ": " + model.Clean(f.Help).String()
	}
	if of := choices(f); of != "" {
		word += " (" + of + ")"
	}
	return word
}

// askFor asks a person for a value until it is one. Without an answer it stays what it was.
func (d *deed) askFor(ctx context.Context, f model.Field, values map[string]string, secret *model.Secret) error {
	if f.Help != "" {
		fmt.Fprintln(d.Stderr, "  "+model.Clean(f.Help).String())
	}
	if of := choices(f); of != "" {
		fmt.Fprintln(d.Stderr, "  one of: "+of)
	}
	for {
		why, err := d.answer(ctx, f, values, secret)
		if err != nil {
			return err
		}
		if why == nil {
			why = d.wrong(f, values, *secret)
		}
		if why == nil {
			return nil
		}
		fmt.Fprintln(d.Stderr, "  "+model.Clean(why.Error()).String())
	}
}

// answer takes one answer. Why is what was wrong with it.
func (d *deed) answer(ctx context.Context, f model.Field, values map[string]string, secret *model.Secret) (why, err error) {
	label := model.Clean(f.Label).String()
	if f.Kind == model.AskSecret {
		typed, err := d.AskSecret(ctx, label+" (not shown): ")
		secret.Wipe()
		*secret = typed
		return nil, err
	}
	if now := values[f.Key]; now != "" {
		label += " [" + model.Clean(now).String() + "]"
	}
	typed, err := d.Ask(ctx, label+": ")
	switch {
	case err != nil || typed == "":
		return nil, err
	case f.Kind == model.AskUser:
		d.order.Owner, why = owner(ctx, d.api, typed)
		return why, ctx.Err()
	}
	value, why := taken(f, typed)
	if why == nil {
		values[f.Key] = value
	}
	return why, nil
}
