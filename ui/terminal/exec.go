package terminal

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"authdeck/model"
)

// Exec is the [Runner] of the real world. The program inherits the
// environment; the first line that it prints becomes part of the error.
func Exec(ctx context.Context, stdin []byte, argv ...string) error {
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...) //nolint:gosec // argv is this package's own words.
	cmd.Stdin = bytes.NewReader(stdin)
	cmd.WaitDelay = time.Second // a child that keeps the pipe open must not hold us
	printed, err := cmd.CombinedOutput()
	if ctx.Err() != nil && err != nil {
		return ctx.Err()
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(printed)), "\n")
	if err != nil && line != "" {
		return fmt.Errorf("%s (%w)", model.Clean(line), err)
	}
	return err
}
