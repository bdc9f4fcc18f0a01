package client_test

import (
	"slices"
	"testing"

	"authdeck/client/demo"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/plan"
)

func TestAPlanOfManyPeopleReadsASystemThatGivesItsListWholeOnce(t *testing.T) {
	t.Parallel()
	server, _, all := allOf(t, demo.Options{Tokens: 120, Users: 150}, nil, record.Nowhere())
	p, _ := planned(t, all, leavers(t, all, 30))
	wholes := 0
	for _, api := range again(t, server).Members() {
		info := api.Info()
		asked := func(read func()) (n int) {
			before := len(server.Requests())
			read()
			for _, r := range server.Requests()[before:] {
				if r.Kind == info.Kind {
					n++
				}
			}
			return n
		}
		whole := false
		once := asked(func() { whole = must(api.Tokens(t.Context(), model.Query{Size: 100, Fresh: true}))(t).Whole != nil })
		if !whole {
			continue
		}
		wholes++
		part := *p
		part.Lines = slices.DeleteFunc(slices.Clone(p.Lines), func(l plan.Line) bool { return l.System != info.Name })
		var seen map[int]plan.Seen
		n := asked(func() { seen = part.Again(t.Context(), api, plan.Rereading{AtOnce: 4}) })
		if len(part.Lines) < 10 || len(seen) != len(part.Lines) || n > once+2 { // who signs in there is asked too
			t.Errorf("%s: %d lines were read with %d requests, and the list with %d", info.Kind, len(seen), n, once)
		}
		for i, s := range seen {
			if s.Changed+s.Unread != "" {
				t.Errorf("%s: line %d: %+v", info.Kind, i+1, s)
			}
		}
	}
	if wholes < 2 {
		t.Errorf("%d systems give their lists whole", wholes)
	}
}
