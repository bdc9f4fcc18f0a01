package waldur

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"authdeck/client/demo/stage"
)

func waldurUsers() stage.FilterSet[waldurAccount] {
	return stage.FilterSet[waldurAccount]{
		ID:    func(a waldurAccount) int { return a.id },
		Order: waldurUserOrder(), Filters: waldurUserTests(),
	}
}

// waldurTexts are the texts of an account by the names that the API has for them.
func waldurTexts() map[string]func(waldurAccount) string {
	return map[string]func(waldurAccount) string{
		"description":         func(a waldurAccount) string { return a.remarks },
		"email":               func(a waldurAccount) string { return a.person.Email },
		"full_name":           func(a waldurAccount) string { return a.person.FullName() },
		"job_title":           func(a waldurAccount) string { return a.job },
		"native_name":         func(waldurAccount) string { return "" },
		"organization":        func(a waldurAccount) string { return a.organization },
		"phone_number":        func(a waldurAccount) string { return a.person.Mobile },
		"registration_method": waldurAccount.registration,
		"username":            func(a waldurAccount) string { return a.person.Username },
	}
}

func waldurFlags() map[string]func(waldurAccount) bool {
	return map[string]func(waldurAccount) bool{
		"is_active":  func(a waldurAccount) bool { return a.person.Active },
		"is_staff":   func(a waldurAccount) bool { return a.person.May(waldurStaff) },
		"is_support": waldurAccount.supports,
	}
}

func waldurUserOrder() map[string]func(a, b waldurAccount) int {
	order := map[string]func(a, b waldurAccount) int{}
	for name, of := range waldurTexts() {
		order[name] = func(a, b waldurAccount) int { return cmp.Compare(of(a), of(b)) }
	}
	for name, of := range waldurFlags() {
		order[name] = func(a, b waldurAccount) int {
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

func waldurUserTests() map[string]stage.Filter[waldurAccount] {
	tests := map[string]stage.Filter[waldurAccount]{
		"user_keyword": inside(func(a waldurAccount) string {
			return stage.SearchText(a.person.FullName(), a.person.Email, a.person.Username)
		}),
		"query": inside(func(a waldurAccount) string {
			return stage.SearchText(a.person.First, a.person.Last, a.person.Username, a.person.Email)
		}),
		"username_list": listed,
		"date_joined":   onOrAfter(func(a waldurAccount) time.Time { return a.person.CreatedAt }),
		"modified":      onOrAfter(func(a waldurAccount) time.Time { return a.person.UpdatedAt }),
	}
	tests["agreement_date"] = tests["date_joined"] // of the same moment here
	for name, of := range waldurTexts() {
		switch name {
		case "full_name", "email", "native_name", "organization", "job_title":
			tests[name] = inside(of)
		default:
			tests[name] = exactly(of)
		}
	}
	for name, of := range waldurFlags() {
		tests[name] = yesNoOrNothing(of)
	}
	return tests
}

func inside[T any](of func(T) string) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		asked := strings.ToLower(value)
		return func(row T) bool { return strings.Contains(strings.ToLower(of(row)), asked) }, ""
	}
}

func exactly[T any](of func(T) string) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		return func(row T) bool { return of(row) == value }, ""
	}
}

func listed(value string) (func(waldurAccount) bool, string) {
	names := strings.Split(value, ",")
	return func(a waldurAccount) bool { return slices.Contains(names, a.person.Username) }, ""
}

// yesNoOrNothing does not filter by what is neither yes nor no.
func yesNoOrNothing[T any](of func(T) bool) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		yes := strings.EqualFold(value, "true")
		filters := yes || strings.EqualFold(value, "false")
		return func(row T) bool { return !filters || of(row) == yes }, ""
	}
}

func onOrAfter[T any](of func(T) time.Time) stage.Filter[T] {
	return func(value string) (func(T) bool, string) {
		asked, ok := readTime(value)
		if !ok {
			return nil, "Enter a valid date/time."
		}
		return func(row T) bool { return !of(row).Before(asked) }, ""
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
