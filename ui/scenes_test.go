package ui

import (
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"authdeck/model"
)

// scene is a screen that a few keys lead to.
type scene struct {
	name string
	of   func() []*remote // the systems; nil for the company alone
	set  func(*remote)    // what is peculiar about the first
	keys func(*driver)
}

// scenes are all screens that a person can come to.
func scenes() []scene {
	var all []scene
	for _, some := range [][]scene{pageScenes(), troubledPages(), formScenes(), questionScenes(), keyScenes(), failureScenes(), claimScenes(), exportScenes(), markScenes(), activityScenes(), planScenes(), reportScenes()} {
		all = append(all, some...)
	}
	return all
}

func press(keys string) func(*driver) { return func(d *driver) { d.press(keys) } }

// after presses letters, and then keys that are none.
func after(letters string, keys ...tea.KeyType) func(*driver) {
	return func(d *driver) { d.press(letters); d.pressKey(keys...) }
}

func failing(what string, err error) func(*remote) {
	return func(r *remote) { r.fail[what] = err }
}

func refused() error { return model.Fail(model.Unavailable, "connection refused") }

// pageScenes are pages with something on them.
func pageScenes() []scene {
	return []scene{
		{"tokens", nil, nil, press("j")},
		{"tokens-page", crowded, nil, press("jj")},
		{"tokens-production", nil, changesOff, press("j")},
		{"users", nil, nil, press("2j")},
		{"sorted", nil, nil, press("sjj⏎")},
		{"filtered", nil, nil, press("2fj⏎")},
		{"sorts", nil, nil, press("jsj")},
		{"views", nil, nil, press("jVj")},
		{"filters", nil, nil, press("2fwi")},
		{"search", nil, nil, after("/om", tea.KeyLeft)},
		{"search-completed", nil, nil, after("/sara -is:", tea.KeyTab, tea.KeyTab)},
		{"searched", nil, nil, after("/om", tea.KeyEnter)},
		{"command", nil, nil, press("jj:")},
		{"command-completed", nil, nil, after(":sort n", tea.KeyTab)},
		{"command-wrong", nil, nil, press("jj:delte⏎")},
		{"details", nil, nil, after("jjj", tea.KeyEnter)},
		{"details-user", nil, nil, after("2j", tea.KeyEnter)},
		{"help", nil, func(r *remote) { r.info.Missing[model.Delete] = "this Hamgam is too old" }, press("?")},
		{"help-found", nil, nil, press("?/or")},
		{"help-users", nil, nil, press("2?")},
		{"all-systems", apart3, nil, press("9jj")},
		{"all-systems-details", apart3, nil, after("9jj", tea.KeyEnter)},
		{"person", kin3, nil, press("jp")},
		{"person-accounts", kin3, nil, press("jp2jo")},
		{"all-systems-question", apart3, nil, press("9jjjjjjjjjjd")},
		{"systems", several, nil, func(d *driver) {
			d.hold()
			d.app.world.All.(*joint).missing = map[string]bool{"far-away": true}
			d.press("0")
			for _, answer := range d.held[:4] {
				d.give(answer)
			}
			d.press("j")
		}},
	}
}

func crowded() []*remote { return []*remote{crowd(newClock())} }

// several are systems in all states: the last one has not answered yet.
func several() []*remote {
	systems := three()
	c := systems[0].clock
	signIn, idp, slow := company(c), company(c), company(c)
	signIn.info.Name, signIn.info.Kind, signIn.info.Host = "tower", "awx", "tower.ops.example.com/a/rather/long/way/to/it"
	signIn.fail["who"] = model.Fail(model.Unauthorized, "Authentication credentials were not provided. To establish a login session, visit /api/login/.")
	idp.info.Name, idp.info.Kind, idp.info.Host, idp.info.Generation = "idp", "authentik", "idp.example.com", "2026.8"
	slow.info.Name, slow.info.Kind, slow.info.Host = "far-away", "waldur", "waldur.example.org"
	idp.info.Endless, slow.info.ReadOnly = true, true
	for i := range idp.tokens {
		idp.tokens[i].Expires = model.Not(model.Never)
	}
	signIn.fail["tokens"], systems[1].fail["tokens"] = signIn.fail["who"], systems[1].fail["who"]
	systems[0].beyond = 12_345
	return append(systems, signIn, idp, slow)
}

// troubledPages are pages with nothing on them, or with what was there before.
func troubledPages() []scene {
	return []scene{
		{"empty", nil, func(r *remote) { r.tokens = nil }, press("r")},
		{"empty-search", nil, nil, after("/zzz", tea.KeyEnter)},
		{"empty-filter", nil, func(r *remote) { r.users = r.users[:5] }, press("2fjj⏎")},
		{"waiting", nil, nil, func(d *driver) { d.hold(); d.press("2"); d.pass(2 * time.Second) }},
		{"failed", nil, failing("tokens", refused()), press("")},
		{"failed-later", nil, nil, func(d *driver) {
			d.press("j")
			d.pass(time.Minute)
			d.systems[0].fail["tokens"] = refused()
			d.pressKey(tea.KeyCtrlR)
		}},
		{"failed-signin", nil, failing("tokens", model.Fail(model.Unauthorized, "Invalid token.")), press("")},
	}
}

