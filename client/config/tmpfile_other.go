//go:build !linux

package config

import (
	"errors"
	"os"
)

// createUnnamed is of Linux alone.
func createUnnamed(*os.File) (*os.File, error) { return nil, errors.ErrUnsupported }

func linkAs(_, _ *os.File, _ string) error { return errors.ErrUnsupported }
