package waldur

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func userFilterSet(of release) stage.FilterSet[account] {
	return stage.FilterSet[account]{
		ID:    func(a account) int { return a.id },
		Order: userOrder(), Filters: userFilters(of),
	}
}

// textFields are the texts of an account by the names that the API has for them.
func textFields() map[string]func(account) string {
	return map[string]func(account) string{
		"description":         func(a account) string { return a.remarks },
		"email":               func(a account) string { return a.person.Email },
		"full_name":           func(a account) string { return a.person.FullName() },
		"job_title":           func(a account) string { return a.job },
		"native_name":         func(account) string { return "" },
		"organization":        func(a account) string { return a.organization },
		"phone_number":        func(a account) string { return a.person.Mobile },
		"registration_method": account.registration,
		"username":            func(a account) string { return a.person.Username },
	}
}

func flagFields() map[string]func(account) bool {
	return map[string]func(account) bool{
		"is_active":  func(a account) bool { return a.person.Active },
		"is_staff":   func(a account) bool { return a.person.May(staffRight) },
		"is_support": account.supports,
	}
}

func userOrder() map[string]func(a, b account) int {
	order := map[string]func(a, b account) int{}
	for name, of := range textFields() {
		order[name] = func(a, b account) int { return cmp.Compare(of(a), of(b)) }
	}
	for name, of := range flagFields() {
		order[name] = func(a, b account) int {
			switch x, y := of(a), of(b); {
			case x == y:
				return 0
			case y:
				return -1
			default:
				return 1
			}
		}
	}
	return order
}

func userFilters(of release) map[string]stage.Filter[account] {
	tests := map[string]stage.Filter[account]{
		"user_keyword": insideFolded(func(a account) string {
			return stage.SearchText(a.person.FullName(), a.person.Email, a.person.Username)
		}),
		"query": inside(func(a account) string {
			return stage.SearchText(a.person.First, a.person.Last, a.person.Username, a.person.Email)
		}),
		"date_joined":   onOrAfter(func(a account) time.Time { return a.person.CreatedAt }),
		"civil_number":  exactly(func(account) string { return "" }), // nobody has one
		"customer_uuid": nobody,                                      // nor belongs to an organization
	}
	if of > oldest {
		tests["username_list"] = listed
	}
	tests["agreement_date"] = tests["date_joined"] // of the same moment here
	for name, of := range textFields() {
		switch name {
		case "full_name":
			tests[name] = insideFolded(of)
		case "email", "native_name", "organization", "job_title":
			tests[name] = inside(of)
		default:
			tests[name] = exactly(of)
		}
	}
	for name, of := range flagFields() {
		tests[name] = yesNoOrNothing(of)
	}
	return tests
}

func inside[T any](of func(T) string) stage.Filter[T] {
	return texts(func(value string) func(T) bool {
		asked := strings.ToLower(value)
		return func(row T) bool { return strings.Contains(strings.ToLower(of(row)), asked) }
	})
}

func exactly[T any](of func(T) string) stage.Filter[T] {
	return texts(func(value string) func(T) bool {
		return func(row T) bool { return of(row) == value }
	})
}

func nobody(string) (func(account) bool, string) {
	return func(account) bool { return false }, ""
}

func listed(value string) (func(account) bool, string) {
	names := strings.Split(value, ",")
	return func(a account) bool { return slices.Contains(names, a.person.Username) }, ""
}

// yesNoOrNothing does not filter by what is neither yes nor no.
func yesNoOrNothing[T any](of func(T) bool) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		yes := strings.EqualFold(value, "true")
		filters := yes || strings.EqualFold(value, "false")
		return func(row T) bool { return !filters || of(row) == yes }, ""
	}
}

// onOrAfter does not filter by what is no time (7.0.7).
func onOrAfter[T any](of func(T) time.Time) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		asked, filters := readTime(value)
		return func(row T) bool { return !filters || !of(row).Before(asked) }, ""
	}
}

// readTime reads a time, or a day.
func readTime(value string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if t, err := time.Parse(layout, value); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
