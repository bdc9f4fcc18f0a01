// Picture draws what a terminal shows, as make pictures has captured it. It knows only
// screens, and nothing of the program that made them.
//
//	picture still dark|light SCREEN         one screen as SVG
//	picture film dark|light SCREEN[=S]...   screens one after the other, each for so many seconds, as SVG
//	picture small FROM TO                   a PNG of few colours
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "picture:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) < 3 {
		return errors.New("say still, film or small, and of what")
	}
	if args[0] == "small" {
		return small(args[1], args[2])
	}
	p, known := palettes()[args[1]]
	if !known {
		return fmt.Errorf("there is no palette %q", args[1])
	}
	var screens []screen
	var seconds []float64
	for _, arg := range args[2:] {
		name, duration, _ := strings.Cut(arg, "=")
		s, err := load(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		n, err := strconv.ParseFloat(duration, 64)
		if err != nil {
			n = 1
		}
		screens, seconds = append(screens, s), append(seconds, n)
	}
	out := bufio.NewWriter(os.Stdout)
	switch args[0] {
	case "still":
		still(out, p, screens[0])
	case "film":
		film(out, p, screens, seconds)
	default:
		return fmt.Errorf("%q is none of still, film, small", args[0])
	}
	return out.Flush()
}

func load(name string) (screen, error) {
	file, err := os.Open(name)
	if err != nil {
		return screen{}, err
	}
	defer file.Close()
	return read(file)
}
