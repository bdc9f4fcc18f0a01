// Package person tells which accounts are most likely one person's: by what they say of who
// they are, with how that was told and how sure it is. It joins none of them: whoever sees
// them does, and can take one out. It knows no screen, and asks no system.
package person
