package client

import (
	"io"
	"os"
	"os/user"
	"path/filepath"

	"authdeck/client/config"
	"authdeck/client/custody"
	"authdeck/client/file"
	"authdeck/client/planfile"
	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/model/rotation"
)

// Machine is the one that the program runs on: files that an operator names, whose paths may
// begin with ~/ for the home, and what is kept there without a configuration.
type Machine struct {
	Getenv func(string) string // of the environment; never nil
}

func (m Machine) at(path string) string { return config.AtHome(path, m.Getenv("HOME")) }

// ReadSecret reads a file of its owner's alone, of so many bytes at most.
func (m Machine) ReadSecret(path string, limit int64) ([]byte, error) {
	return file.ReadPrivate(m.at(path), limit)
}

// ReadFile opens a file, to be closed by whoever reads it.
func (m Machine) ReadFile(path string) (io.ReadCloser, error) { return file.Open(m.at(path)) }

// WriteFile is [WriteFile], WriteNew is [WriteNew], WriteShared is [WriteShared], and NewFile is
// [NewFile], for a path as it was named.
func (m Machine) WriteFile(path string, replace bool, content []byte) error {
	return WriteFile(m.at(path), replace, content)
}

// WriteNew is as WriteFile says.
func (m Machine) WriteNew(path string, write func(io.Writer) error) error {
	return WriteNew(m.at(path), write)
}

// WriteShared is as WriteFile says.
func (m Machine) WriteShared(path string, content []byte) error {
	return WriteShared(m.at(path), content)
}

// NewFile is as WriteFile says.
func (m Machine) NewFile(path string) (whole string, err error) { return NewFile(path, m.Getenv) }

// Keep writes a key to a new file of its owner's alone, in the folder that is named or in the one
// for keys.
func (m Machine) Keep(under, name string, key model.Secret) (path string, err error) {
	return config.WriteKey(config.KeyFolder(under, m.Getenv), name, key)
}

// Safe is where keys lie that came to configured systems, and Rotations is where rotations of them
// are remembered.
func (m Machine) Safe() model.Safe { return custody.In(KeysAt(nil, m.Getenv)) }

// Rotations is as Safe says.
func (m Machine) Rotations() rotation.Book { return RotationsOf(m.Getenv) }

// Known is [Known], of the configuration that is named or the usual one.
func (m Machine) Known(path string) []model.Info {
	return Known(config.Path(path, m.Getenv), m.Getenv)
}

// ToSign is [ToSign], with the SSH agent of this session.
func (m Machine) ToSign(path, key string) (plan.Signing, error) { return ToSign(path, key, m.Getenv) }

// DismissPlan has a plan that was left in the middle stay so.
func (m Machine) DismissPlan(path string) error { return planfile.Dismiss(m.at(path)) }

// Welcome is what there is to say of key files of before; may be empty.
func (m Machine) Welcome() string {
	return model.Clean(config.Rescued(config.KeyFolder("", m.Getenv))).String()
}

// Getenv is the environment of the process, with a home in any case: where HOME is not set, as in
// services of a machine, or is no whole path, it is that of the account. Whoever takes the current
// folder for it runs what somebody else has put there.
func Getenv(name string) string {
	value := os.Getenv(name)
	if name != "HOME" || filepath.IsAbs(value) {
		return value
	}
	me, err := user.Current()
	if err != nil || !filepath.IsAbs(me.HomeDir) {
		return ""
	}
	return me.HomeDir
}
