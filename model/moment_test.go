package model_test

import (
	"testing"
	"time"

	"authdeck/model"
)

func TestTimesAreReadAsPeopleTypeThem(t *testing.T) {
	now := time.Date(2026, 3, 1, 10, 0, 0, 0, time.UTC)
	for typed, want := range map[string]string{
		"2026-12-31": "2026-12-31T00:00:00Z", "2026-12-31 14:30": "2026-12-31T14:30:00Z", "30d": "2026-03-31T10:00:00Z",
		"+12h": "2026-03-01T22:00:00Z", "2w": "2026-03-15T10:00:00Z", "2026-12-31T01:00:00+02:00": "2026-12-30T23:00:00Z",
		"": "", "soon": "", "d": "", "-3d": "", "0d": "", "99999999999999999999d": "", "2026-13-01": "", "3.5d": "", "20000w": "2409-06-21T10:00:00Z",
		"۲۰۲۷-۰۱-۱۵": "2027-01-15T00:00:00Z", "٢٠٢٧-٠١-١٥ ١٤:٣٠": "2027-01-15T14:30:00Z", "۳۰d": "2026-03-31T10:00:00Z", "3mo": "2026-06-01T10:00:00Z", "1y": "2027-03-01T10:00:00Z",
	} {
		when, err := model.TypedWhen(typed, now, false)
		at, _ := when.Time()
		if (err != nil) != (want == "") || err == nil && at.Format(time.RFC3339) != want {
			t.Errorf("%q is read as %s, %v", typed, at, err)
		}
	}
}
