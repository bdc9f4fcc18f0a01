// Package courier hands new keys to commands that the operator named: the key on their
// standard input and nowhere else, and whose it is in arguments that no shell reads. It must
// not know the systems, nor how a key was come by.
package courier

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"authdeck/client/redact"
	"authdeck/model"
)

// Command is one that takes keys. Make it with [Parse]; the zero value is none.
type Command struct{ argv []string }

// placeholder stands in an argument for what is known of a key.
var placeholder = regexp.MustCompile(`\{[A-Za-z_]+\}`)

// Parse reads a command as a configuration has it: the program, and its arguments with the
// placeholders {system}, {id}, {name} and {owner}.
func Parse(argv []string) (Command, error) {
	if len(argv) == 0 || argv[0] == "" {
		return Command{}, errors.New("the first entry is the program to run, and it is empty")
	}
	if placeholder.MatchString(argv[0]) {
		return Command{}, errors.New("the first entry is the program to run, and no token is to say which that is")
	}
	for _, argument := range argv {
		if strings.ContainsRune(argument, 0) {
			return Command{}, errors.New("an argument holds a NUL, which no program can be given")
		}
		for _, found := range placeholder.FindAllString(argument, -1) {
			if !slices.ContainsFunc(about("", model.Token{}), func(one value) bool { return one.placeholder == found }) {
				return Command{}, fmt.Errorf("%s stands for nothing; there are {system}, {id}, {name} and {owner}", shown(found))
			}
		}
	}
	if code := coded(argv); code != "" {
		return Command{}, fmt.Errorf("%s is run as code, and whoever names a token would write it: take \"$AUTHDECK_NAME\", \"$AUTHDECK_ID\", \"$AUTHDECK_OWNER\" or \"$AUTHDECK_SYSTEM\" there, with the quotes", shown(code))
	}
	return Command{argv}, nil
}

// Runs reports whether there is one.
func (c Command) Runs() bool { return len(c.argv) > 0 }

// String is the command as people write it, without what looks like a key.
func (c Command) String() string { return line(c.argv) }

func line(argv []string) string {
	words := make([]string, len(argv))
	for i, argument := range argv {
		words[i] = shown(argument)
	}
	return strings.Join(words, " ")
}

func shown(argument string) string {
	switch clean := model.Clean(argument); {
	case redact.LooksLikeKey(argument):
		return redact.Hidden
	case argument == "" || clean.Changed() || strings.ContainsAny(argument, " \"'"):
		return strconv.Quote(clean.String())
	}
	return argument
}

// value is something that is known of a key, and comes from a system.
type value struct {
	placeholder, variable, called string
	said                          model.Text
}

// about is what a command can be told of a key.
func about(system string, t model.Token) []value {
	return []value{
		{"{system}", "AUTHDECK_SYSTEM", "the name of the system", model.Clean(system)},
		{"{id}", "AUTHDECK_ID", "the id of the token", model.Clean(t.ID)},
		{"{name}", "AUTHDECK_NAME", "the name of the token", t.Name},
		{"{owner}", "AUTHDECK_OWNER", "the owner of the token", t.Owner.Username},
	}
}

// refusal is why a command is not told a value; empty where it can be. Whoever gives a token
// its name must not choose where a key goes, nor what a command does.
func (v value) refusal() string {
	text := v.said.String()
	switch {
	case text == "":
		return v.called + " is empty"
	case v.said.Changed():
		return v.called + " holds what no screen shows, such as a control character"
	case strings.Contains(text, "/"):
		return v.called + " holds a “/”, and could name another place"
	case text == "." || text == "..":
		return v.called + " is “" + text + "”, and would name another place"
	case text[0] == '-' || text[0] == '@':
		return v.called + " begins with “" + text[:1] + "”, which the command could take for something else"
	}
	return ""
}

// Refuses is why the command cannot be told of a token; empty where it can. What the command
// is not told by an argument does not count.
func (c Command) Refuses(system string, t model.Token) string {
	for _, v := range about(system, t) {
		if why := v.refusal(); why != "" && slices.ContainsFunc(c.argv, func(a string) bool { return strings.Contains(a, v.placeholder) }) {
			return why
		}
	}
	return ""
}

// told is the command for one token, and what stands in its environment: there a value that
// an argument must not have is empty.
func (c Command) told(system string, t model.Token) (argv, env []string) {
	var pairs []string
	for _, v := range about(system, t) {
		text := v.said.String()
		if v.refusal() != "" {
			text = ""
		}
		pairs = append(pairs, v.placeholder, text)
		env = append(env, v.variable+"="+text)
	}
	in := strings.NewReplacer(pairs...) // in one pass: what stands in a value is a value
	for _, argument := range c.argv {
		argv = append(argv, in.Replace(argument))
	}
	return argv, env
}
