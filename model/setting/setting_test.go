package setting

import (
	"testing"

	"authdeck/model"
)

func TestAKeyIsNamedWithItsTablesAsAFileHasThem(t *testing.T) {
	for want, s := range map[string]Setting{
		"at_once":                  {Key: "at_once"},
		"look.older_than":          {Table: "look", Key: "older_than"},
		"system.shop.url":          {Table: "system", Name: model.Clean("shop"), Key: "url"},
		`system."a.b".url`:         {Table: "system", Name: model.Clean("a.b"), Key: "url"},
		`view."Old \"CI\" x".name`: {Table: "view", Name: model.Clean(`Old "CI" x`), Key: "name"},
		`view."غیرفعال".query`:     {Table: "view", Name: model.Clean("غیرفعال"), Key: "query"},
	} {
		if got := s.Path(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestAnOriginIsALineAVariableAFlagOrBuiltIn(t *testing.T) {
	for want, o := range map[string]Origin{
		"built in": {}, "$XDG_CONFIG_HOME": {How: Variable, Name: "XDG_CONFIG_HOME"}, "--config": {How: Flag, Name: "--config"},
		"/a/b.toml:7": {How: File, Name: "/a/b.toml", Line: 7}, "/a/b␛.toml": {How: File, Name: "/a/b\x1b.toml"},
	} {
		if got := o.String(); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
