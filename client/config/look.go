package config

import (
	"time"

	"authdeck/model/query"
	"authdeck/model/review"
)

// looks is the [look] of the file: from when on a token wants a look.
type looks struct {
	ExpiresWithin *string `toml:"expires_within"`
	OlderThan     *string `toml:"older_than"`
	UnusedFor     *string `toml:"unused_for"`
}

func (l looks) limits() (review.Limits, error) {
	found := review.Usual()
	for _, one := range []struct {
		key  string
		said *string
		to   *time.Duration
	}{{"expires_within", l.ExpiresWithin, &found.Soon}, {"older_than", l.OlderThan, &found.Old}, {"unused_for", l.UnusedFor, &found.Unused}} {
		if one.said == nil {
			continue
		}
		var err error
		if *one.to, err = query.Span(*one.said); err != nil {
			return review.Limits{}, wrong(one.key, "%s: %v", quoted(*one.said), err)
		}
	}
	return found, nil
}
