package client

import (
	"os"

	"authdeck/client/config"
	"authdeck/client/file"
	"authdeck/model/setting"
)

// Settings is what is done with configurations on this machine.
func Settings(getenv func(string) string) setting.Files {
	kinds := Kinds()
	return setting.Files{
		Find: func(flag string) setting.Place { return config.Find(flag, getenv) },
		There: func(path string) error {
			_, err := os.Stat(path)
			return file.Bare(err)
		},
		Show:  func(at setting.Place) ([]setting.Setting, error) { return config.Show(at, getenv, kinds) },
		Check: func(at setting.Place) []setting.Finding { return config.Check(at, getenv, kinds) },
		Init:  func(path string, systems []setting.System) error { return config.Init(path, systems, kinds) },
		Amiss: func(s setting.System, said string) error { return config.Amiss(s, said, kinds) },
		Kinds: kinds.Described(),
	}
}
