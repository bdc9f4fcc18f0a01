package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// asMarkdown turns the words of all commands into what the generator of man pages takes them for.
// It reads them as Markdown: <WORDS> are HTML and go, *signs* too, and of an option it shows the
// default in place of what has to be given.
func asMarkdown(cmd *cobra.Command) {
	cmd.DisableAutoGenTag = true
	cmd.InitDefaultHelpFlag()
	cmd.Use, cmd.Short, cmd.Long = escaped(cmd.Use), escaped(cmd.Short), paragraphs(cmd.Long)
	cmd.LocalFlags().VisitAll(flagAsMarkdown)
	for _, c := range cmd.Commands() {
		asMarkdown(c)
	}
}

// escaped are words of which no sign means anything to Markdown.
func escaped(words string) string {
	var b strings.Builder
	for _, r := range words {
		if strings.ContainsRune("\\`*_{}[]<>()#+!|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// paragraphs are words of which lines that are set in, as those of a table are, stay as they are.
func paragraphs(words string) string {
	var b strings.Builder
	fenced := false
	for line := range strings.Lines(words + "\n") {
		switch in := strings.HasPrefix(line, "  "); {
		case in && !fenced:
			b.WriteString("\n```\n")
		case !in && fenced:
			b.WriteString("```\n\n")
		}
		fenced = strings.HasPrefix(line, "  ")
		if !fenced {
			line = escaped(line)
		}
		b.WriteString(line)
	}
	if fenced {
		b.WriteString("```\n")
	}
	return b.String()
}

// named is the value of an option as a page shows it: by its name.
type named struct{ pflag.Value }

// Type is none that the generator puts in quotes.
func (named) Type() string { return "" }

// flagAsMarkdown has the page of an option say what has to be given, as the help does.
func flagAsMarkdown(f *pflag.Flag) {
	if _, done := f.Value.(named); done {
		return
	}
	name, usage := pflag.UnquoteUsage(f)
	if byItself := map[string]bool{"": true, "false": true, "0": true, "[]": true}; !byItself[f.DefValue] {
		usage += " (default " + f.DefValue + ")"
	}
	f.Usage = escaped(usage)
	if f.NoOptDefVal == "" {
		f.DefValue = escaped(name)
	}
	f.Value = named{f.Value}
}
