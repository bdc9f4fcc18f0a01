package batch

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"authdeck/model"
	"authdeck/model/query"
)

// Completion is what a shell is told of a word that is typed.
type Completion = func(cmd *cobra.Command, args []string, word string) ([]cobra.Completion, cobra.ShellCompDirective)

// known are the systems of the configuration that a command would read. Nothing is asked, and no
// credential read.
func (w World) known(cmd *cobra.Command) []model.Info {
	if w.Known == nil {
		return nil
	}
	named := ""
	if flag := cmd.Flag("config"); flag != nil {
		named = flag.Value.String()
	}
	return w.Known(named)
}

// SystemNames completes the name of a system, also the last one of several.
func (w World) SystemNames() Completion {
	return func(cmd *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		before := word[:strings.LastIndex(word, ",")+1]
		var words []cobra.Completion
		for _, info := range w.known(cmd) {
			if name := before + info.Name; strings.HasPrefix(name, word) {
				words = append(words, cobra.CompletionWithDesc(name, info.Kind+" at "+info.Host))
			}
		}
		return words, cobra.ShellCompDirectiveNoFileComp
	}
}

// Question completes the words of a question: its fields, and their values.
func Question[T any](w World, fields func() []query.Field[T]) Completion {
	return func(cmd *cobra.Command, _ []string, word string) ([]cobra.Completion, cobra.ShellCompDirective) {
		var entries []query.Entry
		for _, f := range query.Among(fields(), w.known(cmd)) {
			entries = append(entries, f.Entry)
		}
		found := query.Complete(word, entries)
		before := string([]rune(word)[:found.From])
		words := slices.Clone(found.Words)
		for i := range words {
			words[i] = before + words[i]
		}
		return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// OneOf completes one of a few words.
func OneOf(words ...string) Completion {
	return cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp)
}

// Completes has a flag of a command completed.
func Completes(cmd *cobra.Command, flag string, by Completion) {
	_ = cmd.RegisterFlagCompletionFunc(flag, by) // which fails for no flag of that name, and for two
}
