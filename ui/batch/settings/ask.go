package settings

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"authdeck/model"
	"authdeck/model/setting"
	"authdeck/ui/batch"
)

// ask asks for what the flags do not say, of one system where they say something, and else of as
// many as there are.
func (f *first) ask(ctx context.Context) ([]setting.System, error) {
	flagged := false
	for _, said := range f.said {
		flagged = flagged || said
	}
	if flagged {
		s, err := f.describe(ctx)
		return []setting.System{s}, err
	}
	f.Say("an empty answer takes what stands in brackets; ctrl+c writes nothing")
	var all []setting.System
	for {
		s, err := f.describe(ctx)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		f.taken[s.Name] = true
		more, err := f.yes(ctx, "Another system?")
		if err != nil || !more {
			return all, err
		}
	}
}

// question is one that a text answers.
type question struct {
	said  string // what it is for, as [setting.Files.Amiss] has it
	words string
	usual string // what an empty answer means; empty for nothing
	put   func(*setting.System, string)
}

// describe asks for one system.
func (f *first) describe(ctx context.Context) (setting.System, error) {
	s := f.system
	for _, q := range []question{
		{"name", "What it is called (letters, digits, . _ -)", "", func(s *setting.System, said string) { s.Name = said }},
		{"kind", "Its kind (" + strings.Join(names(f.Kinds), ", ") + ")", "", func(s *setting.System, said string) { s.Kind = said }},
		{"url", "Its address, such as https://shop.example.com", "", func(s *setting.System, said string) { s.URL = said }},
	} {
		if err := f.answer(ctx, &s, q); err != nil {
			return s, err
		}
	}
	if err := f.askUser(ctx, &s); err != nil {
		return s, err
	}
	if err := f.askSource(ctx, &s); err != nil {
		return s, err
	}
	if f.said["name"] || f.said["kind"] || f.said["url"] || f.system.Production { // whoever knows flags knows that one
		return s, nil
	}
	var err error
	s.Production, err = f.yes(ctx, "Is it production (red, and changes want a name typed)?")
	return s, err
}

// askUser asks who signs in, where a kind of system knows passwords.
func (f *first) askUser(ctx context.Context, s *setting.System) error {
	if f.said["variable"] || f.said["file"] || f.said["command"] {
		return nil
	}
	for _, kind := range f.Kinds {
		if kind.Name == s.Kind && kind.Password {
			words := "The user name, if it signs in with a password; empty for a token"
			return f.answer(ctx, s, question{"username", words, "", func(s *setting.System, said string) { s.Username = said }})
		}
	}
	return nil
}

// askSource asks where the credential comes from, and never for the credential.
func (f *first) askSource(ctx context.Context, s *setting.System) error {
	if f.said["variable"] || f.said["file"] || f.said["command"] {
		return nil
	}
	what := "token"
	if s.Username != "" {
		what = "password"
	}
	for {
		said, err := f.Ask(ctx, "Where the "+what+" comes from (1 variable, 2 file, 3 program) [1]: ")
		if err != nil {
			return err
		}
		switch model.Digits(said) {
		case "", "1":
			return f.answer(ctx, s, question{"variable", "The name of the variable", f.variable(*s, what), func(s *setting.System, said string) { s.Variable = said }})
		case "2":
			return f.answer(ctx, s, question{"file", "The path of the file, which only you can read", "", func(s *setting.System, said string) { s.File = said }})
		case "3":
			return f.askCommand(ctx, s)
		}
		f.Say("1, 2 or 3")
	}
}

// variable is a name for a variable that goes with a system's; empty where none does.
func (f *first) variable(s setting.System, what string) string {
	s.Variable = strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(s.Name) + "_" + what)
	if f.Amiss(s, "variable") != nil {
		return ""
	}
	return s.Variable
}

// askCommand asks for a program, a word at a time: no shell is between, and no blank ends a word.
func (f *first) askCommand(ctx context.Context, s *setting.System) error {
	for {
		words := "The program, such as pass"
		s.Command = nil
		for {
			said, err := f.Ask(ctx, words+": ")
			if err != nil {
				return err
			}
			if said == "" {
				break
			}
			s.Command = append(s.Command, said)
			words = fmt.Sprintf("Its argument %d; empty for no more", len(s.Command))
		}
		err := f.Amiss(*s, "command")
		if err == nil {
			return nil
		}
		f.Say("%s", batch.Words(err))
	}
}

// answer asks until an answer can be used.
func (f *first) answer(ctx context.Context, s *setting.System, q question) error {
	if f.said[q.said] {
		return nil
	}
	words := q.words
	if q.usual != "" {
		words += " [" + q.usual + "]"
	}
	for {
		said, err := f.Ask(ctx, words+": ")
		if err != nil {
			return err
		}
		if said == "" {
			said = q.usual
		}
		q.put(s, said)
		if err = f.amiss(*s, q.said); err == nil {
			return nil
		}
		f.Say("%s", batch.Words(err))
	}
}

// amiss is what is wrong with an answer, among those that were given before.
func (f *first) amiss(s setting.System, said string) error {
	if said == "name" && f.taken[s.Name] {
		return errors.New("another system has this name; every name stands once")
	}
	return f.Amiss(s, said)
}

// yes asks for a yes or a no; no answer is no.
func (f *first) yes(ctx context.Context, words string) (bool, error) {
	for {
		said, err := f.Ask(ctx, words+" y or n [n]: ")
		if err != nil {
			return false, err
		}
		switch strings.ToLower(said) {
		case "y", "yes":
			return true, nil
		case "", "n", "no":
			return false, nil
		}
		f.Say("y or n")
	}
}
