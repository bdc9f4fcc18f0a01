package client

import (
	"io"

	"authdeck/client/file"
)

// WriteFile writes a file whole or not at all, for its owner alone. Where one is there that is
// not to be replaced, the error is an [io/fs.ErrExist].
func WriteFile(path string, replace bool, content []byte) error {
	return drafted(path, replace, func(d *file.Draft) error {
		_, err := d.Write(content)
		return err
	})
}

// WriteNew is [WriteFile] of what is written to it, to a file that was not there.
func WriteNew(path string, write func(io.Writer) error) error {
	return drafted(path, false, func(d *file.Draft) error { return write(d) })
}

// WriteShared is [WriteFile] for everybody to read, in the place of what was there.
func WriteShared(path string, content []byte) error {
	return drafted(path, true, func(d *file.Draft) error {
		d.Share()
		_, err := d.Write(content)
		return err
	})
}

// drafted has a file written, which is at its path when it is whole.
func drafted(path string, replace bool, write func(*file.Draft) error) error {
	draft, err := file.Begin(path, replace)
	if err != nil {
		return err
	}
	defer draft.Drop()
	if err := write(draft); err != nil {
		return err
	}
	return draft.Keep()
}
