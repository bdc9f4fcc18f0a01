//go:build !linux

package file

import (
	"errors"
	"os"
)

// Unnamed is of Linux alone.
func Unnamed(*os.File) (*os.File, error) { return nil, errors.ErrUnsupported }

// Link is of Linux alone.
func Link(_, _ *os.File, _ string) error { return errors.ErrUnsupported }
