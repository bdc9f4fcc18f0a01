package demo

import "context"

// tooLong is a body that is larger than any request may have.
const tooLong = bodyLimit

// finish returns when no request is left.
func (s *Server) finish(ctx context.Context) error { return s.web.Shutdown(ctx) }
