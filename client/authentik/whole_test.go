package authentik_test

import (
	"fmt"
	"strings"
	"testing"

	"authdeck/model"
)

// unpaged are the bare rows that a server gives whose pagination_max_page_size is 0.
func unpaged(n int, row func(i int) string) string {
	var rows []string
	for i := range n {
		rows = append(rows, row(i))
	}
	return "\n[" + strings.Join(rows, ",") + "]"
}

func TestAListThatComesWholeIsReadAndPaged(t *testing.T) {
	t.Parallel()
	s := serve(t, with(superuser(), map[string]answer{
		"GET /core/tokens/": say(200, unpaged(7, func(i int) string { return strings.Replace(apiBody, `"ci"`, fmt.Sprintf(`"ci-%d"`, i), 1) })),
		"GET /core/users/":  say(200, unpaged(2, func(i int) string { return fmt.Sprintf(`{"pk":%d,"username":"u"}`, i+1) })),
	}))
	api := s.api(t)
	var names []string
	q := model.Query{Size: 3}
	for pages := 0; pages == 0 || q.At != ""; pages++ {
		page := must(api.Tokens(t.Context(), q))(t)
		if page.Total != 7 || !strings.Contains(page.Note, "pagination_max_page_size is 0") || pages > 2 {
			t.Fatalf("page %d of %d rows says %q", pages, page.Total, page.Note)
		}
		for _, row := range page.Items {
			names = append(names, row.ID)
		}
		q.At = page.Next
	}
	if got := strings.Join(names, " "); got != "ci-0 ci-1 ci-2 ci-3 ci-4 ci-5 ci-6" {
		t.Errorf("the pages hold %s", got)
	}
	for _, at := range []model.Cursor{"4", "4611686018427387905"} {
		_, err := api.Tokens(t.Context(), model.Query{Size: 3, At: at})
		fails(t, err, model.NotFound, "shorter")
	}
	users := must(api.Users(t.Context(), model.Query{Size: 3, Filter: model.Filter{Choice: "superuser"}}))(t)
	if len(users.Items) != 2 || users.Next != "" || !strings.Contains(users.Note, "is read anew. Superusers by a group") {
		t.Errorf("users: %+v", users)
	}
	s.answers("GET /core/tokens/", say(200, `[]`))
	if page := must(api.Tokens(t.Context(), model.Query{Size: 3}))(t); page.Total != 0 || len(page.Items) != 0 || page.Next != "" {
		t.Errorf("an empty one: %+v", page)
	}
}
