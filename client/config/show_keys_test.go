package config

import (
	"net/url"
	"reflect"
	"testing"
)

// TestEveryKeyOfASystemCanBeShown is for the next key, whatever its value is.
func TestEveryKeyOfASystemCanBeShown(t *testing.T) {
	t.Parallel()
	texts, text := []string{"x"}, "x"
	for field := range reflect.TypeFor[entry]().Fields() {
		var value any
		for _, one := range []any{text, &text, texts, &texts, true} {
			if reflect.TypeOf(one) == field.Type {
				value = one
			}
		}
		s := shower{}
		if key := field.Tag.Get("toml"); value == nil || s.shown(key, reflect.ValueOf(value), Profile{url: &url.URL{Scheme: "https", Host: "x"}}).Empty() {
			t.Errorf("%s is not shown where it is set", key)
		}
	}
}
