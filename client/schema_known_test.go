package client_test

import (
	"slices"
	"strings"
)

// known is a difference from a published schema that is meant to be, with the releases of
// the schema in which it is one, and its reason.
type known struct{ operation, says, in, why string }

// holds reports whether it is one in a version of the schema.
func (k known) holds(version string) bool {
	return slices.ContainsFunc(strings.Fields(k.in), func(release string) bool { return strings.HasPrefix(version+".", release+".") })
}

// is reports whether a difference is that one.
func (d difference) is(k known) bool {
	return strings.Contains(d.operation, k.operation) && strings.Contains(d.says, k.says)
}

// knownDifferences are all that may be, by the kind of system. Where a schema is
// silent about null, a server's null would stand here too; none of those that are
// read is one.
func knownDifferences() map[string][]known {
	const hostile = "the demo plants names that no server should hold, and that one may all the same"
	const bothAuthentiks = "2026.5 2026.8"
	const errors404 = "the schema leaves out what goes wrong; the framework answers 404 for what is not there"
	return map[string][]known{
		"authentik": {
			{"GET /core/tokens/", "query include_", bothAuthentiks, "the serializer of a token's user reads these two wherever it serves (core/api/users.py)"},
			{"GET /core/users/{id}/", "query include_", bothAuthentiks, "as in the list, for which they are documented"},
			{"GET /core/tokens/", "username: maximum string length", "2026.5", hostile}, // in the other one no such user has a token
			{"GET /core/users/", "username: maximum string length", bothAuthentiks, hostile},
			{"GET /admin/settings/", "flags.", bothAuthentiks, "2025.12.4 and 2026.5.0-rc1 answer with no flag at all, though all are required"},
			{"/rotate_secret/", "no such operation", bothAuthentiks, "no release has it yet; the client finds that out by asking"},
			{"GET /core/tokens/{identifier}/", "status 404", bothAuthentiks, errors404},
			{"GET /core/users/{id}/", "status 404", bothAuthentiks, errors404},
		},
		"waldur": {
			{"GET /api/users/me/", "allowed values (can_use_personal_access_tokens)", "8.0", "the field came with the personal access tokens, after 8.0.5"},
			{"/api/personal-access-tokens/", "no such operation", "8.0", "they came with 8.0.7, and the schema is of 8.0.5"},
			{"GET /api/users/", "username: string doesn't match", "8.0", hostile},
			{"GET /api/users/", "username: maximum string length", "8.0", hostile},
			{"POST /api/users/{uuid}/refresh_token/", "status 201", "8.0", "the code says 201, and its own schema 200"},
			{"GET /api/auth-tokens/{user_id}/", "status 404", "8.0", errors404},
			{"GET /api/users/{uuid}/", "status 404", "8.0", errors404},
			{"/api-auth/logout/", "no such operation", "8.0", "it is served (7.0.7, seen; waldur-api-client 8.1.3 has it), and the schema of 8.0.5 leaves it out"},
			{"GET /api/users/me/", "status 401", "8.0", "a key that was ended is tried, to see that it is refused"},
		},
	}
}
