package fleet

import "authdeck/model"

// nowhere is why nothing is done that is not about an object of one of the systems.
const nowhere = "go to the system in which it is to be: 0 shows them"

// noneAsked is why a question has no answer that is for none of the systems.
const noneAsked = "there is no such system"

// Info implements [model.API]. An action is offered that some system offers: on the token of
// another one that says why not.
func (f *Fleet) Info() model.Info {
	info := model.Info{
		Name: Name, Kind: f.size(), ReadOnly: true, OwnerAndMore: true,
		Missing:    model.Caps{model.Create: nowhere, model.Revoke: nowhere},
		TokenSorts: tokenSorts(), UserSorts: userSorts(),
	}
	var each []model.Info
	for _, m := range f.members {
		of := m.api.Info()
		each = append(each, of)
		info.Production = info.Production || of.Production
		info.ReadOnly = info.ReadOnly && of.ReadOnly
		info.UsersRecorded = info.UsersRecorded || of.UsersRecorded
		only := model.Choice{Value: of.Name, Label: "only " + of.Name}
		info.TokenFilters, info.UserFilters = append(info.TokenFilters, only), append(info.UserFilters, only)
	}
	for _, a := range model.Actions() {
		if why := nobodyCan(each, a); why != "" && a.AboutOne() {
			info.Missing[a] = why
		}
	}
	return info
}

// nobodyCan is why no system has an action; empty where one has it.
func nobodyCan(each []model.Info, a model.Action) string {
	why := ""
	for _, of := range each {
		reason, missing := of.Missing[a]
		switch {
		case !missing:
			return ""
		case why == "":
			why = reason
		case why != reason:
			why = "none of these systems offers it"
		}
	}
	return why
}
