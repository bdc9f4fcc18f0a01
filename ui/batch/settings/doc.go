// Package settings is the commands about the configuration: what holds and what said so, what is
// wrong with it, and the first one, for which a person is asked. It must not know how a
// configuration is read or written, and no credential comes by here.
package settings
