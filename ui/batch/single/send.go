package single

import (
	"context"
	"errors"
	"fmt"
	"time"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/batch"
)

// send sends the order, once, and says what came of it. Who interrupts it waits for the answer all
// the same: nobody would know else what was done.
func (d *deed) send(ctx context.Context) error {
	d.order.At = time.Now()
	said := make(chan struct{})
	unheard := context.AfterFunc(ctx, func() {
		d.Say("interrupted; it was sent, and the answer is waited for")
		close(said)
	})
	on := context.WithoutCancel(ctx)
	issued, err := d.api.Do(on, d.order)
	if !unheard() {
		<-said
	}
	o := outcome{deed: d, issued: issued, err: err}
	if !issued.Key.Empty() {
		o.key, o.unkept = d.handOver(on, issued, err)
	}
	if err != nil && !model.MayHaveChanged(err) && o.key == nil {
		return batch.Fail(err)
	}
	if err != nil && model.MayHaveChanged(err) {
		o.found = d.look(ctx)
	}
	return o.tell()
}

// look looks what there is to see of an order whose end is in doubt: at once, and twice more, for
// a server may still be at it.
func (d *deed) look(ctx context.Context) (seen model.Finding) {
	told := d.Progress()
	defer told.Clear()
	for _, wait := range d.looks {
		told.Tell("nobody knows how it ended; looking what there is to see of it")
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return seen
		}
		found, err := d.api.Look(ctx, d.order)
		if err != nil {
			continue
		}
		if seen = found; seen.End == model.Visible {
			break
		}
	}
	return seen
}

// where is where a new key is.
type where struct {
	Way  string `json:"way"`            // file, pipe, age, command, undelivered or lost
	At   string `json:"at,omitempty"`   // a path, or the command that has it
	Take string `json:"take,omitempty"` // the name by which authdeck keys take gives it
}

// handOver hands a new key on before anything else is done with the answer. It is sealed since it
// came, and that goes when somebody has it: one that is not taken waits.
func (d *deed) handOver(ctx context.Context, issued model.Issued, trouble error) (*where, error) {
	defer issued.Key.Wipe()
	t := issued.Of(d.order.Token)
	if t.Name.Empty() {
		t.Name = model.Clean(d.order.Values["name"])
	}
	if trouble != nil && model.KindOf(trouble) != model.Partial {
		return d.waits(issued, errors.New("whether it is the token's is not known"))
	}
	if d.taking.Take == nil {
		return d.waits(issued, errors.New("it came of an order that makes none"))
	}
	at, err := d.taking.Take(ctx, t, issued.Key)
	if err != nil {
		return d.waits(issued, err)
	}
	to := &where{Way: d.taking.Way, At: model.Clean(at).String()}
	if d.systems.Rotations != nil {
		_, err = rotation.HandOver(d.systems.Rotations, rotation.Delivery{System: d.info.Name, Token: t, How: d.taking.How, At: time.Now().UTC()})
	}
	if err == nil && issued.Kept.Sealed() {
		err = issued.Kept.Drop()
	}
	if err != nil {
		return to, fmt.Errorf("the key was taken, and what is sealed of it stays, so that it is offered once more: %w", err)
	}
	return to, nil
}

// waits leaves the key sealed, or puts it into a file of its own where nothing sealed it.
func (d *deed) waits(issued model.Issued, why error) (*where, error) {
	said := model.Clean(why.Error()).String()
	if issued.Kept.Waits() {
		issued.Kept.LetGo()
		return &where{Way: "undelivered", Take: issued.Kept.Name}, fmt.Errorf("the new key was not handed over: %s\nit is kept sealed; this hands it over: authdeck keys take %s", said, issued.Kept.Name)
	}
	if d.taking.Way == "age" {
		return &where{Way: "lost"}, fmt.Errorf("the new key was not handed over: %s\nnor is it kept sealed, and in clear it goes to no file: it is lost, and the token needs another one", said)
	}
	path, err := d.Keep("", model.KeyFile(d.info.Name, issued.Of(d.order.Token), time.Now(), model.RescuedKey), issued.Key)
	if err != nil {
		return &where{Way: "lost"}, fmt.Errorf("the new key was not handed over: %s\nnor did a file take it (%s): it is lost, and the token needs another one", said, model.Clean(err.Error()))
	}
	path = model.Clean(path).String()
	return &where{Way: "file", At: path}, fmt.Errorf("the new key was not handed over: %s\nit is in a file of its own: %s", said, path)
}
