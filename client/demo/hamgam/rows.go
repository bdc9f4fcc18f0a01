package hamgam

import (
	"net/http"

	"authdeck/client/demo/stage"
)

func pageOf[T, Row any](r *http.Request, rows []T, rowOf func(T) Row) page[Row] {
	win := stage.WindowOf(r.URL.Query(), defaultPageSize, maxPageSize)
	answer := page[Row]{Count: len(rows), Results: []Row{}}
	answer.Next, answer.Previous = win.Links(r.URL, len(rows))
	for _, row := range stage.Cut(win, rows) {
		answer.Results = append(answer.Results, rowOf(row))
	}
	return answer
}

// tokenRowOf shows the key, as this API does everywhere.
func tokenRowOf(t *stage.Token) tokenRow {
	u := t.Owner
	return tokenRow{
		ID: t.ID, Key: t.Key,
		UserData: ownerRow{
			ID: u.ID, Username: u.Username, MobileNumber: stage.OrNull(u.Mobile),
			FirstName: stage.OrNull(u.First), LastName: stage.OrNull(u.Last),
		},
		CreatedAt: stage.FormatTime(t.CreatedAt), UpdatedAt: stage.FormatTime(t.UpdatedAt),
	}
}

func userRowOf(u *stage.User) userRow {
	return userRow{
		ID: u.ID, Username: u.Username, MobileNumber: stage.OrNull(u.Mobile),
		Email: stage.OrNull(u.Email), IsEmailVerified: u.Email != "" && u.Active, Avatar: stage.OrNull(u.Avatar),
		FirstName: stage.OrNull(u.First), LastName: stage.OrNull(u.Last), FullName: stage.OrNull(u.FullName()), Gender: u.Gender,
		InviteesCount: new(int), IsActive: u.Active, IsStaff: u.Staff, IsAdmin: u.Admin,
		IsProfileCompleted: u.Complete(), IsOnline: u.Online,
		LastLogin: stage.FormatTimeOrNull(u.LastLogin), CreatedAt: stage.FormatTime(u.CreatedAt), UpdatedAt: stage.FormatTime(u.UpdatedAt),
		Invitees: []ownerRow{}, GroupsData: groupsOf(u), PermissionsData: permissionsOf(u),
	}
}

func meRowOf(u *stage.User) meRow {
	me := meRow{
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

func groupsOf(u *stage.User) []groupRow {
	if u.Group == 0 {
		return []groupRow{}
	}
	return []groupRow{{ID: u.Group, Name: stage.GroupName(u.Group)}}
}

func permissionsOf(u *stage.User) []permissionRow {
	out := []permissionRow{}
	for _, p := range []struct {
		right stage.Right
		is    permissionRow
	}{
		{stage.SeeUsers, permissionRow{31, 1222, "user_read"}},
		{stage.CreateTokens, permissionRow{41, 1241, "user_auth_token_create"}},
		{stage.SeeTokens, permissionRow{42, 1242, "user_auth_token_read"}},
		{stage.RegenerateTokens, permissionRow{43, 1243, "user_auth_token_update"}},
		{stage.DeleteTokens, permissionRow{44, 1244, "user_auth_token_delete"}},
	} {
		if u.May(p.right) {
			out = append(out, p.is)
		}
	}
	return out
}
