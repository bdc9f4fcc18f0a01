package config_test

import (
	"testing"

	"authdeck/client/config"
)

func TestASystemHasACommandForKeysOfItsOwnOrThatOfAll(t *testing.T) {
	t.Parallel()
	const rest = "url = \"https://shop.example.com\"\ntoken_env = \"T\"\n"
	one, other := start+rest, "[[system]]\nname = \"idp\"\nkind = \"hamgam\"\n"+rest
	for text, want := range map[string][2]string{
		one + other: {"", ""},
		one + "key_command = [\"pass\", \"{name}\"]\n" + other:                                           {"pass {name}", ""},
		"key_command = [\"vault\", \"{id}\"]\n" + one + "key_command = [\"pass\", \"{name}\"]\n" + other: {"pass {name}", "vault {id}"},
		"key_command = [\"vault\", \"{id}\"]\n" + one + other:                                            {"vault {id}", "vault {id}"},
	} {
		found, err := config.Load(written(t, text), vars(nil), config.SomeKinds())
		if err != nil {
			t.Fatal(err)
		}
		if got := [2]string{found.Couriers.Through("shop"), found.Couriers.Through("idp")}; got != want {
			t.Errorf("%s\n%q, want %q", text, got, want)
		}
	}
}
