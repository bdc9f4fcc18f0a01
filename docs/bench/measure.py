#!/usr/bin/env python3
"""Lets ptybench.py measure a program and adds what it does not count.

    measure.py PATH-OF-ptybench.py [--as KEY=VALUE]... [--frame WORD] [--row WORD]
               [--script ascii|wide] [--starts] [OPTIONS OF ptybench.py] -- COMMAND [ARG...]

Prints the JSON object of ptybench.py with these besides:

  KEY            the VALUE of --as: what the line is a measurement of
  frame_ms       from exec to the WORD that the first frame has on the screen
  rows_ms        from exec to the WORD that each row has
  moves          the bytes of each move
  idle_switches  context switches while idle, voluntary or not, of all threads of all processes
  foreign        the letters beyond ASCII that were written since the first key

With --script the program fails if the rows were not of this script. With --starts
nothing but the start is measured, without a key. It stands on ptybench.py's class
Session, and says so when that is no longer as it was.
"""
import argparse
import importlib.util
import json
import os
import pathlib
import signal
import sys
import time
import unicodedata


def arguments():
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument('ptybench')
    parser.add_argument('--as', dest='labels', action='append', default=[])
    parser.add_argument('--frame', default='')
    parser.add_argument('--row', default='')
    parser.add_argument('--script', choices=['ascii', 'wide'])
    parser.add_argument('--starts', action='store_true')
    end = sys.argv.index('--')
    ours, theirs = parser.parse_known_args(sys.argv[1:end])
    return ours, theirs + sys.argv[end:]


def load(path):
    spec = importlib.util.spec_from_file_location('ptybench', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def switches(pid):
    """The context switches of a process so far, those of all its threads together."""
    total = 0
    for status in pathlib.Path(f'/proc/{pid}/task').glob('*/status'):
        try:
            text = status.read_text()
        except OSError:  # a thread that has just ended
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if 'voluntary_ctxt_switches' in line)
    return total


# The console asks for the page after one that has stood for a second: that is no idling.
REST = 2


def foreign(data):
    """The letters and marks beyond ASCII that a program wrote."""
    text = data.decode('utf-8', 'replace')
    return ''.join(sorted({c for c in text if c > '~' and unicodedata.category(c)[0] in 'LM'}))


def watched(session, ours):
    """The Session of ptybench.py, looked at while it works."""

    class Watched(session):
        def __init__(self, *args):
            self.moves, self.counts, self.shown, self.typed = [], [], {}, None
            super().__init__(*args)

        def answer(self, now):  # each time something was read
            super().answer(now)
            for name, word in (('frame_ms', ours.frame), ('rows_ms', ours.row)):
                if word and name not in self.shown and word.encode() in self.buf:
                    self.shown[name] = round((now - self.t0) * 1000, 1)

        def quiet(self, silence, limit):  # 0.15 s of silence are waited for after a move alone
            if silence == 0.15 and self.typed is None:
                self.typed = len(self.buf)
            read = super().quiet(silence, limit)
            if silence == 0.15:
                self.moves.append(read[0])
            return read

        def cpu(self):  # before the idle time and after it
            if not self.counts:
                self.pump(REST)
            self.counts.append(sum(map(switches, self.tree())))
            return super().cpu()

        def start(self):
            while not self.gone and time.monotonic() - self.t0 < 8 and not {'frame_ms', 'rows_ms'} <= self.shown.keys():
                self.pump(0.02)
            os.close(self.fd)
            until = time.monotonic() + 2
            while not os.waitpid(self.pid, os.WNOHANG)[0]:
                if time.monotonic() > until:
                    os.kill(self.pid, signal.SIGKILL)
                time.sleep(0.005)
            return {'queries': self.asked}

        def run(self):
            found = self.start() if ours.starts else super().run()
            found = dict(label.split('=', 1) for label in ours.labels) | found
            found |= {'frame_ms': self.shown.get('frame_ms'), 'rows_ms': self.shown.get('rows_ms')}
            if ours.starts:
                return found
            if len(self.counts) != 2 or self.typed is None or len(self.moves) != self.o.n:
                sys.exit('measure: this ptybench.py is not the one that measure.py was written for, or the program ended early')
            written = foreign(bytes(self.buf[self.typed:]))
            wide = any(unicodedata.east_asian_width(c) == 'W' for c in written)
            if ours.script == 'ascii' and written or ours.script == 'wide' and not wide:
                sys.exit(f'measure: the rows are not those wanted ({ours.script}): {written!r} was written')
            return found | {'moves': self.moves, 'idle_switches': self.counts[1] - self.counts[0], 'foreign': written}

    return Watched


def main():
    ours, theirs = arguments()
    bench = load(ours.ptybench)
    bench.Session = watched(bench.Session, ours)
    sys.argv = [ours.ptybench] + theirs
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored, and so it would be by what is measured
    bench.main()


if __name__ == '__main__':
    main()
