#!/usr/bin/env bash
# A Go program that has once had itself told of SIGTSTP cannot be stopped by that signal
# again. os/signal says that this signal, which shells use for job control, does by default
# what it does in every program, that Notify switches that off, and that Reset undoes what
# Notify did, as Stop does for one channel. For SIGTSTP neither does: the handler of the
# runtime stays, and the signal is lost. A program that gives the terminal back and then
# sends itself SIGTSTP, as shells expect it, goes on running; SIGSTOP stops it.
#
# Seen with Go 1.26.8 on Linux: false for Stop and for Reset. Needs go, and Linux for /proc;
# GOTOOLCHAIN=go1.26.8 asks for that one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >go.mod <<'MOD'
module finding

go 1.26
MOD
cat >main.go <<'GO'
package main

import (
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// child does as it is told, says that it has, and then only waits.
func child(how string) {
	told := make(chan os.Signal, 1)
	if how != "never notified" {
		signal.Notify(told, syscall.SIGTSTP)
	}
	switch how {
	case "Notify, Stop":
		signal.Stop(told)
	case "Notify, Reset":
		signal.Reset(syscall.SIGTSTP)
	}
	fmt.Println("ready")
	time.Sleep(time.Minute)
}

// stops reports whether a signal stops such a child within a second.
func stops(how string, with syscall.Signal) bool {
	cmd := exec.Command("/proc/self/exe", how)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // a group of which somebody outside is the parent
	out, err := cmd.StdoutPipe()
	if err != nil {
		panic(err)
	}
	if err := cmd.Start(); err != nil {
		panic(err)
	}
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	_, _ = out.Read(make([]byte, 16))
	_ = cmd.Process.Signal(with)
	for range 20 {
		time.Sleep(50 * time.Millisecond)
		stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", cmd.Process.Pid))
		if strings.Contains(string(stat), ") T ") {
			return true
		}
	}
	return false
}

func main() {
	if len(os.Args) > 1 {
		child(os.Args[1])
		return
	}
	for _, how := range []string{"never notified", "Notify, Stop", "Notify, Reset"} {
		fmt.Printf("%s: SIGTSTP stops it: %v\n", how, stops(how, syscall.SIGTSTP))
	}
	fmt.Println("Notify, Reset: SIGSTOP stops it:", stops("Notify, Reset", syscall.SIGSTOP))
}
GO
export GOTOOLCHAIN=${GOTOOLCHAIN:-local}
go version
go build -o stops .
said=$(timeout 60 ./stops)
printf '%s\n' "$said"
[ "$said" = 'never notified: SIGTSTP stops it: true
Notify, Stop: SIGTSTP stops it: false
Notify, Reset: SIGTSTP stops it: false
Notify, Reset: SIGSTOP stops it: true' ] || { echo "it behaves otherwise now"; exit 1; }