func formScenes() []scene {
	asks := func(r *remote) { r.forms, r.info.Missing = formed(r.clock).forms, nil }
	return []scene{
		{"form", nil, asks, func(d *driver) {
			after("c", tea.KeyTab)(d)
			after("ci", tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyDown)(d)
		}},
		{"form-begun", nil, asks, after("c", tea.KeyTab)},
		{"form-wrong", nil, asks, func(d *driver) {
			after("c", tea.KeyTab)(d)
			after("bad", tea.KeyEnter, tea.KeyEnter, tea.KeyEnter, tea.KeyEnter)(d)
			after("soon", tea.KeyEnter, tea.KeyEnter)(d)
		}},
		{"form-idle", nil, func(r *remote) { r.forms, r.info.Missing = dated(r.clock).forms, nil }, func(d *driver) {
			after("cci", tea.KeyTab, tea.KeyTab)(d)
			after("30d", tea.KeyShiftTab, tea.KeySpace, tea.KeyTab)(d)
			d.press("برای گزارش")
		}},
		{"picker", nil, nil, press("c")},
		{"picker-search", nil, nil, press("c/ni")},
	}
}

func questionScenes() []scene {
	production := func(r *remote) { r.info.Production = true }
	return []scene{
		{"question", nil, nil, press("d")},
		{"question-form", nil, func(r *remote) { r.forms, r.info.Missing = formed(r.clock).forms, nil }, func(d *driver) {
			fillIn(d)
			d.pressKey(tea.KeyEnter)
		}},
		{"production", nil, production, press("Gr#10")},
		{"production-wrong", nil, production, func(d *driver) { d.press("dsara"); d.pressKey(tea.KeyEnter) }},
		{"busy", nil, nil, func(d *driver) { d.press("r"); d.hold(); agree(d); d.pass(2 * time.Second) }},
		{"leaving", nil, nil, func(d *driver) { d.press("r"); d.hold(); agree(d); d.pressKey(tea.KeyCtrlC) }},
	}
}

// keyScenes are what becomes of a new key.
func keyScenes() []scene {
	full := func(d *driver) { d.keepErr = errors.New("/home/op/.config/authdeck/keys: no space left on device") }
	return []scene{
		{"reveal", nil, nil, renewed("")},
		{"reveal-shown", nil, nil, renewed("v")},
		{"reveal-written", nil, nil, renewed("w")},
		{"reveal-sent", nil, nil, renewed("y")},
		{"reveal-refused", nil, nil, func(d *driver) { full(d); renewed("w")(d) }},
		{"reveal-folder", nil, nil, func(d *driver) { full(d); renewed("wo/mnt/safe")(d) }},
		{"reveal-lost", nil, nil, func(d *driver) { renewed("")(d); d.pressKey(tea.KeyEsc) }},
		{"reveal-part", nil, func(r *remote) {
			r.keyAnyway, r.fail["regenerate"] = true, model.Fail(model.Partial, "the old token is still there")
		}, renewed("")},
	}
}

// failureScenes are writes that did not succeed.
func failureScenes() []scene {
	doubt := func(end model.End, words string) func(*remote) {
		return func(r *remote) {
			r.fail["regenerate"] = model.Fail(model.Uncertain, "the answer was lost")
			r.finding = model.Finding{End: end, Words: words}
		}
	}
	return []scene{
		{"failure", nil, failing("regenerate", refused()), renewed("")},
		{"failure-forbidden", nil, failing("delete", model.Fail(model.Forbidden, "You do not have permission to perform this action.")), func(d *driver) { d.press("d"); agree(d) }},
		{"failure-half", nil, failing("regenerate", model.Fail(model.Partial, "the old token is still there")), renewed("")},
		{"failure-unknown", nil, doubt(model.Unseen, ""), renewed("")},
		{"failure-unknown-still", nil, doubt(model.Unseen, ""), func(d *driver) { renewed("")(d); d.pass(time.Minute) }},
		{"failure-seen", nil, doubt(model.Visible, "Token #100 has a new key."), renewed("")},
		{"failure-contradicted", nil, failing("regenerate", model.Fail(model.Contradicted, "the token has another key")), renewed("")},
	}
}

// changesOff is a production system of which nothing is changed from here.
func changesOff(r *remote) {
	r.info.Production, r.info.ReadOnly = true, true
	for _, a := range []model.Action{model.Create, model.Edit, model.Regenerate, model.Delete, model.Revoke} {
		r.info.Missing[a] = "authdeck is read-only here"
	}
}
