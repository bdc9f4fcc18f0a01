package config

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/pelletier/go-toml/v2"
)

// document is what stands in a configuration file, before it is known to be right.
type document struct {
	Sealed  *[]string `toml:"age_recipients"`
	AtOnce  *int      `toml:"at_once"`
	Courier *[]string `toml:"key_command"`
	Systems []entry   `toml:"system"`
	Theme   theme     `toml:"theme"`
	Look    looks     `toml:"look"`
	Views   []view    `toml:"view"`
	Audit   Audit     `toml:"audit"`

	places keyLines
	single bool // [system] stands there with one bracket, or words that look so
}

// read decodes a file. What could be read of it comes with the error of unknown keys too.
func read(doc []byte) (document, error) {
	var d document
	err := toml.NewDecoder(bytes.NewReader(doc)).DisallowUnknownFields().Decode(&d)
	if _, unknown := errors.AsType[*toml.StrictMissingError](err); err != nil && !unknown {
		return document{}, err
	}
	d.places, d.single = keyLinesOf(doc), bytes.Contains(doc, []byte("[system]"))
	return d, err
}

// parse reads a file and refuses it for the first thing that is wrong with it.
func parse(doc []byte, paths expander, kinds Kinds) (document, Config, error) {
	d, err := read(doc)
	if err != nil {
		return d, Config{}, decodeErrors(err)[0]
	}
	found, faults := d.config(paths, kinds)
	if len(faults) > 0 {
		return d, Config{}, faults[0]
	}
	return d, found, nil
}

// config is what the document says, and each thing that is wrong with it. The first one is what
// [Load] tells.
func (d document) config(paths expander, kinds Kinds) (found Config, faults []error) {
	if fault := d.empty(); fault != nil {
		return Config{}, []error{fault}
	}
	note := func(where func(error) error, err error) {
		if err != nil {
			faults = append(faults, where(err))
		}
	}
	top := func(key string) func(error) error {
		return func(err error) error { return d.places.atTop(key, err) }
	}
	table := func(name string) func(error) error {
		return func(err error) error { return d.places.inTable(name, err) }
	}
	found.Audit = d.Audit
	found.Profiles, faults = d.profiles(paths, kinds)
	var err error
	found.Couriers, err = couriers(found.Profiles, d.Courier)
	note(top("key_command"), prefixed("key_command", err))
	found.Sealed, err = recipients(d.Sealed)
	note(top("age_recipients"), err)
	found.AtOnce, err = atOnce(d.AtOnce)
	note(top("at_once"), err)
	found.Theme, err = d.Theme.colours()
	note(table("theme"), err)
	found.Limits, err = d.Look.limits()
	note(table("look"), err)
	for i, v := range d.Views {
		view, err := v.read(found.Views)
		note(func(err error) error { return d.places.inView(i, err) }, err)
		found.Views = append(found.Views, view)
	}
	return found, faults
}

func prefixed(key string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", key, err)
}

// empty is the fault of a file without systems.
func (d document) empty() error {
	switch {
	case len(d.Systems) == 0:
		return errors.New("there is no [[system]] in it\n\nThe least it needs is\n\n" + Example)
	case d.single && len(d.places.systems) == 0:
		return errors.New("[system] takes two brackets: [[system]]")
	}
	return nil
}

// profiles are the systems, each under a name of its own.
func (d document) profiles(paths expander, kinds Kinds) (found []Profile, faults []error) {
	var names []string
	for i, e := range d.Systems {
		profile, err := e.profile(paths, kinds)
		if err == nil && slices.Contains(names, e.Name) {
			err = wrong("name", "%q is the name of two systems; every name stands once", e.Name)
		}
		if err != nil {
			for _, fault := range e.faults(err, paths, kinds) {
				faults = append(faults, d.places.of(i, fault))
			}
			continue
		}
		names = append(names, e.Name)
		found = append(found, profile)
	}
	return found, faults
}
