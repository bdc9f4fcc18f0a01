package record_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"authdeck/client/record"
	"authdeck/model"
)

// far is a system of which every answer takes five milliseconds.
type far struct{ model.API }

func (far) Info() model.Info { return model.Info{Name: "far"} }

func (far) Do(context.Context, model.Order) (model.Issued, error) {
	time.Sleep(5 * time.Millisecond)
	return model.Issued{}, nil
}

// BenchmarkAThousandOrders sends them eight at once, with a record and without one: how many
// times as long does it take?
func BenchmarkAThousandOrders(b *testing.B) {
	took := func(keeper *record.Keeper) time.Duration {
		api, orders, began := record.New(far{}, keeper), make(chan model.Order), time.Now()
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				for o := range orders {
					if _, err := api.Do(b.Context(), o); err != nil {
						b.Error(err)
					}
				}
			})
		}
		for range 1000 {
			orders <- deletion()
		}
		close(orders)
		all.Wait()
		return time.Since(began)
	}
	var bare, recorded time.Duration
	for b.Loop() {
		bare += took(record.Nowhere())
		recorded += took(record.Keep(record.Options{Folder: b.TempDir() + "/authdeck", Getenv: func(string) string { return "" }}))
	}
	b.ReportMetric(float64(recorded)/float64(bare), "×bare")
	b.ReportMetric(float64(recorded.Milliseconds())/float64(b.N), "ms-recorded")
}
