package courier

import (
	"errors"

	"authdeck/client/program"
	"authdeck/model"
)

// Of is a command that takes the keys of one system, as [Parse] reads it, and whose program can be
// found.
func Of(system string, argv []string) (Commands, error) {
	command, err := Parse(argv)
	if err != nil {
		return nil, err
	}
	if _, err := program.Find(argv[0]); err != nil {
		return nil, errors.New(shown(argv[0]) + " cannot be started: " + err.Error())
	}
	return Commands{system: command}, nil
}

// Check is what doctor says of the command that takes the keys of a system: whether its program
// can be found. It is not run: it would take something for a key. Is is false where there is none.
func (c Commands) Check(system string) (check model.Check, is bool) {
	command := c[system]
	if !command.Runs() {
		return check, false
	}
	check = model.Check{Subject: system, What: "key_command", Verdict: model.OK}
	path, err := program.Find(command.argv[0])
	if err != nil {
		check.Verdict, check.Found = model.Failed, model.Clean(shown(command.argv[0])+" cannot be started: "+err.Error())
		check.Advice = "install it, or write its whole path into key_command; else h and a plan can hand no key to it"
		return check, true
	}
	check.Found = model.Clean("keys go to " + command.String() + ", which is " + path)
	return check, true
}
