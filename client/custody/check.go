package custody

import "authdeck/model"

// Checks are what doctor says of keys: whether one that comes is kept, and whether some wait.
func (s *Safe) Checks() []model.Check {
	kept := model.Check{Subject: "keys", What: "custody", Verdict: model.OK, Found: model.Clean("a key that comes is kept until it is handed over, sealed to " + s.sealedTo())}
	if why := s.Ready(); why != nil {
		kept.Verdict, kept.Found = model.Warning, model.Clean("a key that comes is not kept if the line drops: "+why.Error())
	}
	waiting := model.Check{Subject: "keys", What: "undelivered", Verdict: model.OK, Found: model.Clean("no key waits to be handed over")}
	switch n, err := s.count(); {
	case err != nil:
		waiting.Verdict, waiting.Found = model.Warning, model.Clean("whether some key was not handed over cannot be told: "+err.Error())
	case n > 0:
		waiting.Verdict, waiting.Found = model.Warning, model.Clean(model.NotHandedOver(n))
		waiting.Advice = "authdeck keys lists what lies here, authdeck keys take hands it over"
	}
	return []model.Check{kept, waiting}
}

// sealedTo is to whom keys are sealed.
func (s *Safe) sealedTo() string {
	if len(s.at.To) > 0 {
		return "the recipients of the configuration"
	}
	return "the identity in " + s.at.Identity
}
