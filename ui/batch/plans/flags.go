package plans

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

// atOnce gives a command the flag by which it is said how much is under way at once.
func atOnce(cmd *cobra.Command, to *int) {
	cmd.Flags().Func("at-once", fmt.Sprintf("`HOW MANY` lines are under way at once, over all systems (default: at_once of the configuration, else %d)", plan.AtOnce), func(said string) error {
		n, err := strconv.Atoi(model.Digits(said))
		if err != nil || n < 1 || n > model.MostAtOnce {
			return fmt.Errorf("1 to %d are possible", model.MostAtOnce)
		}
		*to = n
		return nil
	})
}

// width is how many lines are under way at once: as a flag says, or the configuration, or as ever.
func width(flag int, s batch.Systems) int { return cmp.Or(flag, s.AtOnce, plan.AtOnce) }
