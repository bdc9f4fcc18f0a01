package config

import (
	"bytes"
	"maps"
	"slices"

	"github.com/pelletier/go-toml/v2"

	"authdeck/client/file"
	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/setting"
)

// Names are the systems of a configuration, as far as it can be read: for completion, which
// says nothing of what is wrong. No credential is read, and no file but this one.
func Names(at setting.Place) (found []setting.Named) {
	content, err := file.Read(at.Path, configLimit)
	if err != nil {
		return nil
	}
	var d struct {
		Systems []struct {
			Name       string `toml:"name"`
			Kind       string `toml:"kind"`
			Generation string `toml:"generation"`
		} `toml:"system"`
	}
	if err := toml.NewDecoder(bytes.NewReader(content)).Decode(&d); err != nil {
		return nil
	}
	for _, s := range d.Systems {
		if s.Name == "" || redact.LooksLikeKey(s.Name) || model.Clean(s.Name).Changed() {
			continue
		}
		found = append(found, setting.Named(s))
	}
	return found
}

// Described are the kinds as somebody is asked for one, sorted by name.
func (k Kinds) Described() (all []setting.Kind) {
	for _, name := range slices.Sorted(maps.Keys(k)) {
		all = append(all, setting.Kind{
			Name: name, Generations: k[name].Generations,
			Token: len(k[name].fitting(false)) > 0, Password: len(k[name].fitting(true)) > 0,
		})
	}
	return all
}
