// Package config reads which systems there are and where their credentials come from,
// and writes new keys to files. It must not know what a system is: which kinds there
// are, and what each takes, it is told as data.
package config
