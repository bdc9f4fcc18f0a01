package main

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// style is how a letter is drawn. A colour is one of a terminal's sixteen, or none.
type style struct {
	fore, back                      int
	bold, faint, reverse, underline bool
}

const none = -1

// letter is a cluster at its column.
type letter struct {
	text   string
	column int
	width  int
	style  style
}

// screen is what tmux has captured, and where the terminal's cursor stands.
type screen struct {
	lines     [][]letter
	columns   int
	cursor    [2]int // column and line
	hasCursor bool
	caption   string
}

// read takes a screen: a line of what is known of it, COLUMNS LINES CURSOR-COLUMN
// CURSOR-LINE CURSOR-SHOWN CAPTION, and then what tmux capture-pane -peN has printed.
func read(from io.Reader) (screen, error) {
	in := bufio.NewReader(from)
	head, err := in.ReadString('\n')
	if err != nil {
		return screen{}, err
	}
	var s screen
	words := strings.SplitN(strings.TrimSpace(head), " ", 6)
	numbers := make([]int, 5)
	for i := range numbers {
		if numbers[i], err = strconv.Atoi(words[i]); err != nil {
			return screen{}, err
		}
	}
	if len(words) > 5 {
		s.caption = words[5]
	}
	s.columns, s.cursor, s.hasCursor = numbers[0], [2]int{numbers[2], numbers[3]}, numbers[4] == 1
	body, err := io.ReadAll(in)
	if err != nil {
		return screen{}, err
	}
	now := style{none, none, false, false, false, false} // goes on from line to line
	for line := range strings.SplitSeq(strings.TrimSuffix(string(body), "\n"), "\n") {
		var letters []letter
		letters, now = parse(line, now)
		s.lines = append(s.lines, letters)
	}
	for len(s.lines) < numbers[1] {
		s.lines = append(s.lines, nil)
	}
	return s, nil
}

func parse(line string, now style) ([]letter, style) {
	var letters []letter
	column, state := 0, byte(0)
	for len(line) > 0 {
		text, width, n, next := ansi.DecodeSequence(line, state, nil)
		line, state = line[n:], next
		switch {
		case strings.HasPrefix(text, "\x1b[") && strings.HasSuffix(text, "m"):
			now = now.after(strings.TrimSuffix(text[2:], "m"))
		case width > 0:
			letters = append(letters, letter{text, column, width, now})
			column += width
		case len(letters) > 0 && !strings.HasPrefix(text, "\x1b"):
			letters[len(letters)-1].text += text // such as the joiner of a Persian word
		}
	}
	return letters, now
}

// after is the style that follows one by the parameters of an SGR sequence.
func (s style) after(parameters string) style {
	plain := style{none, none, false, false, false, false}
	for word := range strings.SplitSeq(parameters, ";") {
		n, _ := strconv.Atoi(word)
		switch {
		case n == 38 || n == 48:
			return s // none of the sixteen: nothing here has such a colour
		case n == 0:
			s = plain
		case n == 1:
			s.bold = true
		case n == 2:
			s.faint = true
		case n == 4:
			s.underline = true
		case n == 7:
			s.reverse = true
		case n == 22:
			s.bold, s.faint = false, false
		case n == 24:
			s.underline = false
		case n == 27:
			s.reverse = false
		case n >= 30 && n <= 37:
			s.fore = n - 30
		case n == 39:
			s.fore = none
		case n >= 40 && n <= 47:
			s.back = n - 40
		case n == 49:
			s.back = none
		case n >= 90 && n <= 97:
			s.fore = n - 90 + 8
		case n >= 100 && n <= 107:
			s.back = n - 100 + 8
		}
	}
	return s
}
