package wire

import (
	"context"
	"net/http"
	"regexp"
	"strings"

	"authdeck/client/redact"
	"authdeck/model"
)

// Pasted is the one request that asks whose a key is: signed with it in a header, under
// the scheme, and with nothing of the console's own.
func Pasted(path, scheme string, key model.Secret) Request {
	return Request{
		Method: http.MethodGet, Path: path, Anonymous: true, Once: true, Secret: key,
		Header: http.Header{"Authorization": {scheme + " " + key.Reveal()}},
	}
}

// Claimed is what the answer to such a request says: the owner where there is one, a no
// where the system itself refuses the key, and else why nothing is told. Refused is what a
// no of this system may mean. An answer that quotes the key is not gone on with: what it
// says would stand in the next address.
func Claimed(key model.Secret, owner model.User, failure error, refused string) (model.Claim, error) {
	switch {
	case KeyRefused(failure):
		return model.Claim{Known: model.No, Words: refused}, nil
	case model.KindOf(failure) == model.Unauthorized && failure != nil:
		return model.Claim{}, Reword(failure, model.Unavailable, model.Reason(failure)+": this is not the way in which the system itself refuses a key, so that nothing is known of it")
	case failure != nil:
		return model.Claim{}, failure
	case quotes(owner, key):
		return model.Claim{}, model.Fail(model.Malformed, "what came in answer quotes the key, so that no word of it is shown")
	}
	return model.Claim{Known: model.Yes, Owner: owner}, nil
}

// quotes reports whether a user is called by a key.
func quotes(u model.User, key model.Secret) bool {
	said := model.Join("\n", model.Clean(u.ID), u.Username, u.FullName, u.Mobile, u.Email, u.TokenWord, u.Kind, u.Role)
	return redact.New(key).Leaks(said.String()) || redact.New(key).Leaks(u.ID)
}

// PickToken puts the token into a claim that it is: the only one that it can be, of those
// that its owner has. Whole says that these are all of them; without that, one that is
// alone may not be it.
func PickToken(claim model.Claim, can []model.Token, whole bool) model.Claim {
	switch {
	case len(can) == 1 && whole:
		claim.Token = can[0]
	case len(can) == 0:
		claim.Words = joined(claim.Words, "Its token is not in the list that this account sees.")
	case len(can) == 1:
		claim.Alike = can
		claim.Words = joined(claim.Words, "Of the owner's tokens this account sees one, and may not see all: whether it is that one is not sure.")
	default:
		claim.Alike = can
		claim.Words = joined(claim.Words, "Which of the owner's tokens it is the system does not say.")
	}
	return claim
}

// Unpicked is a claim of which the token could not be looked for.
func Unpicked(claim model.Claim, failure error) model.Claim {
	claim.Words = joined(claim.Words, "Which token it is could not be read: "+model.Reason(failure)+".")
	return claim
}

func joined(said, more string) string {
	if said == "" {
		return more
	}
	return said + " " + more
}

// once marks what is sent once, on a connection that is made for it.
type once struct{}

// withOnce makes a request one of those.
func withOnce(ctx context.Context) context.Context { return context.WithValue(ctx, once{}, true) }

// isOnce reports whether a request is sent once.
func isOnce(ctx context.Context) bool { return ctx.Value(once{}) != nil }

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
