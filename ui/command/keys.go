package command

import (
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/rotation"
	"authdeck/ui/batch"
)

func (o *options) keysCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "List, take and remove the keys that lie on this machine.",
		Long: "keys lists the keys that were not handed over, because the line dropped or the console was\n" +
			"left, and the files that keys were written to. It asks no system, and needs no configuration.",
		Args: batch.Takes(0, 0),
		RunE: func(*cobra.Command, []string) error { return o.listKeys() },
	}
	list := &cobra.Command{Use: "list", Short: "List them.", Args: batch.Takes(0, 0), RunE: func(*cobra.Command, []string) error { return o.listKeys() }}
	for _, c := range []*cobra.Command{cmd, list} {
		c.Flags().BoolVar(&o.json, "json", false, "write JSON")
	}
	bare, identity := false, ""
	take := &cobra.Command{
		Use:   "take [NAME]",
		Short: "Write a key that was not handed over to a file, or to a pipe.",
		Long: "take writes the key to a new file that only you can read, says its path, and keeps nothing\n" +
			"sealed of it. With --print the key goes to the standard output, for a pipe. The name may be\n" +
			"left out where one key waits. What is sealed to recipients of the configuration, or of\n" +
			"--recipient, wants the identity of one of them: --identity FILE, a file of age-keygen or an\n" +
			"SSH key, without a passphrase. One with a passphrase goes through a pipe:\n" +
			"age -d FILE | authdeck keys take --identity -",
		Args: batch.Takes(0, 1),
		RunE: func(_ *cobra.Command, names []string) error { return o.takeKey(names, identity, bare) },
	}
	take.Flags().StringVar(&identity, "identity", "", "open it with the age identity or the SSH key in `FILE`, or - for the standard input")
	batch.Heeds(take)
	take.Flags().BoolVar(&bare, "print", false, "write the key and a line's end to the standard output")
	cmd.AddCommand(list, take, &cobra.Command{
		Use:   "remove NAME...",
		Short: "Overwrite and remove keys: sealed ones, which nobody can have then, and key files.",
		Args:  batch.Takes(1, batch.AnyNumber),
		RunE:  func(_ *cobra.Command, names []string) error { return o.removeKeys(names) },
	})
	return cmd
}

// lying is a key in JSON. What is not known is left out.
type lying struct {
	Name   string `json:"name"`
	Path   string `json:"path"`
	Kind   string `json:"kind"` // undelivered or file
	Since  string `json:"since"`
	System string `json:"system,omitempty"`
	ID     string `json:"token_id,omitempty"`
	Token  string `json:"token,omitempty"`
	Owner  string `json:"owner,omitempty"`
	Shut   string `json:"closed,omitempty"`
	Way    string `json:"open_with,omitempty"`
}

func (o *options) listKeys() error {
	keys, err := o.Safe().Lying()
	if err != nil {
		err = batch.Fail(err)
	}
	if o.json {
		return errors.Join(batch.Fail(writeLying(o.Stdout, keys)), err)
	}
	if len(keys) == 0 && err == nil {
		fmt.Fprintln(o.Stderr, "authdeck: no key waits to be handed over, and no key files lie here")
		return nil
	}
	table := tabwriter.NewWriter(o.Stdout, 0, 4, 2, ' ', 0)
	for _, k := range keys {
		fmt.Fprintf(table, "%s\t%s\t%s\n", model.Clean(k.Name), k.Since.UTC().Format(time.RFC3339), what(k))
	}
	return errors.Join(batch.Fail(table.Flush()), err)
}

// what is a key in a line.
func what(k model.Lying) string {
	words := "a key file"
	if k.How == model.Undelivered {
		t := k.Token
		t.System = k.System
		words = "not handed over: " + whose(t)
	}
	if k.Shut != "" {
		words = "not handed over: " + model.Clean(k.Shut).String()
	}
	if k.Way != "" {
		words += "; where it is: " + model.Clean(k.Way).String()
	}
	return words
}

// whose is a token in a line.
func whose(t model.Token) string {
	return "token " + nameOf(t) + " of " + t.Owner.Username.String() + " in " + model.Clean(t.System).String()
}

func writeLying(to io.Writer, keys []model.Lying) error {
	all := make([]lying, 0, len(keys))
	for _, k := range keys {
		kind := "file"
		if k.How == model.Undelivered {
			kind = "undelivered"
		}
		all = append(all, lying{
			Name: k.Name, Path: k.Path, Kind: kind, Since: k.Since.UTC().Format(time.RFC3339), System: k.System,
			ID: k.Token.ID, Token: k.Token.Name.String(), Owner: k.Token.Owner.Username.String(), Shut: k.Shut, Way: k.Way,
		})
	}
	return batch.Document(to, "keys", struct {
		Keys []lying `json:"keys"`
	}{all})
}

