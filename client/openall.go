package client

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"authdeck/client/config"
	"authdeck/client/custody"
	"authdeck/client/find"
	"authdeck/client/fleet"
	"authdeck/client/record"
	"authdeck/model"
	"authdeck/model/review"
)

// Opening is how [OpenAll] opens systems.
type Opening struct {
	ReadOnly bool                    // whatever the profiles say
	Limits   review.Limits           // from when on a token wants a look
	Unset    func(name string) error // takes a variable out of the environment
	Custody  *custody.Safe           // keeps each new key until somebody has it; nil for nobody
	Record   *record.Keeper          // writes down what is done; without one nothing can be
}

// keeper is the one that was given, or one that lets nothing be done.
func (o Opening) keeper() *record.Keeper {
	if o.Record == nil {
		return new(record.Keeper)
	}
	return o.Record
}

// OpenAll opens the systems of all profiles, in their order. One that cannot be
// opened stands in the list all the same, as [Open] says, and in the log with the
// reason. A command of one system sees the credential of none, and of those that have the
// terminal one runs at a time. Whatever is done in one of
// them is recorded, by whichever way it comes there: there is no other way to open one for
// a console.
func OpenAll(ctx context.Context, profiles []config.Profile, env Env, how Opening) []model.API {
	env.Getenv = config.UnsetCredentials(profiles, env.variable, how.Unset)
	env.turn = make(chan struct{}, 1)
	var apis []model.API
	for _, p := range profiles {
		p.ReadOnly = p.ReadOnly || how.ReadOnly
		api, err := Open(ctx, p, env)
		if err != nil {
			env.notOpened(p, err)
		}
		if how.Custody != nil {
			api = how.Custody.Over(api)
		}
		apis = append(apis, find.New(record.New(api, how.keeper()), how.Limits))
	}
	return apis
}

// Together are systems as one. They are closed apart, after it.
func Together(apis []model.API) *fleet.Fleet { return fleet.New(apis, limitsOf(apis)) }

// closeTimeout bounds how long the end waits for sessions to be closed.
const closeTimeout = 3 * time.Second

// CloseAll ends the sessions that the console opened itself, all at once.
func CloseAll(ctx context.Context, apis []model.API, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	var all sync.WaitGroup
	for _, api := range apis {
		all.Go(func() {
			if err := api.Close(ctx); err != nil {
				log.Warn("session not closed", "system", api.Info().Name, "error", err.Error())
			}
		})
	}
	all.Wait()
}
