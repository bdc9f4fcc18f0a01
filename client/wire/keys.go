package wire

import (
	"context"
	"regexp"
	"strings"

	"authdeck/model"
)

// KeyForm is a form that keys of a system have.
type KeyForm struct {
	Words   string // "40 small hexadecimal digits"
	Pattern string // a regular expression for the whole of a key
}

// Keys are what is known of the keys of a system, without asking it.
type Keys struct {
	Forms []KeyForm
	// Others says that the forms are the usual ones, and a key may have any other.
	Others bool
	// Passages are how the system can be asked whose a key is, the best one first.
	Passages []model.Passage
	// None is why there are no keys at all; empty where there are.
	None string
	// Open is what is not known of the system yet, so that it may have keys of only some of
	// these forms, or none; empty where nothing is.
	Open string
}

// Identifier is a system that can be asked whose a key is that was pasted.
type Identifier interface {
	// Keys are those of the system, as far as is known by now what it is. It does no I/O.
	Keys() Keys
	// Whose asks it once, by one of the passages of Keys. An error is why that cannot be
	// told; a no is the system's own.
	Whose(ctx context.Context, key model.Secret, by model.Passage) (model.Claim, error)
}

// Fits reports whether a key has a form of these; it is unsaid where it may be one all
// the same.
func (k Keys) Fits(key model.Secret) model.Answer {
	plain := key.RevealTo(nil)
	defer clear(plain)
	for _, form := range k.Forms {
		if regexp.MustCompile(`^(?:` + form.Pattern + `)$`).Match(plain) {
			return model.Yes
		}
	}
	if k.Others && key.Plain() && !key.Empty() && key.Len() <= longestKey {
		return model.Unsaid
	}
	return model.No
}

// longestKey is more than the key of any known system has, and than a header has to carry.
const longestKey = 512

// Said is the form of these keys in words.
func (k Keys) Said() string {
	var words []string
	for _, form := range k.Forms {
		words = append(words, form.Words)
	}
	said := strings.Join(words, ", or ")
	if k.Others {
		said += "; some may have another form"
	}
	return said
}
