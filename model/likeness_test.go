package model

import "testing"

func TestWhatMayBeAKeyIsTakenForOneAndAQuestionIsNot(t *testing.T) {
	for _, key := range []string{"0123456789abcdef0123", "owner:ali Zk9vX2pQ7rT4wY8uB3nM6cV1", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "key=QmFzZTY0IGlzIGZ1bg+/x==", "(ghp_16C7e42F292c6912E7710c838347Ae178B4a)"} {
		if !LikeSecret(key) {
			t.Errorf("%q is no key", key)
		}
	}
	for _, line := range []string{"", "owner:ali state:expired expires<14d age>1y", "created:2025-01-01..2025-06-30", "a@example.com b@example.com", "system:idp name:ci-* -description:ci", "آیا این یک کلید است که کسی آن را نوشته است"} {
		if LikeSecret(line) {
			t.Errorf("%q is a key", line)
		}
	}
}
