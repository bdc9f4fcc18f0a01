package plan

import (
	"context"
	"strings"
	"time"

	"authdeck/model"
)

const (
	lookTimeout = 15 * time.Second // for a look at what is different
	lookPages   = 5
	lookRows    = 100
)

// differenceNow reads a token again, among those of its owner, and says what is different;
// empty where that cannot be told.
func differenceNow(ctx context.Context, api model.API, before model.Token) string {
	ctx, cancel := context.WithTimeout(ctx, lookTimeout)
	defer cancel()
	tokens, _, _ := tokensOf(ctx, api, before.Owner)
	for i := range tokens {
		if tokens[i].ID == before.ID {
			return Difference(&before, &tokens[i])
		}
	}
	return ""
}

// Difference says in words what of a token is not as it was.
func Difference(was, is *model.Token) string {
	var found []string
	note := func(what, before, after string) {
		if before != after {
			found = append(found, what+" was "+orNone(before)+" and is "+orNone(after))
		}
	}
	note("the name", was.Name.String(), is.Name.String())
	note("the owner", owner(was.Owner), owner(is.Owner))
	note("the kind", was.Kind.String(), is.Kind.String())
	note("the description", was.Description.String(), is.Description.String())
	note("the scope", was.Scope.String(), is.Scope.String())
	note("the application", was.App.String(), is.App.String())
	note("managed", was.Managed.String(), is.Managed.String())
	note("its end", dayOf(was.Expires), dayOf(is.Expires))
	note("its key", "of "+dayOf(was.Updated), "of "+dayOf(is.Updated))
	note("its last use", dayOf(was.LastUsed), dayOf(is.LastUsed))
	if len(found) == 0 && was.Version != is.Version {
		found = append(found, "it is in another state on the server")
	}
	if was.Own != is.Own {
		found = append(found, map[bool]string{true: "authdeck itself signs in with it now", false: "authdeck here does not sign in with it"}[is.Own])
	}
	return strings.Join(found, "; ")
}

func owner(u model.User) string {
	if u.Username.Empty() {
		return model.Clean(u.ID).String()
	}
	return u.Username.String()
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func dayOf(w model.When) string {
	at, known := w.Time()
	if !known {
		return whenWord(w)
	}
	return at.Format("2006-01-02 15:04:05")
}
