package demo

import "net/http"

func hamgamPageOf[T, Row any](r *http.Request, rows []T, rowOf func(T) Row) hamgamPage[Row] {
	win := windowOf(r.URL.Query(), hamgamLimit, hamgamMost)
	answer := hamgamPage[Row]{Count: len(rows), Results: []Row{}}
	answer.Next, answer.Previous = win.links(r.URL, len(rows))
	for _, row := range cut(win, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	return answer
}

// hamgamTokenOf shows the key, as this API does everywhere.
func hamgamTokenOf(t *token) hamgamToken {
	u := t.owner
	return hamgamToken{
		ID: t.id, Key: t.key,
		UserData: hamgamOwner{
			ID: u.id, Username: u.username, MobileNumber: orNull(u.mobile),
			FirstName: orNull(u.first), LastName: orNull(u.last),
		},
		CreatedAt: stamp(t.createdAt), UpdatedAt: stamp(t.updatedAt),
	}
}

func hamgamUserOf(u *user) hamgamUser {
	return hamgamUser{
		ID: u.id, Username: u.username, MobileNumber: orNull(u.mobile),
		Email: orNull(u.email), IsEmailVerified: u.email != "" && u.active, Avatar: orNull(u.avatar),
		FirstName: orNull(u.first), LastName: orNull(u.last), FullName: orNull(u.fullName()), Gender: u.gender,
		InviteesCount: new(int), IsActive: u.active, IsStaff: u.staff, IsAdmin: u.admin,
		IsProfileCompleted: u.complete(), IsOnline: u.online,
		LastLogin: stampOrNull(u.lastLogin), CreatedAt: stamp(u.createdAt), UpdatedAt: stamp(u.updatedAt),
		Invitees: []hamgamOwner{}, GroupsData: hamgamGroupsOf(u), PermissionsData: hamgamPermissionsOf(u),
	}
}

func hamgamMeOf(u *user) hamgamMe {
	me := hamgamMe{
		ID: u.id, Username: u.username, MobileNumber: orNull(u.mobile),
		Email: orNull(u.email), Avatar: orNull(u.avatar),
		FirstName: orNull(u.first), LastName: orNull(u.last), FullName: orNull(u.fullName()), Gender: u.gender,
		IsProfileCompleted: u.complete(), Groups: []int{},
		LastLogin: stampOrNull(u.lastLogin), CreatedAt: stamp(u.createdAt),
	}
	if u.group > 0 {
		me.Groups = append(me.Groups, u.group)
	}
	return me
}

func hamgamGroupsOf(u *user) []hamgamGroup {
	if u.group == 0 {
		return []hamgamGroup{}
	}
	return []hamgamGroup{{ID: u.group, Name: groupName(u.group)}}
}

func hamgamPermissionsOf(u *user) []hamgamPermission {
	out := []hamgamPermission{}
	for _, p := range []struct {
		right right
		is    hamgamPermission
	}{
		{seeUsers, hamgamPermission{31, 1222, "user_read"}},
		{issueTokens, hamgamPermission{41, 1241, "user_auth_token_create"}},
		{seeTokens, hamgamPermission{42, 1242, "user_auth_token_read"}},
		{renewTokens, hamgamPermission{43, 1243, "user_auth_token_update"}},
		{dropTokens, hamgamPermission{44, 1244, "user_auth_token_delete"}},
	} {
		if u.may(p.right) {
			out = append(out, p.is)
		}
	}
	return out
}
