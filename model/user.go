package model

// User is one account of a remote system. ID is the system's own key for it;
// every other field may be empty or unknown.
type User struct {
	ID        string
	Username  Text
	FullName  Text
	Mobile    Text
	Email     Text
	Active    Answer
	Staff     Answer
	Admin     Answer
	HasToken  Answer
	LastLogin When
	Created   When
}
