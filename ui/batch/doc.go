// Package batch is what commands have in common that run without a screen: how systems are
// opened for them and closed, with which code they end, what a person at a terminal is asked,
// and how far something is. It must not know the console, nor who opens a system.
package batch
