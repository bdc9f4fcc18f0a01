package batch

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/rotation"
)

// KeyTo is where somebody wants a new key to go, as they wrote it.
type KeyTo struct {
	to      []string // a file, -, or recipients; none where that is not said
	command bool
	argv    []string // of a command
}

// Register gives a command the flags for it.
func (k *KeyTo) Register(cmd *cobra.Command) {
	cmd.Flags().StringArrayVar(&k.to, "key-to", nil, "where the new key goes: a new `FILE` of yours alone, - for a pipe, age:RECIPIENT for a sealed one on the standard output (may be repeated), age for age_recipients, command for key_command; ./age is a file")
	cmd.Flags().BoolVar(&k.command, "key-to-command", false, "the new key goes to the command that follows --, on its standard input; {system}, {id}, {name} and {owner} stand for whose it is")
}

// Split takes what stands after -- for the command that takes the key, and gives the rest.
func (k *KeyTo) Split(cmd *cobra.Command, args []string) ([]string, error) {
	at := cmd.ArgsLenAtDash()
	switch {
	case k.command && (at < 0 || at == len(args)):
		return nil, errors.New("--key-to-command wants the command after --, such as --key-to-command -- pass insert -m -f {system}/{name}")
	case at < 0 || at == len(args):
		return args, nil
	case !k.command:
		return nil, errors.New("a command after -- takes a key, with --key-to-command before it")
	}
	k.argv = args[at:]
	return args[:at], nil
}

// Said reports whether somebody said where.
func (k *KeyTo) Said() bool { return k.command || len(k.to) > 0 }

// Taking is where a new key goes. It was looked at whether one can go there.
type Taking struct {
	Way   string // file, pipe, age or command
	Says  string // where that is, to end a sentence
	Fills bool   // the standard output is the key's alone
	How   rotation.Manner
	// Refuses is why the key of a token cannot go there; nil for never.
	Refuses func(model.Token) string
	// Take has handed the key over when it returns without an error. Where is a path, or the
	// command as it was run.
	Take func(ctx context.Context, t model.Token, key model.Secret) (where string, err error)
}

// Taking is where the new keys of a system go, before anything is sent that brings one.
func (w World) Taking(k *KeyTo, s Systems, system string) (Taking, error) {
	switch {
	case k.command && len(k.to) > 0:
		return Taking{}, errors.New("--key-to and --key-to-command are two ways for one key; one of them is enough")
	case k.command:
		own, err := w.Courier(system, k.argv)
		if err != nil {
			return Taking{}, fmt.Errorf("--key-to-command: %w", err)
		}
		return toCommand(own, system), nil
	}
	at, recipients, err := PlaceOf(k.to)
	switch {
	case err != nil:
		return Taking{}, err
	case at == OnOutput:
		return w.toPipe()
	case at == Sealed:
		return w.toRecipients(recipients, s.Seal)
	case at == ByCommand && (s.Hand == nil || s.Hand.Through(system) == ""):
		return Taking{}, fmt.Errorf("--key-to command: %s has no key_command in the configuration", model.Clean(system))
	case at == ByCommand:
		return toCommand(s.Hand, system), nil
	}
	return w.toFile(k.to[0])
}

// toFile is a file that is not there yet.
func (w World) toFile(path string) (Taking, error) {
	whole, err := w.NewFile(path)
	if err != nil {
		return Taking{}, fmt.Errorf("--key-to: %w", err)
	}
	return Taking{Way: "file", Says: "to the file " + model.Clean(whole).String(), How: rotation.ToFile, Take: func(_ context.Context, _ model.Token, key model.Secret) (string, error) {
		content := line(key)
		defer clear(content)
		return whole, w.WriteFile(whole, false, content)
	}}, nil
}

// toPipe is the standard output, which is no terminal.
func (w World) toPipe() (Taking, error) {
	if err := w.Takes(); err != nil {
		return Taking{}, fmt.Errorf("--key-to -: %w", err)
	}
	return Taking{Way: "pipe", Says: "to the standard output", Fills: true, How: rotation.ToPipe, Take: func(_ context.Context, _ model.Token, key model.Secret) (string, error) {
		content := line(key)
		defer clear(content)
		_, err := w.Stdout.Write(content)
		return "", err
	}}, nil
}

// toRecipients is the standard output as well, on which only they can read it. Usual seals to those
// of the configuration, where it names some.
func (w World) toRecipients(names []string, usual func([]byte) (string, error)) (Taking, error) {
	if err := w.Takes(); err != nil && !w.Shown() { // what is sealed shows nothing
		return Taking{}, fmt.Errorf("--key-to age: %w", err)
	}
	seal := usual
	if len(names) > 0 {
		var err error
		if seal, err = w.Sealer(names); err != nil {
			return Taking{}, fmt.Errorf("--key-to age:…: %w", err)
		}
	}
	if seal == nil {
		return Taking{}, errors.New("--key-to age: the configuration names nobody to whom keys are sealed (age_recipients); --key-to age:RECIPIENT does")
	}
	return Taking{Way: "age", Says: "sealed to the standard output", Fills: true, How: rotation.ToPipe, Take: func(_ context.Context, _ model.Token, key model.Secret) (string, error) {
		content := line(key)
		defer clear(content)
		letters, err := seal(content)
		if err == nil {
			_, err = w.Stdout.WriteString(letters)
		}
		return "", err
	}}, nil
}

// toCommand is a command that takes the keys of a system.
func toCommand(hand model.Courier, system string) Taking {
	return Taking{
		Way: "command", Says: "to " + model.Clean(hand.Through(system)).String(), How: rotation.ToCommand,
		Refuses: func(t model.Token) string { return hand.Refuses(system, t) },
		Take: func(ctx context.Context, t model.Token, key model.Secret) (string, error) {
			return hand.Hand(ctx, system, t, key)
		},
	}
}

// Folder is the folder for keys, in which a file is named after its token.
func (w World) Folder(name func(model.Token) string) Taking {
	return Taking{Way: "file", Says: "to a new file in the folder for keys", How: rotation.ToFile, Take: func(_ context.Context, t model.Token, key model.Secret) (string, error) {
		return w.Keep("", name(t), key)
	}}
}

// line is a key and a line's end, which whoever has it wipes.
func line(key model.Secret) []byte {
	return append(key.RevealTo(make([]byte, 0, key.Len()+1)), '\n')
}
