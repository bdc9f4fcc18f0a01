package record_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"authdeck/client/record"
	"authdeck/model"
)

// The variables by which a test has this program be another one that writes to a record.
const (
	childFolder = "AUTHDECK_TEST_RECORD"
	childOrders = "AUTHDECK_TEST_ORDERS"
	childAside  = "AUTHDECK_TEST_ASIDE" // it puts the record aside, again and again, in place of writing
)

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		orders, err := strconv.Atoi(os.Getenv(childOrders))
		if err != nil {
			os.Exit(2)
		}
		if os.Getenv(childAside) != "" {
			os.Exit(putAside(folder, orders))
		}
		os.Exit(work(folder, orders))
	}
	os.Exit(m.Run())
}

// server is a system in another process: what it is sent is on our output.
type server struct{ model.API }

func (server) Info() model.Info { return model.Info{Name: "shop"} }

func (server) Do(_ context.Context, o model.Order) (model.Issued, error) {
	_, err := os.Stdout.WriteString(o.Token.ID + "\n")
	return model.Issued{}, err
}

// putAside puts a record aside so often. That there is nothing to put aside is no failure.
func putAside(folder string, times int) int {
	for range times {
		if _, err := record.Rotate(record.Options{Folder: folder, Getenv: os.Getenv}); err != nil && !strings.Contains(err.Error(), "nothing") {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}

// hands is how many orders are under way at once.
const hands = 3

// work sends orders, each to another token, several at once.
func work(folder string, orders int) int {
	var failed atomic.Bool
	api := record.New(server{}, record.Keep(record.Options{Folder: folder, Getenv: os.Getenv}))
	var all sync.WaitGroup
	for hand := range hands {
		all.Go(func() {
			for i := range orders {
				order := deletion()
				order.Token.ID = fmt.Sprintf("%d-%d-%d", os.Getpid(), hand, i)
				if _, err := api.Do(context.Background(), order); err != nil {
					fmt.Fprintln(os.Stderr, err)
					failed.Store(true)
					return
				}
			}
		})
	}
	all.Wait()
	if failed.Load() {
		return 1
	}
	return 0
}
