package model_test

import (
	"errors"
	"maps"
	"testing"
	"time"

	"authdeck/model"
)

// ending is a form as a system has it whose tokens end when somebody says.
func ending() model.Form {
	return model.Form{Fields: []model.Field{
		{Key: "label", Value: "as it was\t", Lines: true},
		{Key: "is_temporary", Kind: model.AskYesNo, Means: model.MeansEnds, Value: "no"},
		{Key: "valid_to", Label: "valid to", Kind: model.AskTime, Means: model.MeansEnd, Idle: func(values map[string]string) string {
			if values["is_temporary"] == "no" {
				return "it does not end"
			}
			return ""
		}, Check: func(value string) error {
			if value < "2026" {
				return errors.New("this is in the past")
			}
			return nil
		}},
	}}
}

func TestAFormIsFilledInSoThatATokenEndsThenAndAllElseStays(t *testing.T) {
	then := model.At(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC))
	for name, c := range map[string]struct {
		form model.Form
		end  model.When
		want map[string]string
		why  string
	}{
		"a date":                    {ending(), then, map[string]string{"label": "as it was\t", "is_temporary": "yes", "valid_to": "2027-03-01T00:00:00Z"}, ""},
		"never":                     {ending(), model.Not(model.Never), map[string]string{"label": "as it was\t", "is_temporary": "no"}, ""},
		"a date that is refused":    {ending(), model.At(newYear(2020)), nil, "valid to: this is in the past"},
		"no field for it":           {model.Form{Fields: ending().Fields[:2], NoEnd: "the server alone sets it"}, then, nil, "the server alone sets it"},
		"no field, and no reason":   {model.Form{}, then, nil, "when it ends is nobody's to set"},
		"a date without a flag":     {model.Form{Fields: ending().Fields[2:]}, then, map[string]string{"valid_to": "2027-03-01T00:00:00Z"}, ""},
		"never without a flag":      {model.Form{Fields: ending().Fields[2:]}, model.Not(model.Never), nil, "a token without an end is not known there"},
		"never, where it is a flag": {model.Form{Fields: ending().Fields[1:2], NoEnd: "no date"}, model.Not(model.Never), map[string]string{"is_temporary": "no"}, ""},
	} {
		values, why := c.form.Ending(c.end)
		if why != c.why || !maps.Equal(values, c.want) {
			t.Errorf("%s: %v, %q; want %v, %q", name, values, why, c.want, c.why)
		}
		o, err := model.Order{Action: model.Edit, Draft: model.Draft{Ends: c.end}}.FilledIn(c.form)
		if (err != nil) != (c.why != "") || err == nil && (!maps.Equal(o.Values, c.want) || o.Ends != model.When{}) {
			t.Errorf("%s: the order is %+v, %v", name, o.Draft, err)
		}
	}
}

func newYear(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }

func TestWhatAPersonFilledInStaysAsItIs(t *testing.T) {
	values := map[string]string{"label": "new"}
	o, err := model.Order{Action: model.Edit, Draft: model.Draft{Values: values, Ends: model.Not(model.Never)}}.FilledIn(ending())
	if err != nil || !maps.Equal(o.Values, values) {
		t.Errorf("it is %v, %v", o.Values, err)
	}
}

func TestWhatAFormSaysOfTheEndIsToldWhereItWasChanged(t *testing.T) {
	dated := ending()
	dated.Fields[1].Value, dated.Fields[2].Value = "yes", "2026-12-01T00:00:00Z"
	for name, c := range map[string]struct {
		form   model.Form
		values map[string]string
		want   model.When
	}{
		"a date":                     {ending(), map[string]string{"is_temporary": "yes", "valid_to": "2027-01-01T00:00:00Z"}, model.At(newYear(2027))},
		"another date":               {dated, map[string]string{"is_temporary": "yes", "valid_to": "2027-01-01T00:00:00Z"}, model.At(newYear(2027))},
		"never from now on":          {dated, map[string]string{"is_temporary": "no"}, model.Not(model.Never)},
		"the word never":             {model.Form{Fields: ending().Fields[2:]}, map[string]string{"valid_to": "never"}, model.Not(model.Never)},
		"the same date":              {dated, map[string]string{"label": "new", "is_temporary": "yes", "valid_to": "2026-12-01T00:00:00Z"}, model.When{}},
		"never as before":            {ending(), map[string]string{"label": "new", "is_temporary": "no"}, model.When{}},
		"no such field":              {model.Form{Fields: ending().Fields[:1]}, map[string]string{"label": "never"}, model.When{}},
		"no date":                    {ending(), map[string]string{"is_temporary": "yes"}, model.When{}},
		"a date that does not count": {ending(), map[string]string{"is_temporary": "no", "valid_to": "2027-01-01T00:00:00Z"}, model.When{}},
	} {
		if got := c.form.Sets(c.values); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
