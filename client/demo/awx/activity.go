package awx

import (
	"net/http"
	"slices"
	"time"

	"authdeck/client/demo/stage"
)

// object is what an event is about, as the activity stream calls it.
type object struct {
	kind    string // such as "o_auth2_access_token"
	id      int
	url     string
	summary map[string]any
}

// event is one thing that was done.
type event struct {
	id        int
	at        time.Time
	actor     *stage.User
	operation string
	about     object
	changes   map[string]any
}

// note keeps what is done now.
func (a *server) note(actor *stage.User, operation string, about object, changes map[string]any) {
	a.remember(a.Today(), actor, operation, about, changes)
}

func (a *server) remember(at time.Time, actor *stage.User, operation string, about object, changes map[string]any) {
	if about.kind == tokenKind {
		about.url = a.latest() + "tokens/" + stage.Decimal(about.id) + "/"
	} else {
		about.url = a.latest() + "users/" + stage.Decimal(about.id) + "/"
	}
	a.events.Add("", func(id int) event { return event{id, at, actor, operation, about, changes} })
}

const (
	tokenKind = "o_auth2_access_token"
	userKind  = "user"
)

// named is a token as the activity stream calls it.
func (t token) named() object {
	return object{kind: tokenKind, id: t.id, summary: map[string]any{"id": t.id, "user_id": t.owner.ID, "description": t.description, "scope": t.scope}}
}

func (t token) changes() map[string]any {
	changes := map[string]any{"description": t.description, "application": nil, "scope": t.scope, "id": t.id, "token": mask}
	if t.app != 0 {
		changes["application"] = t.app
	}
	return changes
}

func namedUser(u *stage.User) object {
	return object{kind: userKind, id: u.ID, summary: map[string]any{"id": u.ID, "username": u.Username, "first_name": u.First, "last_name": u.Last}}
}

func userChanges(u *stage.User) map[string]any {
	return map[string]any{
		"username": u.Username, "first_name": u.First, "last_name": u.Last, "email": u.Email,
		"is_superuser": u.Admin, "password": "hidden", "id": u.ID,
	}
}

// eventRow is an event of AWX.
type eventRow struct {
	ID          int            `json:"id"`
	Type        string         `json:"type"`
	URL         string         `json:"url"`
	Related     map[string]any `json:"related"`
	Summary     map[string]any `json:"summary_fields"`
	Timestamp   string         `json:"timestamp"`
	Operation   string         `json:"operation"`
	Changes     map[string]any `json:"changes"`
	Object1     string         `json:"object1"`
	Object2     string         `json:"object2"`
	Association string         `json:"object_association"`
	Node        string         `json:"action_node"`
	ObjectType  string         `json:"object_type"`
}

// entryRow is one of the gateway (django-ansible-base, activitystream: Entry).
type entryRow struct {
	ID          int               `json:"id"`
	URL         string            `json:"url"`
	Related     map[string]string `json:"related"`
	Created     string            `json:"created"`
	CreatedBy   int               `json:"created_by"`
	Operation   string            `json:"operation"`
	Changes     map[string]any    `json:"changes"`
	ContentType int               `json:"content_type"`
	Model       string            `json:"content_type_model"`
	ObjectID    string            `json:"object_id"`
}

// contentTypes are numbers of a database, which mean nothing elsewhere.
func contentTypes() map[string]int { return map[string]int{tokenKind: 33, userKind: 17} }

func (a *server) eventRow(e event) any {
	if a.generation.IsGateway() {
		changes := map[string]any{"added_fields": map[string]any{}, "changed_fields": map[string]any{}, "removed_fields": map[string]any{}}
		changes[map[string]string{"create": "added_fields", "delete": "removed_fields"}[e.operation]] = e.changes
		delete(changes, "")
		return entryRow{
			ID: e.id, URL: baseGateway + "activitystream/" + stage.Decimal(e.id) + "/", Related: map[string]string{"content_object": e.about.url},
			Created: stage.FormatTime(e.at), CreatedBy: e.actor.ID, Operation: e.operation, Changes: changes,
			ContentType: contentTypes()[e.about.kind], Model: e.about.kind, ObjectID: stage.Decimal(e.about.id),
		}
	}
	return eventRow{
		ID: e.id, Type: "activity_stream", URL: baseV2 + "activity_stream/" + stage.Decimal(e.id) + "/",
		Related:   map[string]any{e.about.kind: []string{e.about.url}, "actor": a.latest() + "users/" + stage.Decimal(e.actor.ID) + "/"},
		Summary:   map[string]any{e.about.kind: []any{e.about.summary}, "actor": ownerOf(e.actor)},
		Timestamp: stage.FormatTime(e.at), Operation: e.operation, Changes: e.changes, Object1: e.about.kind, Node: nodeName,
	}
}

func (a *server) eventList() list[event] {
	return list[event]{
		model: "ActivityStream", kind: "activity_stream", guarded: a.guarded(),
		id:   func(e event) int { return e.id },
		text: func(e event) string { return stage.SearchText(e.operation, e.about.kind) },
		fields: map[string]field[event]{
			"id":           numberField(func(e event) int { return e.id }),
			"timestamp":    timeField(func(e event) time.Time { return e.at }),
			"created":      timeField(func(e event) time.Time { return e.at }),
			"operation":    textField(func(e event) string { return e.operation }),
			"object1":      textField(func(e event) string { return e.about.kind }),
			"actor":        relationField(func(e event) int { return e.actor.ID }),
			"content_type": relationField(func(e event) int { return contentTypes()[e.about.kind] }),
			"object_id":    textField(func(e event) string { return stage.Decimal(e.about.id) }),
		},
	}
}

// listEvents lists what the caller may know of: auditors all, others what is theirs.
func (a *server) listEvents(fits func(event, *http.Request) bool) stage.Handler {
	return func(w http.ResponseWriter, r *http.Request, caller *stage.User) {
		rows := slices.DeleteFunc(a.events.All(), func(e event) bool {
			return !fits(e, r) || !a.seesAll(caller) && e.actor.ID != caller.ID
		})
		answerList(a, w, r, a.eventList(), rows, func(e event) any { return a.eventRow(e) })
	}
}

// event is one of them.
func (a *server) event(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	e, ok := a.events.Get(stage.PathID(r))
	switch {
	case !ok:
		a.missing(w, r, "ActivityStream")
	case !a.seesAll(caller) && e.actor.ID != caller.ID:
		a.refuse(w, http.StatusForbidden)
	default:
		stage.Reply(w, http.StatusOK, a.eventRow(e))
	}
}

func everyEvent(event, *http.Request) bool { return true }

// eventsOf are those about the object of the path.
func eventsOf(kind string) func(event, *http.Request) bool {
	return func(e event, r *http.Request) bool { return e.about.kind == kind && e.about.id == stage.PathID(r) }
}
