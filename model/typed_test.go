package model_test

import (
	"testing"

	"authdeck/model"
)

func TestDigitsOfPersianAndArabicKeyboardsAreThoseOfEverybody(t *testing.T) {
	for typed, want := range map[string]string{
		"۰۱۲۳۴۵۶۷۸۹": "0123456789", "٠١٢٣٤٥٦٧٨٩": "0123456789", "۲۰۲۷-٠۱-15 ۱۴:۳۰": "2027-01-15 14:30", "۹۰d": "90d", "سارا": "سارا", "x²१": "x²१", "": "",
	} {
		if got := model.Digits(typed); got != want {
			t.Errorf("%q is %q, and not %q", typed, got, want)
		}
	}
}
