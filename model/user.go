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
	TokenWord Text // of its token in the system's own words, where yes and no say too little
	Kind      Text // what sort of account, such as "service_account" or "ldap"
	Role      Text // what else it may, such as "auditor"
	LastLogin When
	Created   When
	System    string // as of a [Token]
}
