package authentik

import (
	"context"
	"crypto/rand"
	"regexp"
	"strconv"
	"strings"
	"time"

	"authdeck/model"
)

// prepareLike is the form of a new token, filled in as an old one is that it is to stand
// beside. Rights that were given on the old token are not on the new one.
func (a *authentik) prepareLike(ctx context.Context, t model.Token) (model.Form, error) {
	if why := fixed(t); why != "" {
		return model.Form{}, model.Fail(model.Unsupported, why)
	}
	form, err := a.prepareCreate(ctx, t.Owner)
	if err != nil {
		return form, err
	}
	description, _ := t.Description.Original() // fixed has seen to it that it is whole
	values := map[string]string{"identifier": a.nextName(ctx, t.ID), "description": description, "intent": t.Kind.String(), "expiring": "yes", "expires": ""}
	if t.Expires.Knowledge() == model.Never {
		values["expiring"] = "no"
	}
	if at, dated := t.Expires.Time(); dated && t.Kind.String() == appPassword && at.After(time.Now()) {
		values["expires"] = prefilled(t)
	}
	for i, f := range form.Fields {
		form.Fields[i].Value = values[f.Key]
	}
	form.Warnings = append(form.Warnings, "Rights that were given on the old token itself are not given on the new one.")
	if !t.Managed.Empty() {
		form.Warnings = append(form.Warnings, "The old token is marked as managed by “"+t.Managed.String()+"”; the new one will not be.")
	}
	return form, nil
}

// namesTried is how many names are asked for before one is made of chance.
const namesTried = 4

// nextName is an identifier that no token has yet, as far as that can be asked, and by which a
// person knows which one it comes after: ci, ci-2, ci-3.
func (a *authentik) nextName(ctx context.Context, identifier string) string {
	base, number := identifier, 1
	if found := regexp.MustCompile(`^(.+)-([2-9]|[1-9][0-9])$`).FindStringSubmatch(identifier); found != nil {
		base = found[1]
		number, _ = strconv.Atoi(found[2])
	}
	const room = 255 - len("-100")
	base = base[:min(len(base), room)]
	for next := number + 1; next <= number+namesTried; next++ {
		name := base + "-" + strconv.Itoa(next)
		if _, absent, err := a.find(ctx, name); absent || err != nil {
			return name // one that is taken after all is refused before anything is made
		}
	}
	return base + "-" + strings.ToLower(rand.Text()[:6])
}
