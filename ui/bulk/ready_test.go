package bulk

import (
	"errors"
	"strings"
	"testing"

	"authdeck/model"
	"authdeck/model/plan"
)

// TestWhatFailedAndCannotBeSentFromHereIsNotAskedAbout is about a plan that was begun elsewhere.
func TestWhatFailedAndCannotBeSentFromHereIsNotAskedAbout(t *testing.T) {
	r := reads(t, model.Delete, tokens(2)...)
	s, _ := r.front.(*sheet)
	s.plan.Lines[0].Host = "elsewhere.example"
	r.shelf.records = []plan.Record{{Line: 0, Step: plan.Ends, Outcome: plan.Failed}, {Line: 1, Step: plan.Ends, Outcome: plan.Failed}}
	r.opens()
	r.press("r")
	r.sees("Delete 1 token?", "systems shop 1")
	r.press("⎋")
	s.plan.Lines[1].Host = "elsewhere.example"
	r.opens()
	r.press("r")
	if r.sees("Nothing that has failed can be sent from here."); !strings.Contains(r.view(100, 30), "Plan: delete 2 tokens") {
		t.Error("it is asked")
	}
	r.sent()
}

// TestAQuestionThatComesLateIsNotAskedWhileThePlanIsApplied is about a disk that is slow to say
// whether keys are kept.
func TestAQuestionThatComesLateIsNotAskedWhileThePlanIsApplied(t *testing.T) {
	r := reads(t, model.Regenerate, tokens(1)...)
	r.desk.Unkept = func() error { return errors.New("the disk is full") }
	s, _ := r.front.(*sheet)
	_, late := s.ready(plan.Rest, 1, delivery{})
	s.step = running
	if m, _ := s.Update(late()); m != s {
		t.Errorf("it shows %T", m)
	}
}
