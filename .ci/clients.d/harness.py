"""The steps of one client: each prints one line, and a failure says which request and answer it was.

A step is an act and what must come of it. One that cannot work, by the client's own
fault or because of something that a mirror does not do (yet), is an expected failure:
it has its reason, fails in the words that it names, and is a fault once it works.
"""

import json
import os
import re
import sys
import traceback

SHOWN = 700  # how much of a request or an answer a failure shows


class Steps:
    def __init__(self, client):
        self.client = client
        self.failed = 0
        self.expected = 0
        self.passed = 0

    def step(self, name, act):
        """Does one thing; what it returns is told on the line, and given back."""
        since = traffic_now()
        try:
            outcome = act()
        except Exception as error:  # any of a foreign client's own kinds
            self.failed += 1
            self._line("FAILED", name, short(error))
            tell_traffic(since)
            return None
        self.passed += 1
        self._line("ok", name, outcome if isinstance(outcome, (str, int)) else "")
        return outcome

    def cannot(self, name, because, says, act):
        """Does what must fail, with an error in which the pattern is found."""
        since = traffic_now()
        try:
            act()
        except Exception as error:
            if re.search(says, said(error)):
                self.expected += 1
                self._line("cannot", name, because)
                return
            self.failed += 1
            self._line("FAILED", name, "fails in other words than expected: " + short(error))
            tell_traffic(since)
            return
        self.failed += 1
        self._line("FAILED", name, "works now; its expected failure has to go. It was: " + because)

    def done(self):
        """Ends the client's part, with its sums on one line."""
        print(f"{self.client}: {self.passed} ok, {self.expected} cannot, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)

    def _line(self, verdict, name, detail):
        detail = " ".join(str(detail).split())
        print(f"{verdict:6} {self.client}: {name}" + (f": {detail}" if detail else ""), flush=True)


def system(name):
    """What the demo says of one of its systems: url, token, username, password."""
    with open(os.environ["CLIENTS_SYSTEMS"]) as lines:
        for line in lines:
            one = json.loads(line)
            if one["name"] == name:
                return one
    raise SystemExit(f"the demo has no system {name}")


def must(truth, words):
    """Fails the step with the words unless they are true; kept apart from assert, which -O removes."""
    if not truth:
        raise AssertionError(words)


def raises(kind, act):
    """The error of that kind which the act must end in."""
    try:
        act()
    except kind as error:
        return error
    raise AssertionError(f"no {kind.__name__} came")


def said(error):
    return f"{type(error).__name__}: {error}"


def short(error):
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{said(error)[:SHOWN // 2]} ({os.path.basename(where.filename)}:{where.lineno})"


def traffic_now():
    path = os.environ["CLIENTS_TRAFFIC"]
    return os.path.getsize(path) if os.path.exists(path) else 0


def tell_traffic(since):
    """Prints the last request since then and the answer to it."""
    with open(os.environ["CLIENTS_TRAFFIC"]) as lines:
        lines.seek(since)
        heard = [json.loads(line) for line in lines]
    if not heard:
        print("         nothing was sent", flush=True)
        return
    last = heard[-1]["connection"]
    turns = []
    for piece in (p for p in heard if p["connection"] == last):
        if turns and turns[-1][0] == piece["by"]:
            turns[-1][1] += piece["text"]
        else:
            turns.append([piece["by"], piece["text"]])
    for by, text in turns[-2:]:
        print(f"         {by}: {in_short(text)}", flush=True)


def in_short(message):
    """The first line and the body, without the headers, which hold the key."""
    head, _, body = message.partition("\r\n\r\n")
    return f"{head.splitlines()[0]} {body[:SHOWN]!r}"
