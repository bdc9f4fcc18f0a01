package client

import (
	"authdeck/client/config"
	"authdeck/client/planfile"
	"authdeck/model/plan"
)

// ReadPlan reads a plan, and what was done for it.
func ReadPlan(path string) (plan.Stored, error) {
	path = planfile.At(path)
	p, err := planfile.Read(path)
	if err != nil {
		return plan.Stored{}, err
	}
	ends, err := planfile.Ends(p, path)
	return plan.Stored{Plan: p, Path: path, Ends: ends}, err
}

// ToSign reads a plan that is about to be signed by the SSH agent of this session.
func ToSign(path, key string, getenv func(string) string) (plan.Signing, error) {
	path = planfile.At(path)
	s, err := planfile.ToSign(path, getenv("SSH_AUTH_SOCK"), config.AtHome(key, getenv("HOME")))
	if err != nil {
		return plan.Signing{}, err
	}
	ends, err := planfile.Ends(s.Plan, path)
	return plan.Signing{Stored: plan.Stored{Plan: s.Plan, Path: path, Ends: ends}, Key: s.Key.String(), Sign: s.Sign}, err
}
