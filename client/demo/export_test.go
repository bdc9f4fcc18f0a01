package demo

import "context"

// TooLong is a body that is larger than any request may have.
const TooLong = bodyLimit

// Finish returns when no request is left.
func (s *Server) Finish(ctx context.Context) error { return s.web.Shutdown(ctx) }
