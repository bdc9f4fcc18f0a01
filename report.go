package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"

	"authdeck/client"
	"authdeck/client/config"
	"authdeck/model/report"
	"authdeck/ui/command"
)

// reportOn reads what somebody has in the systems that are named, or in all, and what is on
// record of it. Nothing can be done there meanwhile: what is done is recorded, and nothing is.
func reportOn(ctx context.Context, a command.Asked, journal *slog.Logger) (report.Report, error) {
	found, err := configuration(a.Config)
	if err != nil {
		return report.Report{}, err
	}
	if _, err := os.Stat(recordAt(a.Record)); a.Record != "" && err != nil { // one that is named is not taken for empty
		return report.Report{}, fmt.Errorf("--record: %w", err)
	}
	e := env(journal)
	e.Getenv = config.UnsetCredentials(found.Profiles, os.Getenv, os.Unsetenv) // those of systems that are not asked too
	if found.Profiles, err = config.Choose(found.Profiles, a.Systems); err != nil {
		return report.Report{}, err
	}
	systems, err := open(ctx, command.Choice{}, found, e, nil)
	if err != nil {
		return report.Report{}, err
	}
	defer systems.Close(ctx)
	all, is := systems.Union.(client.Everybody)
	if !is {
		return report.Report{}, errors.New("these systems cannot be asked for a person")
	}
	who := making()
	return client.ReportOn(ctx, all, a.Name, recordAt(a.Record), report.Reading{By: who.By, Machine: who.Host})
}
