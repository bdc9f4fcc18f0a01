package model

// Union is several systems as one: their lists are one list, and whatever is done to an
// object of it is done by the one system that it is of. What it calls its objects is its
// own, so that no two are alike.
type Union interface {
	API
	// Members are the systems, in the operator's order.
	Members() []API
	// Home is the system that a token is of, and the token as that knows it; of one that
	// does not exist yet, the system of its owner. It is nil where that is none of them.
	Home(t Token) (API, Token)
	// Guest is a token of the system of that name as the union knows it.
	Guest(system string, t Token) Token
}

// Home is the system that a token is of, and the token as that knows it.
func Home(api API, t Token) (API, Token) {
	if all, is := api.(Union); is {
		if home, own := all.Home(t); home != nil {
			return home, own
		}
	}
	return api, t
}

// Guest is a token of the system of that name as it stands in the lists of another one,
// which may be a union.
func Guest(api API, system string, t Token) Token {
	if all, is := api.(Union); is {
		return all.Guest(system, t)
	}
	return t
}

// Members are the systems that one stands for: several, or itself.
func Members(api API) []API {
	if all, is := api.(Union); is {
		return all.Members()
	}
	return []API{api}
}
