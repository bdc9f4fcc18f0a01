package config

import (
	"errors"
	"fmt"

	"authdeck/client/seal"
	"authdeck/model"
)

// atOnce is how many lines of a plan are under way at once.
func atOnce(said *int) (int, error) {
	switch {
	case said == nil:
		return 0, nil
	case *said < 1 || *said > model.MostAtOnce:
		return 0, fmt.Errorf("at_once: 1 to %d are possible, and not %d", model.MostAtOnce, *said)
	}
	return *said, nil
}

// recipients are those that the file names. An empty list is no wish: whoever writes one
// would take keys for sealed to somebody.
func recipients(names *[]string) (seal.Recipients, error) {
	if names == nil {
		return nil, nil
	}
	if len(*names) == 0 {
		return nil, errors.New("age_recipients: it names nobody; without it keys are sealed to an identity of this machine")
	}
	to, err := seal.To(*names)
	if err != nil {
		return nil, fmt.Errorf("age_recipients: %w", err)
	}
	return to, nil
}
