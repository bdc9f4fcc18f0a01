package courier

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Whoever gives a token its name writes what stands in the place of {name}. In an argument that a
// program runs as code that is an order to it.

// interpreter runs what stands behind -c, -e or the like as code, with whatever version its name
// ends in.
var interpreter = regexp.MustCompile(`^(a|ba|da|z|k|mk|fi|c|tc)?sh$|^(busybox|su|python|perl|ruby|node|php|lua|awk|gawk)[0-9.]*$`)

// asCode is a flag before code, alone or behind others in one word.
var asCode = regexp.MustCompile(`^-[A-Za-z]*[cer]$|^--(command|eval|exec)$`)

// coded is the first argument that holds a placeholder and is code; empty for none. What is behind
// ssh and its host is put together for a shell at the other end.
func coded(argv []string) string {
	ran, remote := false, false
	for i, argument := range argv {
		if placeholder.MatchString(argument) && (remote || ran && asCode.MatchString(argv[i-1])) {
			return argument
		}
		name := strings.ToLower(filepath.Base(argument))
		ran = ran || interpreter.MatchString(name)
		remote = remote || slices.Contains([]string{"ssh", "rsh", "mosh"}, name)
	}
	return ""
}
