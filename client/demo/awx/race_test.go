package awx_test

import (
	"runtime"
	"sync"
	"testing"

	"authdeck/client/demo"
)

func TestAllDeletionsOfATokenAtOnceSucceed(t *testing.T) {
	d := start(t, demo.Options{Quirks: []demo.Quirk{demo.AWXTwoAtOnce}})
	row := d.call(d.admin(), "GET", tokensPath+"?user=2&page_size=1", "").Rows(t)[0]
	path := row["url"].(string)
	answers := make(chan int, 3)
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() { answers <- d.call(d.admin(), "DELETE", path, "").Status })
	}
	all.Wait()
	for range 3 {
		if got := <-answers; got != 204 {
			t.Errorf("one of them was answered with %d", got)
		}
	}
	d.expect("afterwards", d.call(d.admin(), "GET", path, ""), 404, "")
}

func TestAChangeThatIsUnderWayWritesADeletedTokenBack(t *testing.T) {
	d := start(t, demo.Options{Quirks: []demo.Quirk{demo.AWXTwoAtOnce}})
	made := d.call(d.admin(), "POST", tokensPath, `{"description":"in use","scope":"read"}`).Object(t)
	path, key := made["url"].(string), "Bearer "+made["token"].(string)
	changed := make(chan int, 1)
	go func() {
		defer close(changed)
		changed <- d.call(d.admin(), "PATCH", path, `{"description":"changed"}`).Status
	}()
	for d.s.Served("edit") == 0 {
		runtime.Gosched()
	}
	d.expect("the deletion", d.call(d.admin(), "DELETE", path, ""), 204, "")
	if got := d.call(d.admin(), "GET", path, "").Object(t); got["id"] != made["id"] || got["description"] != "changed" {
		t.Errorf("there is %v", got)
	}
	d.expect("its key", d.call(key, "GET", "/api/v2/me/", ""), 200, "")
	if got := <-changed; got != 200 {
		t.Errorf("the change was answered with %d", got)
	}
	d.expect("deleted again", d.call(d.admin(), "DELETE", path, ""), 204, "")
	d.expect("its key", d.call(key, "GET", "/api/v2/me/", ""), 401, "")
}
