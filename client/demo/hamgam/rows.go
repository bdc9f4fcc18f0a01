package hamgam

import (
	"net/http"

	. "authdeck/client/demo/stage"
)

func hamgamPageOf[T, Row any](r *http.Request, rows []T, rowOf func(T) Row) hamgamPage[Row] {
	win := WindowOf(r.URL.Query(), hamgamLimit, hamgamMost)
	answer := hamgamPage[Row]{Count: len(rows), Results: []Row{}}
	answer.Next, answer.Previous = win.Links(r.URL, len(rows))
	for _, row := range Cut(win, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	return answer
}

// hamgamTokenOf shows the key, as this API does everywhere.
func hamgamTokenOf(t *Token) hamgamToken {
	u := t.Owner
	return hamgamToken{
		ID: t.ID, Key: t.Key,
		UserData: hamgamOwner{
			ID: u.ID, Username: u.Username, MobileNumber: OrNull(u.Mobile),
			FirstName: OrNull(u.First), LastName: OrNull(u.Last),
		},
		CreatedAt: FormatTime(t.CreatedAt), UpdatedAt: FormatTime(t.UpdatedAt),
	}
}

func hamgamUserOf(u *User) hamgamUser {
	return hamgamUser{
		ID: u.ID, Username: u.Username, MobileNumber: OrNull(u.Mobile),
		Email: OrNull(u.Email), IsEmailVerified: u.Email != "" && u.Active, Avatar: OrNull(u.Avatar),
		FirstName: OrNull(u.First), LastName: OrNull(u.Last), FullName: OrNull(u.FullName()), Gender: u.Gender,
		InviteesCount: new(int), IsActive: u.Active, IsStaff: u.Staff, IsAdmin: u.Admin,
		IsProfileCompleted: u.Complete(), IsOnline: u.Online,
		LastLogin: FormatTimeOrNull(u.LastLogin), CreatedAt: FormatTime(u.CreatedAt), UpdatedAt: FormatTime(u.UpdatedAt),
		Invitees: []hamgamOwner{}, GroupsData: hamgamGroupsOf(u), PermissionsData: hamgamPermissionsOf(u),
	}
}

func hamgamMeOf(u *User) hamgamMe {
	me := hamgamMe{
		ID: u.ID, Username: u.Username, MobileNumber: OrNull(u.Mobile),
		Email: OrNull(u.Email), Avatar: OrNull(u.Avatar),
		FirstName: OrNull(u.First), LastName: OrNull(u.Last), FullName: OrNull(u.FullName()), Gender: u.Gender,
		IsProfileCompleted: u.Complete(), Groups: []int{},
		LastLogin: FormatTimeOrNull(u.LastLogin), CreatedAt: FormatTime(u.CreatedAt),
	}
	if u.Group > 0 {
		me.Groups = append(me.Groups, u.Group)
	}
	return me
}

func hamgamGroupsOf(u *User) []hamgamGroup {
	if u.Group == 0 {
		return []hamgamGroup{}
	}
	return []hamgamGroup{{ID: u.Group, Name: GroupName(u.Group)}}
}

func hamgamPermissionsOf(u *User) []hamgamPermission {
	out := []hamgamPermission{}
	for _, p := range []struct {
		right Right
		is    hamgamPermission
	}{
		{SeeUsers, hamgamPermission{31, 1222, "user_read"}},
		{CreateTokens, hamgamPermission{41, 1241, "user_auth_token_create"}},
		{SeeTokens, hamgamPermission{42, 1242, "user_auth_token_read"}},
		{RegenerateTokens, hamgamPermission{43, 1243, "user_auth_token_update"}},
		{DeleteTokens, hamgamPermission{44, 1244, "user_auth_token_delete"}},
	} {
		if u.May(p.right) {
			out = append(out, p.is)
		}
	}
	return out
}
