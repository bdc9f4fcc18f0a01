package awx

import (
	"maps"
	"net/http"
	"slices"

	"authdeck/client/demo/stage"
)

const organizations = 5 // by number, from 1

func organizationName(id int) string {
	if id < 1 || id > organizations {
		return ""
	}
	return stage.GroupName(id)
}

// organizationLinks lead from an organization to what belongs to it, most of which is not
// played and so empty.
func (a *server) organizationLinks() []string {
	if a.generation.IsGateway() {
		return []string{"admins", "teams", "users"}
	}
	return []string{
		"execution_environments", "projects", "inventories", "job_templates", "workflow_job_templates", "users", "admins", "teams",
		"credentials", "applications", "activity_stream", "notification_templates", "notification_templates_started",
		"notification_templates_success", "notification_templates_error", "notification_templates_approvals", "object_roles",
		"access_list", "instance_groups", "galaxy_credentials",
	}
}

type organizationRow struct {
	ID          int               `json:"id"`
	URL         string            `json:"url"`
	Related     map[string]string `json:"related"`
	Summary     map[string]any    `json:"summary_fields"`
	Created     string            `json:"created"`
	Modified    string            `json:"modified"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
}

type controllerOrganization struct {
	organizationRow
	Type        string  `json:"type"`
	MaxHosts    int     `json:"max_hosts"`
	Virtualenv  *string `json:"custom_virtualenv"`
	Environment *int    `json:"default_environment"`
}

type gatewayOrganization struct {
	organizationRow
	CreatedBy  int   `json:"created_by"`
	ModifiedBy int   `json:"modified_by"`
	Users      []int `json:"users"`
	Admins     []int `json:"admins"`
}

func (a *server) organizationRow(id int, caller *stage.User) any {
	url, began := a.latest()+"organizations/"+stage.Decimal(id)+"/", stage.FormatTime(a.Base.Add(-stage.History))
	row := organizationRow{
		ID: id, URL: url, Name: organizationName(id), Created: began, Modified: began, Related: links(url, a.organizationLinks()),
		Summary: map[string]any{"resource": resource("organization", id)},
	}
	if a.generation.IsGateway() {
		by, user := ownerOf(a.Users[0]), baseGateway+"users/"+stage.Decimal(a.Users[0].ID)+"/"
		row.Related["created_by"], row.Related["modified_by"] = user, user
		row.Summary["created_by"], row.Summary["modified_by"] = by, by
		return gatewayOrganization{row, a.Users[0].ID, a.Users[0].ID, []int{}, []int{}}
	}
	maps.Copy(row.Summary, map[string]any{
		"object_roles":         organizationRoles(id),
		"user_capabilities":    map[string]bool{"edit": caller.Admin, "delete": caller.Admin},
		"related_field_counts": map[string]int{"inventories": 0, "teams": 0, "users": len(a.members(id)), "job_templates": 0, "admins": 0, "projects": 0},
	})
	return controllerOrganization{organizationRow: row, Type: "organization"}
}

// organizationRole is one that people can have in an organization.
type organizationRole struct {
	Name        string `json:"name"`
	Description string `json:"description"`
	ID          int    `json:"id"`
	UserOnly    bool   `json:"user_only,omitempty"`
}

func organizationRoles(id int) map[string]organizationRole {
	roles := map[string]organizationRole{}
	all := [][3]string{
		{"admin_role", "Admin", "Can manage all aspects of the organization"},
		{"execute_role", "Execute", "May run any executable resources in the organization"},
		{"project_admin_role", "Project Admin", "Can manage all projects of the organization"},
		{"inventory_admin_role", "Inventory Admin", "Can manage all inventories of the organization"},
		{"credential_admin_role", "Credential Admin", "Can manage all credentials of the organization"},
		{"workflow_admin_role", "Workflow Admin", "Can manage all workflows of the organization"},
		{"notification_admin_role", "Notification Admin", "Can manage all notifications of the organization"},
		{"job_template_admin_role", "Job Template Admin", "Can manage all job templates of the organization"},
		{"execution_environment_admin_role", "Execution Environment Admin", "Can manage all execution environments of the organization"},
		{"auditor_role", "Auditor", "Can view all aspects of the organization"},
		{"member_role", "Member", "User is a member of the organization"},
		{"read_role", "Read", "May view settings for the organization"},
		{"approval_role", "Approve", "Can approve or deny a workflow approval node"},
	}
	for i, role := range all {
		roles[role[0]] = organizationRole{role[1], role[2], (id-1)*len(all) + i + 1, role[0] == "admin_role" || role[0] == "member_role"}
	}
	return roles
}

func (a *server) members(organization int) []*stage.User {
	return slices.DeleteFunc(a.accounts.all(), func(u *stage.User) bool { return a.accounts.profile(u.ID).org != organization })
}

func (a *server) organizationList() list[int] {
	return list[int]{
		model: "Organization", kind: "organization", guarded: a.guarded(),
		id:   func(id int) int { return id },
		text: func(id int) string { return stage.SearchText(organizationName(id)) },
		fields: map[string]field[int]{
			"id":          numberField(func(id int) int { return id }),
			"name":        textField(organizationName),
			"description": textField(func(int) string { return "" }),
		},
	}
}

// readsOrganization is about members.
func (a *server) readsOrganization(u *stage.User, id int) bool {
	return a.seesAll(u) || a.accounts.profile(u.ID).org == id
}

func (a *server) answerOrganizations(w http.ResponseWriter, r *http.Request, caller *stage.User, fits func(id int) bool) {
	var rows []int
	for id := 1; id <= organizations; id++ {
		if fits(id) && a.readsOrganization(caller, id) {
			rows = append(rows, id)
		}
	}
	answerList(a, w, r, a.organizationList(), rows, func(id int) any { return a.organizationRow(id, caller) })
}

func (a *server) listOrganizations(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	a.answerOrganizations(w, r, caller, func(int) bool { return true })
}

// listOrganizationsOf are those of the user of the path.
func (a *server) listOrganizationsOf(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if u := a.parent(w, r, caller); u != nil {
		a.answerOrganizations(w, r, caller, func(id int) bool { return a.accounts.profile(u.ID).org == id })
	}
}

// readableOrganization is that of the path, 0 after a refusal.
func (a *server) readableOrganization(w http.ResponseWriter, r *http.Request, caller *stage.User) int {
	id := stage.PathID(r)
	switch {
	case organizationName(id) == "":
		a.missing(w, r, "Organization")
	case !asked(a, w, r, a.organizationList(), id):
	case !a.readsOrganization(caller, id):
		a.refuse(w, http.StatusForbidden)
	default:
		return id
	}
	return 0
}

func (a *server) organization(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if id := a.readableOrganization(w, r, caller); id != 0 {
		stage.Reply(w, http.StatusOK, a.organizationRow(id, caller))
	}
}

func (a *server) listMembers(w http.ResponseWriter, r *http.Request, caller *stage.User) {
	if id := stage.PathID(r); a.readsOrganization(caller, id) {
		a.answerUsers(w, r, caller, a.members(id))
		return
	}
	a.refuse(w, http.StatusForbidden)
}

// nothing is a list of what this server does not have.
func (a *server) nothing(w http.ResponseWriter, r *http.Request, _ *stage.User) {
	none := list[int]{id: func(id int) int { return id }, text: organizationName, fields: map[string]field[int]{"id": numberField(func(id int) int { return id }), "name": textField(organizationName)}}
	answerList(a, w, r, none, nil, func(int) any { return nil })
}

// organizationRoutes are an organization and where its links lead; teams there are none.
func (a *server) organizationRoutes(base string) stage.Routes {
	routes := stage.Routes{
		base + "organizations/":      {"GET": stage.Serve("choices", stage.SignedIn, a.listOrganizations)},
		base + "organizations/{id}/": {"GET": stage.Serve("choices", stage.SignedIn, a.organization)},
		base + "teams/":              {"GET": stage.Serve("choices", stage.SignedIn, a.nothing)},
	}
	for _, name := range a.organizationLinks() {
		serve := a.nothing
		if name == "users" {
			serve = a.listMembers
		}
		routes[base+"organizations/{id}/"+name+"/"] = stage.Methods{"GET": stage.Serve("choices", stage.SignedIn, serve)}
	}
	return routes
}
