package traffic

import (
	"strings"

	"authdeck/model"
)

const (
	// Hidden stands in a path in the place of what may be a key.
	Hidden = "…"

	token = `"$TOKEN"`    // for the shell, which puts the credential there
	body  = `"${BODY:?}"` // and the body; without one it sends nothing, and not a write of something else
)

// Curl is a request as a command of a shell in one line. In the place of the credential
// stands $TOKEN, and in that of the body, which is not kept, $BODY: [Exchange.LeftOut] says
// what is to be there.
func (e Exchange) Curl() string {
	words := []string{"curl"}
	if e.Method != "GET" {
		words = append(words, "-X", quote(e.Method))
	}
	c := e.Sent.Credential
	address := quote(e.Base + e.Path)
	switch {
	case c.Scheme == "Basic":
		words = append(words, "-u", quote(c.User+":")+token)
	case c.Header != "" && c.Scheme == "":
		words = append(words, "-H", quote(c.Header+": ")+token)
	case c.Header != "":
		words = append(words, "-H", quote(c.Header+": "+c.Scheme+" ")+token)
	case c.Query != "":
		address += quote("?"+c.Query+"=") + token
	}
	if len(e.Sent.Fields) > 0 {
		words = append(words, "-H", quote("Content-Type: application/json"), "--data", body)
	}
	return strings.Join(append(words, address), " ")
}

// LeftOut are what a request had and the command has not, in words.
func (e Exchange) LeftOut() []string {
	var left []string
	if e.Sent.Credential != (Credential{}) {
		left = append(left, "the credential, which goes into TOKEN")
	}
	if strings.Contains(e.Path, Hidden) {
		left = append(left, "a word of the path that may be a key")
	}
	if len(e.Sent.Fields) > 0 {
		left = append(left, "the body, which goes into BODY: JSON with "+strings.Join(e.Sent.Fields, ", "))
	}
	return append(left, e.Sent.Omitted...)
}

// quote is a text as one word of a shell, whatever is in it. A letter that a terminal would
// obey is none of it.
func quote(text string) string {
	return "'" + strings.ReplaceAll(model.Clean(text).String(), "'", `'\''`) + "'"
}