// takeKey hands a key over: it is sealed until it is written.
func (o *options) takeKey(names []string, identity string, bare bool) error {
	if bare {
		if err := o.World.Takes(); err != nil {
			return fmt.Errorf("--print: %w", err)
		}
	}
	name, err := o.waiting(names)
	if err != nil {
		return err
	}
	kept, err := o.opened(name, identity)
	if err != nil {
		return err
	}
	defer kept.Key.Wipe()
	how := rotation.ToFile
	if bare {
		how = rotation.ToPipe
		content := append(kept.Key.RevealTo(make([]byte, 0, kept.Key.Len()+1)), '\n')
		defer clear(content)
		_, err = o.Stdout.Write(content)
	} else {
		var path string
		path, err = o.Keep("", model.KeyFile(kept.Token.System, kept.Token, time.Now(), model.WrittenKey), kept.Key)
		if err == nil {
			_, err = fmt.Fprintln(o.Stdout, path)
		}
	}
	if err != nil {
		return batch.Fail(err)
	}
	fmt.Fprintf(o.Stderr, "authdeck: this is the key of %s\n", whose(kept.Token))
	if err := o.handedOver(kept, how); err != nil {
		return batch.Fail(fmt.Errorf("the key was taken, and that could not be noted, so that it is offered once more: %w", err))
	}
	if err := kept.Kept.Drop(); err != nil {
		return batch.Fail(fmt.Errorf("the key was taken, and the sealed one could not be removed: %w", err))
	}
	return nil
}

// opened is a key that was sealed to this machine, or to the identity that is named.
func (o *options) opened(name, identity string) (model.Issued, error) {
	take := o.Safe().Take
	if batch.Identity(identity) {
		return model.Issued{}, errors.New("--identity takes the name of a file, and this is a secret key itself; it is not shown here, and by now it is in the history of the shell")
	}
	if identity != "" {
		content, err := o.readIdentity(identity)
		if err != nil {
			return model.Issued{}, fmt.Errorf("--identity %s: %w", model.Clean(identity), err)
		}
		defer clear(content)
		take = func(name string) (model.Issued, error) { return o.Safe().TakeWith(name, content) }
	}
	kept, err := take(name)
	if err != nil {
		return kept, batch.Fail(err)
	}
	return kept, nil
}

// mostIdentity is in bytes; an SSH key is a few thousand.
const mostIdentity = 64 << 10

// readIdentity reads a file, or the standard input.
func (o *options) readIdentity(path string) ([]byte, error) {
	if path != "-" {
		return o.ReadSecret(path, mostIdentity)
	}
	if info, err := o.Stdin.Stat(); err != nil || info.Mode()&os.ModeCharDevice != 0 {
		return nil, errors.New("the standard input is a terminal; it takes a pipe, such as age -d FILE | authdeck keys take --identity -")
	}
	return io.ReadAll(io.LimitReader(o.Stdin, mostIdentity))
}

// handedOver has it remembered that somebody has the key, where it is that of a successor.
func (o *options) handedOver(kept model.Issued, how rotation.Manner) error {
	if o.Rotations == nil {
		return nil
	}
	t := kept.Token
	of, err := rotation.HandOver(o.Rotations(), rotation.Delivery{System: t.System, Token: t, Plan: kept.Kept.Plan, How: how, At: time.Now().UTC()})
	if err == nil && of != nil {
		fmt.Fprintf(o.Stderr, "authdeck: the old token, %s, still opens: :rotations in the console ends it\n", of.Old.Name)
	}
	return err
}

// waiting is the name of the key that is meant: the one that was named, or the only one.
func (o *options) waiting(names []string) (string, error) {
	if len(names) == 1 {
		return names[0], nil
	}
	keys, err := o.Safe().Lying()
	var found []string
	for _, k := range keys {
		if k.How == model.Undelivered {
			found = append(found, k.Name)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case err != nil:
		return "", batch.Fail(err)
	case len(found) == 0:
		return "", batch.Fail(errors.New("no key waits to be handed over"))
	}
	return "", fmt.Errorf("%s; which one? authdeck keys lists them", model.NotHandedOver(len(found)))
}

func (o *options) removeKeys(names []string) error {
	for _, name := range names {
		said, err := o.Safe().Remove(name)
		if err != nil {
			return batch.Fail(err)
		}
		fmt.Fprintf(o.Stderr, "authdeck: %s: %s\n", model.Clean(name), said)
	}
	return nil
}
