package main

import (
	"os"
	"os/user"

	"authdeck/client/config"
	"authdeck/client/planfile"
	"authdeck/client/signature"
	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/command"
)

// readPlan reads a plan, and what was done for it.
func readPlan(path string) (command.PlanFile, error) {
	p, err := planfile.Read(path)
	if err != nil {
		return command.PlanFile{}, err
	}
	records, err := planfile.Records(p, path)
	if err != nil {
		return command.PlanFile{}, err
	}
	return command.PlanFile{Plan: p, Path: path, Ends: p.Ends(records)}, nil
}

// toSign reads a plan that is about to be signed by the SSH agent of this session.
func toSign(path, key string) (command.Signing, error) {
	s, err := planfile.ToSign(path, os.Getenv("SSH_AUTH_SOCK"), config.AtHome(key, os.Getenv("HOME")))
	if err != nil {
		return command.Signing{}, err
	}
	records, err := planfile.Records(s.Plan, path)
	if err != nil {
		return command.Signing{}, err
	}
	return command.Signing{PlanFile: command.PlanFile{Plan: s.Plan, Path: path, Ends: s.Plan.Ends(records)}, Key: s.Key.String(), Sign: s.Sign}, nil
}

// making is who makes plans, and where.
func making() plan.Making {
	var m plan.Making
	if me, err := user.Current(); err == nil {
		m.By = model.Clean(me.Username).String()
	}
	if host, err := os.Hostname(); err == nil {
		m.Host = model.Clean(host).String()
	}
	return m
}

// plansIn keeps plans that are given no name in a folder.
func plansIn(folder string) plan.Files {
	return planfile.Files{
		Folder: folder, AtHome: func(path string) string { return config.AtHome(path, os.Getenv("HOME")) },
		Applier: signature.Applier{User: making().By, Agent: os.Getenv("SSH_AUTH_SOCK")},
	}
}
