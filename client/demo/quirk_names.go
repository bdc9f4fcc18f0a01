package demo

import (
	"slices"
	"strings"
)

// Quirks are all of them, as [ParseQuirks] takes their names.
func Quirks() []Quirk {
	return []Quirk{
		HamgamNoDelete, HamgamOldCreate, HamgamStaffList,
		AuthentikOld, Authentik2025, AuthentikRotate, AuthentikNoSetKey, AuthentikNewest, AuthentikUnpaged,
		AWXNoBasic, AWXExternalStaff, AWXOneSession, AWXOpenList, AWXGuardedPing, AWXTwoAtOnce, AWXHead, AWXOldWords,
		Waldur70, WaldurNoPAT, WaldurNewest, WaldurPasskey,
		SaymonRawKey, SaymonNoTokens, SaymonCSRF,
	}
}

// ParseQuirks reads names with commas between. One that no mirror has is refused, since
// it would be played by none in silence.
func ParseQuirks(names string) (found []Quirk, err error) {
	var words []string
	for _, q := range Quirks() {
		words = append(words, string(q))
	}
	for name := range strings.SplitSeq(names, ",") {
		name = strings.TrimSpace(name)
		if name != "" && !slices.Contains(words, name) {
			return nil, unknown("quirk", name, words)
		}
		if name != "" {
			found = append(found, Quirk(name))
		}
	}
	return found, nil
}
