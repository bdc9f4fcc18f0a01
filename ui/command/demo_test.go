package command

import (
	"context"
	"log/slog"
	"strings"
	"testing"
)

// usual is the demo where nothing is said about it.
func usual() Demo { return Demo{Users: 240, Tokens: 170, Listen: "127.0.0.1:0"} }

func TestTheDemoPlaysWhatTheCommandLineSays(t *testing.T) {
	const flags = " --seed 7 --users 20 --tokens 10 --awx-generation tower --fault tokens:500 --listen 127.0.0.1:9"
	said := Demo{Seed: 7, Users: 20, Tokens: 10, AWX: "tower", Faults: "tokens:500", Listen: "127.0.0.1:9"}
	for line, want := range map[string]struct {
		call   string
		demo   Demo
		choice Choice
	}{
		"demo":                            {"OpenDemo", usual(), Choice{}},
		"demo --system idp --read-only":   {"OpenDemo", usual(), Choice{System: "idp", ReadOnly: true}},
		"demo" + flags:                    {"OpenDemo", said, Choice{}},
		"demo --serve":                    {"ServeDemo", usual(), Choice{}},
		"demo --serve --fps 0" + flags:    {"ServeDemo", said, Choice{}},
		"demo --serve=false --system idp": {"OpenDemo", usual(), Choice{System: "idp"}},
	} {
		f := newFake(strings.Fields(line)...)
		f.expect(t, 2, want.call)
		if f.demo != want.demo || f.choice != want.choice {
			t.Errorf("%s: %+v, %+v", line, f.demo, f.choice)
		}
	}
}

// serving has the world serve a demo with these systems until the context ends, and
// counts how often it is closed.
func (f *fake) serving(end error, systems ...any) *int {
	closed := new(int)
	f.ServeDemo = func(context.Context, Demo, *slog.Logger) (DemoServer, error) {
		return DemoServer{Systems: systems, Close: func() error { *closed++; return end }}, nil
	}
	return closed
}

func TestAServedDemoIsALineASystemAndClosedAtTheEnd(t *testing.T) {
	for end, want := range map[error]int{nil: 0, errNot: 2} {
		f := newFake("demo", "--serve")
		closed := f.serving(end, map[string]string{"name": "shop"}, map[string]string{"name": "idp"})
		ctx, interrupt := context.WithCancel(t.Context())
		interrupt()
		code := f.run(ctx, t)
		if code != want || *closed != 1 || f.stdout.String() != "{\"name\":\"shop\"}\r\n{\"name\":\"idp\"}\r\n" {
			t.Errorf("exit code %d, closed %d times, %q", code, *closed, f.stdout.String())
		}
	}
}

func TestADemoThatNobodyCanBeToldOfIsClosedAtOnce(t *testing.T) {
	f := newFake("demo", "--serve")
	closed := f.serving(nil, func() {}) // which is nothing that JSON has
	f.expect(t, 1)
	if *closed != 1 {
		t.Errorf("closed %d times", *closed)
	}
}
