package person

import "fmt"

// How is how an account was told to be the person's.
type How int

// The ways, the surest first. Two people whose names are alike are often given the same user
// name: that one and the full name are alike says no more than one of them.
const (
	Stranger       How = iota // it was not
	Itself                    // the person was looked for from it
	SameEmail                 //
	SamePhone                 //
	LikePhone                 // alike but for a country that one of the numbers does not say
	SameNames                 // user name and full name
	SameUser                  // of the rest, one of the two says too little
	SameUserNoMore            // and another e-mail address
)

// String is the way in words.
func (h How) String() string {
	return [...]string{
		"not this person", "opened here", "same e-mail", "same phone", "phone, no country",
		"names only", "user name only", "name, other e-mail",
	}[h]
}

// Sure reports whether it is most likely no other person's. A tie that is not is shown, and
// nothing is concluded from it.
func (h How) Sure() bool { return h == Itself || h == SameEmail || h == SamePhone }

// Tie is one account's.
type Tie struct {
	How    How
	Via    string // the system whose account says what is the same; empty for the one that it began at
	System string // of the account
	Out    bool   // a person has taken it out
}

// String says how, and first that it is taken out.
func (t Tie) String() string {
	words := t.How.String()
	if t.Via != "" && t.How != Itself {
		words += " as in " + t.Via
	}
	if t.Out {
		return "taken out: " + words
	}
	return words
}

// Certainty is how sure it is, in a word or two.
func (t Tie) Certainty() string {
	if t.How.Sure() {
		return "sure"
	}
	return "not sure"
}

// Sum is what all ties come to.
type Sum struct {
	Accounts, Systems int // with those that were taken out
	Unsure, Out       int // unsure are those that were not
	ByName            int // of the unsure, those by names alone
}

// SumOf counts ties.
func SumOf(ties map[string]Tie) Sum {
	var sum Sum
	systems := map[string]bool{}
	for _, t := range ties {
		systems[t.System] = true
		sum.Accounts++
		switch {
		case t.Out:
			sum.Out++
		case !t.How.Sure():
			sum.Unsure++
			if t.How != LikePhone {
				sum.ByName++
			}
		}
	}
	sum.Systems = len(systems)
	return sum
}

// Words are the sum in words.
func (s Sum) Words() []string {
	words := s.accounts()
	if s.Unsure > 0 {
		how := "not sure"
		if s.ByName == s.Unsure {
			how = "by name only"
		}
		words += fmt.Sprintf(", %d of them %s", s.Unsure, how)
	}
	if s.Out > 0 {
		return []string{words, s.out()}
	}
	return []string{words}
}

// InShort is the sum for where there is little room: first what to beware of.
func (s Sum) InShort() []string {
	var words []string
	if s.Unsure > 0 {
		words = append(words, fmt.Sprintf("%d not sure", s.Unsure))
	}
	if s.Out > 0 {
		words = append(words, s.out())
	}
	return append(words, s.accounts())
}

func (s Sum) accounts() string {
	return counted(s.Accounts, "account") + " in " + counted(s.Systems, "system")
}

func (s Sum) out() string { return fmt.Sprintf("%d taken out", s.Out) }

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
