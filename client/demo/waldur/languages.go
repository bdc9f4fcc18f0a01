package waldur

import (
	"bytes"
	"net/http"
	"strings"
)

// translations are the sentences that 7.0.7 was heard to say in another language; the
// rest of its catalogues is not played, and stays English as what is missing there does.
func translations(language string) map[string]string {
	switch language {
	case "et":
		return map[string]string{notGiven: "Autentimistunnus on esitamata."}
	case "de":
		return map[string]string{"You do not have permission to perform this action.": "Sie sind nicht berechtigt diese Aktion durchzuführen."}
	case "ru":
		return map[string]string{refusedLogin: "Пожалуйста, введите корректные имя пользователя и пароль учётной записи. Оба поля могут быть чувствительны к регистру."}
	}
	return nil
}

// withLanguage answers in the language that is asked for first.
func withLanguage(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		language, _, _ := strings.Cut(r.Header.Get("Accept-Language"), ",")
		language, _, _ = strings.Cut(language, "-")
		if words := translations(strings.ToLower(language)); words != nil {
			w = &translator{w, strings.ToLower(language), words}
		}
		next.ServeHTTP(w, r)
	})
}

type translator struct {
	http.ResponseWriter
	language string
	words    map[string]string
}

func (t *translator) WriteHeader(status int) {
	t.Header().Set("Content-Language", t.language)
	t.ResponseWriter.WriteHeader(status)
}

// Write is called with a whole answer.
func (t *translator) Write(p []byte) (int, error) {
	said := p
	for english, words := range t.words {
		said = bytes.ReplaceAll(said, []byte(english), []byte(words))
	}
	_, err := t.ResponseWriter.Write(said)
	return len(p), err
}

// Unwrap lets [http.ResponseController] reach the connection.
func (t *translator) Unwrap() http.ResponseWriter { return t.ResponseWriter }
