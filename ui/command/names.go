package command

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"authdeck/model"
	"authdeck/model/audit"
)

// nothingOf says why a list of entries is empty: a name of which the record knows nothing is most
// likely another one's, and an auditor who reads nothing takes that for an answer.
func (o *options) nothingOf(p picked) error {
	systems, users, owners := map[string]bool{}, map[string]bool{}, map[string]bool{}
	known := audit.Filter{User: p.filter.User}
	ofUser := false
	_, err := o.Entries(p.file, audit.Filter{}, func(e audit.Entry) error {
		systems[e.System], users[e.User], owners[e.Owner] = true, true, true
		ofUser = ofUser || known.Wants(e)
		return nil
	})
	switch {
	case err != nil:
		return err
	case p.filter.System != "" && !systems[p.filter.System]:
		return fmt.Errorf("--system: no entry is of a system %q; there are %s", model.Clean(p.filter.System), names(systems))
	case p.filter.User != "" && !ofUser:
		return errors.New(strings.TrimSuffix(fmt.Sprintf("--user: no entry is of %q; it was done by %s; to tokens of %s", model.Clean(p.filter.User), names(users), names(owners)), "; to tokens of nobody"))
	}
	fmt.Fprintln(o.Stderr, "authdeck: no entry is of all that: nothing is recorded of it in that time")
	return nil
}

// mostNames are as many as are said of all that there are.
const mostNames = 12

// names are those of a set in a sentence.
func names(set map[string]bool) string {
	delete(set, "")
	all := slices.Sorted(maps.Keys(set))
	if len(all) == 0 {
		return "nobody"
	}
	more := ""
	if n := len(all) - mostNames; n > 0 {
		all, more = all[:mostNames], fmt.Sprintf(", and %d more", n)
	}
	return model.Clean(strings.Join(all, ", ")).String() + more
}
