package ui

import (
	"fmt"
	"reflect"
	"strings"
)

// find walks everything that is reachable from a value, unexported fields and
// the spare room of slices too, and says where it found a text.
func find(v any, text string) string {
	w := walker{text: text, been: map[string]bool{}}
	return w.walk(reflect.ValueOf(v), "app")
}

type walker struct {
	text string
	been map[string]bool
}

func (w *walker) walk(v reflect.Value, at string) string {
	switch v.Kind() {
	case reflect.String:
		if strings.Contains(v.String(), w.text) {
			return at
		}
	case reflect.Pointer, reflect.Interface:
		return w.follow(v, at)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[remote]() || v.Type() == reflect.TypeFor[driver]() {
			return "" // the world outside
		}
		for i := range v.NumField() {
			if found := w.walk(v.Field(i), at+"."+v.Type().Field(i).Name); found != "" {
				return found
			}
		}
	case reflect.Slice:
		return w.items(v.Slice(0, v.Cap()), at)
	case reflect.Array:
		return w.items(v, at)
	case reflect.Map:
		for _, k := range v.MapKeys() {
			if found := w.walk(k, at+"[key]") + w.walk(v.MapIndex(k), at+"[value]"); found != "" {
				return found
			}
		}
	default:
	}
	return ""
}

func (w *walker) follow(v reflect.Value, at string) string {
	if v.IsNil() {
		return ""
	}
	if v.Kind() == reflect.Pointer {
		key := fmt.Sprint(v.Type(), v.Pointer())
		if w.been[key] {
			return ""
		}
		w.been[key] = true
	}
	return w.walk(v.Elem(), at)
}

func (w *walker) items(v reflect.Value, at string) string {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		var b strings.Builder
		for i := range v.Len() {
			b.WriteByte(byte(v.Index(i).Uint()))
		}
		return w.walk(reflect.ValueOf(b.String()), at)
	}
	for i := range v.Len() {
		if found := w.walk(v.Index(i), fmt.Sprintf("%s[%d]", at, i)); found != "" {
			return found
		}
	}
	return ""
}
