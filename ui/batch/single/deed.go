package single

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"authdeck/model"
	"authdeck/ui/batch"
)

// deed is a command on its way: what it is about, what the system wants to be asked and told
// before, and what was filled in.
type deed struct {
	*command
	systems batch.Systems
	api     model.API
	info    model.Info

	exact  bool // the token was named by its id
	order  model.Order
	form   model.Form
	taking batch.Taking // where its key goes
}

// allowed is why nothing is to be done here, as far as that can be told before anybody is asked.
func (d *deed) allowed() error {
	d.order.Action, d.order.Reason = d.action, model.Because(d.reason)
	switch {
	case !d.action.Writes():
		return nil
	case d.by != "" && d.by != model.Regenerate.String() && d.by != model.Replace.String():
		return fmt.Errorf("--by %s: regenerate or replace", model.Clean(d.by))
	case d.by == model.Replace.String():
		d.order.Action = model.Replace
	}
	err := d.info.Cannot(d.order.Action)
	if d.rotates() && d.by == "" && d.info.Cannot(model.Replace) == nil {
		err = nil // one way is enough
	}
	if err != nil {
		return batch.Fail(err)
	}
	if d.info.WantsReason && d.order.Reason.Empty() && !d.fields {
		return batch.End(batch.Refused, fmt.Errorf("nothing is done in %s without a reason, and nothing was sent: --reason WORDS gives one, such as a ticket's number", d.info.Name))
	}
	return d.placed()
}

// onlyLooks reports whether nothing is to be done.
func (c *command) onlyLooks() bool { return c.dry || c.fields }

func (d *deed) rotates() bool { return d.action == model.Regenerate }

// placed finds out where a key goes, before anything is sent that brings one.
func (d *deed) placed() (err error) {
	switch {
	case !d.action.MakesKey() || d.fields:
		return nil
	case d.key.Said():
		d.taking, err = d.Taking(&d.key, d.systems, d.info.Name)
		if err == nil && d.taking.Fills && d.json {
			err = errors.New("--json and the key cannot both go to the standard output; --key-to FILE takes the key elsewhere")
		}
		return err
	case d.Attended() || d.dry:
		d.taking = d.Folder(func(t model.Token) string {
			return model.KeyFile(d.info.Name, t, time.Now(), model.WrittenKey)
		})
		return nil
	}
	return errors.New("a new key comes of this, and it is not said where it goes; nothing was sent. Add --key-to FILE, --key-to - (a pipe), --key-to age:RECIPIENT, or --key-to-command -- PROGRAM ARGUMENTS")
}

// carry does it: the system is asked first, then the person, and then it is sent.
func (d *deed) carry(ctx context.Context) error {
	if err := d.unasked(); err != nil {
		return err
	}
	if d.owner != "" {
		u, err := owner(ctx, d.api, d.owner)
		if err != nil {
			return err
		}
		d.order.Token.Owner = u
	}
	d.order.Owner = d.order.Token.Owner
	if err := d.prepare(ctx); err != nil {
		return err
	}
	if d.fields {
		return d.listFields()
	}
	if err := d.fill(ctx); err != nil {
		return err
	}
	defer d.order.Password.Wipe()
	if d.taking.Refuses != nil && d.action.AboutOne() {
		if why := d.taking.Refuses(d.order.Token); why != "" {
			return fmt.Errorf("--key-to-command: the command cannot be told of this token, and nothing was sent: %s", why)
		}
	}
	if d.dry {
		return d.planned()
	}
	if err := d.ask(ctx); err != nil {
		return err
	}
	return d.send(ctx)
}

// unasked is why there would be nobody to say yes.
func (d *deed) unasked() error {
	if d.onlyLooks() || d.assented() || d.Attended() {
		return nil
	}
	if d.action == model.Create {
		return errors.New("this is asked on a terminal, and there is none; nothing was sent. Add --yes")
	}
	id := model.Clean(d.order.Token.ID).String()
	words := "Add --yes"
	if d.yes {
		words = "--yes counts where the token is named by its exact ID"
	}
	return fmt.Errorf("this is asked on a terminal, and there is none; nothing was sent. %s: authdeck token %s %s %s --yes", words, d.verb(), model.ShellWord(d.info.Name), model.ShellWord(id))
}

// assented reports whether the answer is on the command line. What is made has no id yet: its
// system and its owner stand there as they are.
func (d *deed) assented() bool { return d.yes && (d.exact || d.action == model.Create) }

// verb is the command's own word.
func (c *command) verb() string {
	if c.action == model.Regenerate {
		return "rotate"
	}
	return c.action.String()
}

// prepare has the system say what it has to be asked and told. One that regenerates no such
// token may replace it.
func (d *deed) prepare(ctx context.Context) (err error) {
	ways := []model.Action{d.order.Action}
	if d.rotates() && d.by == "" {
		ways = []model.Action{model.Regenerate, model.Replace}
	}
	var first error
	for _, a := range ways {
		d.order.Action = a
		d.form, err = d.api.Prepare(ctx, a, d.order.Token)
		if err == nil || model.KindOf(err) != model.Unsupported {
			break
		}
		if first == nil {
			first = err
		}
	}
	if err != nil && first != nil && model.KindOf(err) == model.Unsupported {
		err = first
	}
	if err != nil {
		return batch.Fail(err)
	}
	d.info = d.api.Info() // by now it is known what sort of system it is
	if d.rotates() {
		d.Say("it is rotated by %s: %s", d.order.Action, map[model.Action]string{
			model.Regenerate: "the token gets a new key, and the old key ends",
			model.Replace:    "a token like it is made, and it is deleted",
		}[d.order.Action])
	}
	return nil
}

// says are the sentences that stand in the question.
func (d *deed) says() []string {
	var review []string
	if d.form.Review != nil {
		review = d.form.Review(d.order.Draft)
	}
	all := slices.Concat(d.paired(), review, d.form.Warnings, d.form.Now)
	for i, one := range all {
		all[i] = model.Clean(one).String()
	}
	return all
}

// paired says that the token is one of two of which one takes the other's place.
func (d *deed) paired() []string {
	if d.systems.Rotations == nil || !d.action.AboutOne() {
		return nil
	}
	pairs, _ := d.systems.Rotations.Pairs() // what cannot be read is said where pairs are shown
	for _, p := range pairs {
		switch {
		case p.Host != d.info.Host || !p.UnderWay():
		case p.Old.ID == d.order.Token.ID:
			why := ""
			if err := p.MayEnd(); err != nil {
				why = ": " + model.Clean(err.Error()).String()
			}
			return []string{"A rotation of this token is under way, and another token takes its place" + why + ". :rotations in the console ends it as that rotation does."}
		case p.New.ID == d.order.Token.ID:
			return []string{"A rotation is under way in which this token takes the place of " + p.Old.Called() + ": :rotations in the console shows it."}
		}
	}
	return nil
}
