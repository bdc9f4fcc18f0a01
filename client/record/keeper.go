package record

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/user"
	"strings"
	"sync"
	"time"

	"authdeck/client/redact"
	"authdeck/model"
	"authdeck/model/audit"
)

// Options are how a record is kept.
type Options struct {
	Folder      string // a whole path; it is made where it is missing
	Getenv      func(string) string
	Syslog      bool // a copy of each line goes to the machine's log
	WantsReason bool // nothing is done without a reason
}

// Keeper writes lines. The zero one writes none, and so lets nothing be done.
type Keeper struct {
	journal     *journal // nil for none
	nowhere     bool     // that is meant
	who         audit.Who
	wantsReason bool
	copy        func(line []byte) error // nil for none

	mu      sync.Mutex
	inDoubt []doubt // of this session
}

// Keep keeps a record.
func Keep(o Options) *Keeper {
	k := &Keeper{journal: &journal{folder: o.Folder, patience: patience}, who: whoIs(o.Getenv), wantsReason: o.WantsReason}
	if o.Syslog {
		k.copy = toSyslog()
	}
	return k
}

// Nowhere keeps no record: nothing is real.
func Nowhere() *Keeper { return &Keeper{nowhere: true} }

// admits says what is missing of an order for the record.
func (k *Keeper) admits(o model.Order) error {
	switch reason := o.Reason.String(); {
	case k.wantsReason && model.Because(reason).Empty():
		return model.Fail(model.Refused, model.NoReason)
	case redact.LooksLikeKey(reason):
		return model.Fail(model.Unrecorded, "the reason looks like a key, and would stay in the record for good; give another one")
	}
	return nil
}

// notCopiedError is the error of a line that is in the record, and not in the machine's log.
type notCopiedError struct{ error }

// write writes a line and returns its number.
func (k *Keeper) write(e audit.Entry) (int64, error) {
	switch {
	case k.nowhere:
		return 0, nil
	case k.journal == nil:
		return 0, errors.New("there is no record")
	}
	e.Time, e.Who = time.Now(), k.who
	line, number, err := k.journal.add(e)
	if err != nil || k.copy == nil {
		return number, err
	}
	if err := k.copy(line); err != nil {
		return number, notCopiedError{fmt.Errorf("it is in the record, and not in the machine's log: %w", err)}
	}
	return number, nil
}

// whoIs is who runs the program, as far as the machine and the session say.
func whoIs(getenv func(string) string) audit.Who {
	who := audit.Who{UID: os.Getuid(), PID: os.Getpid(), Session: rand.Text()[:16]}
	if u, err := user.Current(); err == nil {
		who.User = model.Clean(u.Username).String()
	}
	if name, err := os.Hostname(); err == nil {
		who.Machine = model.Clean(name).String()
	}
	for _, variable := range []string{"SSH_CONNECTION", "SSH_CLIENT"} {
		first, _, _ := strings.Cut(getenv(variable), " ")
		if address, err := netip.ParseAddr(first); err == nil && who.SSHClient == "" {
			who.SSHClient = address.String()
		}
	}
	return who
}
