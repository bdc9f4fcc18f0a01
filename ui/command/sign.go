package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/plan"
	"authdeck/ui/batch"
)

const signLong = `sign signs a plan for somebody else to apply, where a system demands that (require_signature).
It prints the plan, asks, and puts a signature beside the file, FILE.sig, which ssh-keygen -Y
verify knows too (namespace authdeck-plan). The key is one of the SSH agent; no file with a
private key is read.

`

func (o *options) signCommand() *cobra.Command {
	var key string
	var yes, replace bool
	cmd := &cobra.Command{
		Use:   "sign FILE",
		Short: "Sign a plan with a key of the SSH agent.",
		Long:  signLong + batch.ExitCodes,
		Args:  batch.Takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := o.ToSign(args[0], key)
			if err != nil {
				return fmt.Errorf("%s is not signed: %w", model.Clean(args[0]), err)
			}
			return o.sign(cmd.Context(), s, yes, replace)
		},
	}
	cmd.Flags().StringVar(&key, "key", "", "the `KEY` of the agent: its comment, its fingerprint, or a file with its public half that ends in .pub; the only one unless given")
	cmd.Flags().BoolVar(&yes, "yes", false, "sign without asking")
	cmd.Flags().BoolVar(&replace, "replace", false, "put the signature in place of one that is there, of another key")
	batch.Heeds(cmd)
	return cmd
}

// sign shows a plan before it asks whether to sign it.
func (o *options) sign(ctx context.Context, s plan.Signing, yes, replace bool) error {
	if err := ShowPlan(o.Stdout, s.Stored, false); err != nil {
		return batch.Fail(err)
	}
	switch {
	case yes:
	case !o.Attended():
		return errors.New("it is not signed: there is no terminal at which somebody could be asked; --yes signs without")
	default:
		answer, err := o.Ask(ctx, "\nSign this plan with "+s.Key+"? y signs it: ")
		if err != nil || answer != "y" { // no answer is no yes
			return batch.Fail(errors.New("it is not signed: the answer was not y"))
		}
	}
	at, err := s.Sign(replace)
	if err != nil {
		return batch.Fail(fmt.Errorf("it is not signed: %w", err))
	}
	fmt.Fprintf(o.Stdout, "The signature is in %s, of the key %s.\n", model.Clean(at), s.Key)
	return nil
}
