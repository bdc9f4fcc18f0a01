package file

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// Draft is a file that is not at its path before it is whole. Make it with [Begin]; it is
// its owner's alone unless it is shared.
type Draft struct {
	folder  *os.Root
	open    *os.File // the folder
	base    string   // the name that it is to have
	replace bool
	f       *os.File
	temp    string // the name that it has meanwhile; empty where it has none
	mode    fs.FileMode
}

// Begin makes a file that [Draft.Keep] puts at a path. A file that is there already is
// replaced in one step if that is wanted; otherwise the error is an [fs.ErrExist]. What is
// no regular file is never replaced.
func Begin(path string, replace bool) (*Draft, error) {
	base := filepath.Base(path)
	if path == "" || os.IsPathSeparator(path[len(path)-1]) || base == "." || base == ".." {
		return nil, errors.New("it is the name of no file")
	}
	folder, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, refusal{"its folder: " + plain(err, 0), err}
	}
	d := &Draft{folder: folder, base: base, replace: replace, mode: 0o600}
	if err = d.free(); err == nil {
		err = d.begin()
	}
	if err != nil {
		d.Drop()
		return nil, err
	}
	return d, nil
}

// free looks at what is at the path.
func (d *Draft) free() error {
	found, err := d.folder.Lstat(d.base)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return refusal{plain(err, 0), err}
	case found.Mode()&fs.ModeSymlink != 0:
		return errors.New(plain(syscall.ELOOP, syscall.O_NOFOLLOW))
	}
	if err := regular(found); err != nil {
		return err
	}
	if !d.replace {
		return taken()
	}
	return nil
}

func taken() error { return refusal{"there is a file of this name already", fs.ErrExist} }

// begin makes the file, without a name where that is possible: whatever ends the program
// then leaves nothing behind.
func (d *Draft) begin() error {
	var err error
	if d.open, err = d.folder.Open("."); err != nil {
		return refusal{plain(err, 0), err}
	}
	if d.f, err = Unnamed(d.open); err == nil {
		if linkable(d.f) {
			return nil
		}
		_ = d.f.Close()
	}
	return d.named()
}

func (d *Draft) named() (err error) {
	temp := d.meanwhile()
	if d.f, err = d.folder.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600); err != nil {
		return refusal{plain(err, 0), err}
	}
	d.temp = temp
	return nil
}

// meanwhile is a name that nobody else uses.
func (d *Draft) meanwhile() string { return ".authdeck-" + rand.Text() }

// linkable reports whether [Link] will find the file.
func linkable(f *os.File) bool {
	_, err := os.Stat("/proc/self/fd/" + strconv.Itoa(int(f.Fd())))
	return err == nil
}

// Share has everybody read the file once it is kept: there is nothing secret in it, and another
// account's program is to read it.
func (d *Draft) Share() { d.mode = 0o644 }

// Write implements [io.Writer].
func (d *Draft) Write(content []byte) (int, error) {
	n, err := d.f.Write(content)
	if err != nil {
		return n, refusal{plain(err, 0), err}
	}
	return n, nil
}

// Keep puts the file at its path, whole.
func (d *Draft) Keep() error {
	err := d.settle()
	d.Drop()
	if err != nil && !errors.Is(err, fs.ErrExist) {
		return refusal{plain(err, 0), err}
	}
	return err
}

func (d *Draft) settle() error {
	if err := d.f.Chmod(d.mode); err != nil { // a umask may have taken the owner's own right to read
		return err
	}
	if err := d.f.Sync(); err != nil {
		return err
	}
	if d.temp == "" {
		temp := d.meanwhile()
		if err := Link(d.f, d.open, temp); err != nil {
			return err
		}
		d.temp = temp
	}
	if err := d.claim(); err != nil {
		return err
	}
	if err := d.folder.Rename(d.temp, d.base); err != nil {
		if !d.replace {
			_ = d.folder.Remove(d.base) // which holds nothing
		}
		return err
	}
	d.temp = ""
	_ = d.open.Sync() // so that the name too outlives a power cut; not every file system can
	return nil
}

// claim takes the name where no file may be replaced: a rename would replace one that has
// come in the meantime.
func (d *Draft) claim() error {
	if d.replace {
		return d.free()
	}
	f, err := d.folder.OpenFile(d.base, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return taken()
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// Drop lets go of the file. One that was not kept leaves nothing behind.
func (d *Draft) Drop() {
	if d.f != nil {
		_ = d.f.Close()
	}
	if d.temp != "" {
		_ = d.folder.Remove(d.temp)
		d.temp = ""
	}
	if d.open != nil {
		_ = d.open.Close()
	}
	_ = d.folder.Close()
}
