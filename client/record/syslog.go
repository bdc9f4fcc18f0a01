package record

import (
	"bytes"
	"log/syslog"
	"sync"
)

// toSyslog sends lines to the machine's log, which is the journal on most: as a notice about
// authorization, under the program's name. The log is reached with the first line.
func toSyslog() func(line []byte) error {
	reach := sync.OnceValues(func() (*syslog.Writer, error) {
		return syslog.New(syslog.LOG_AUTHPRIV|syslog.LOG_NOTICE, "authdeck")
	})
	return func(line []byte) error {
		log, err := reach()
		if err != nil {
			return err
		}
		_, err = log.Write(bytes.TrimSuffix(line, []byte("\n")))
		return err
	}
}
