// Package form is a bubble in which the fields that a system asks for are filled in on
// one screen. It does not know what they are for, nor what becomes of them.
package form
