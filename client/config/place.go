package config

import (
	"path/filepath"

	"authdeck/model/setting"
)

// Path is where the configuration is looked for, see [Find].
func Path(flag string, getenv func(string) string) string { return Find(flag, getenv).Path }

// Find is where the configuration is looked for, and what says so: the flag's value, else
// $AUTHDECK_CONFIG, else authdeck/config.toml in the user's configuration folder of the XDG
// specification. The path is empty where there is no home.
func Find(flag string, getenv func(string) string) setting.Place {
	if flag != "" {
		return setting.Place{Path: flag, By: setting.Origin{How: setting.Flag, Name: "--config"}}
	}
	const named, folders = "AUTHDECK_CONFIG", "XDG_CONFIG_HOME"
	if path := getenv(named); path != "" {
		return setting.Place{Path: path, By: setting.Origin{How: setting.Variable, Name: named}}
	}
	by := setting.Origin{How: setting.Variable, Name: folders}
	folder := getenv(folders)
	if !filepath.IsAbs(folder) { // the specification says to ignore a relative one
		if folder, by = getenv("HOME"), (setting.Origin{}); folder == "" {
			return setting.Place{} // and not whatever folder somebody is in
		}
		folder = filepath.Join(folder, ".config")
	}
	return setting.Place{Path: filepath.Join(folder, "authdeck", "config.toml"), By: by}
}
