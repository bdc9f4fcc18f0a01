package hamgam

import (
	"net/http"

	"authdeck/client/demo/stage"
)

func hamgamPageOf[T, Row any](r *http.Request, rows []T, rowOf func(T) Row) hamgamPage[Row] {
	win := stage.WindowOf(r.URL.Query(), hamgamLimit, hamgamMost)
	answer := hamgamPage[Row]{Count: len(rows), Results: []Row{}}
	answer.Next, answer.Previous = win.Links(r.URL, len(rows))
	for _, row := range stage.Cut(win, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	return answer
}

// hamgamTokenOf shows the key, as this API does everywhere.
func hamgamTokenOf(t *stage.Token) hamgamToken {
	u := t.Owner
	return hamgamToken{
		ID: t.ID, Key: t.Key,
		UserData: hamgamOwner{
			ID: u.ID, Username: u.Username, MobileNumber: stage.OrNull(u.Mobile),
			FirstName: stage.OrNull(u.First), LastName: stage.OrNull(u.Last),
		},
		CreatedAt: stage.FormatTime(t.CreatedAt), UpdatedAt: stage.FormatTime(t.UpdatedAt),
	}
}

func hamgamUserOf(u *stage.User) hamgamUser {
	return hamgamUser{
		ID: u.ID, Username: u.Username, MobileNumber: stage.OrNull(u.Mobile),
		Email: stage.OrNull(u.Email), IsEmailVerified: u.Email != "" && u.Active, Avatar: stage.OrNull(u.Avatar),
		FirstName: stage.OrNull(u.First), LastName: stage.OrNull(u.Last), FullName: stage.OrNull(u.FullName()), Gender: u.Gender,
		InviteesCount: new(int), IsActive: u.Active, IsStaff: u.Staff, IsAdmin: u.Admin,
		IsProfileCompleted: u.Complete(), IsOnline: u.Online,
		LastLogin: stage.FormatTimeOrNull(u.LastLogin), CreatedAt: stage.FormatTime(u.CreatedAt), UpdatedAt: stage.FormatTime(u.UpdatedAt),
		Invitees: []hamgamOwner{}, GroupsData: hamgamGroupsOf(u), PermissionsData: hamgamPermissionsOf(u),
	}
}

func hamgamMeOf(u *stage.User) hamgamMe {
	me := hamgamMe{
		ID: u.ID, Username: u.Username, MobileNumber: stage.OrNull(u.Mobile),
		Email: stage.OrNull(u.Email), Avatar: stage.OrNull(u.Avatar),
		FirstName: stage.OrNull(u.First), LastName: stage.OrNull(u.Last), FullName: stage.OrNull(u.FullName()), Gender: u.Gender,
		IsProfileCompleted: u.Complete(), Groups: []int{},
		LastLogin: stage.FormatTimeOrNull(u.LastLogin), CreatedAt: stage.FormatTime(u.CreatedAt),
	}
	if u.Group > 0 {
		me.Groups = append(me.Groups, u.Group)
	}
	return me
}

func hamgamGroupsOf(u *stage.User) []hamgamGroup {
	if u.Group == 0 {
		return []hamgamGroup{}
	}
	return []hamgamGroup{{ID: u.Group, Name: stage.GroupName(u.Group)}}
}

func hamgamPermissionsOf(u *stage.User) []hamgamPermission {
	out := []hamgamPermission{}
	for _, p := range []struct {
		right stage.Right
		is    hamgamPermission
	}{
		{stage.SeeUsers, hamgamPermission{31, 1222, "user_read"}},
		{stage.CreateTokens, hamgamPermission{41, 1241, "user_auth_token_create"}},
		{stage.SeeTokens, hamgamPermission{42, 1242, "user_auth_token_read"}},
		{stage.RegenerateTokens, hamgamPermission{43, 1243, "user_auth_token_update"}},
		{stage.DeleteTokens, hamgamPermission{44, 1244, "user_auth_token_delete"}},
	} {
		if u.May(p.right) {
			out = append(out, p.is)
		}
	}
	return out
}
