// Package order is the conversation about one order: the user that it is for, the form,
// the question, the waiting, the key that comes back and the failure, each a modal that
// hands on to the next. It knows what an order is and how things are said; it does not
// know the pages that it opens over, nor who answers behind [model.API].
package order
