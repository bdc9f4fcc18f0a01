#!/usr/bin/env python3
"""Makes the tables of docs/performance.md from what bench.sh has measured.

    table.py COMMIT FOLDER

COMMIT is the build before. FOLDER has results.jsonl, and before.txt, now.txt,
benchstat.txt and demo.txt of the Go benchmarks. Every figure is the median of its
rounds; "×" is this build divided by the build before.
"""
import json
import pathlib
import re
import statistics
import sys

IN_THE_PAGE = 20  # so many moves from the top reach no edge of a screen of 30 lines
HELD = 60         # keys that ptybench.py holds down
NAMES = {'before': 'the build before', 'now': 'this build', 'bare1': 'bare v1', 'bare2': 'bare v2',
         'bare2-by-one': 'bare v2, scrolling by one'}
FIGURES = [  # name, where it is in a measurement, how it is written, whether a ratio says anything
    ('bytes a move, median of 60 `j`', lambda m: m['key_bytes'][0], '{:.0f}', True),
    ('bytes a move that reaches no edge', lambda m: statistics.median(m['moves'][:IN_THE_PAGE]), '{:.0f}', True),
    ('bytes a move, mean of 60 `j`', lambda m: statistics.mean(m['moves']), '{:.0f}', True),
    ('mean bytes a held key', lambda m: m['hold_bytes'] / HELD, '{:.0f}', True),
    ('key to first byte, ms', lambda m: m['key_ms'][0], '{:.1f}', True),
    ('CPU while idle, ms/s', lambda m: m['idle_cpu_ms_s'], '{:.1f}', False),
    ('context switches in ten idle seconds', lambda m: m['idle_switches'], '{:.0f}', False),
    ('bytes a second while idle', lambda m: m['idle_bytes_s'], '{:.0f}', False),
    ('RSS, MB', lambda m: m['rss_mb'], '{:.1f}', True),
    ('bytes of a start', lambda m: m['start_bytes'], '{:.0f}', True),
    ('exit after a hangup, ms', lambda m: m['hangup_ms'], '{:.0f}', False),
    ('questions to the terminal', lambda m: sum(m['queries'].values()), '{:.0f}', False),
]


def figure(name):
    return next(f for f in FIGURES if f[0] == name)[1]


class Results:
    def __init__(self, folder):
        lines = (folder / 'results.jsonl').read_text().splitlines()
        self.all = [json.loads(line) for line in lines]

    def some(self, **labels):
        return [m for m in self.all if all(m.get(k) == v for k, v in labels.items())]

    def median(self, read, **labels):
        values = [v for v in map(read, self.some(start=None, missing=None, **labels)) if v is not None]
        return statistics.median(values) if values else None

    def starts(self, key, **labels):
        return sorted(m[key] if m[key] is not None else float('inf') for m in self.some(**labels))

    def terms(self):
        return list(dict.fromkeys(m['term'] for m in self.all if 'moves' in m))


def ratio(now, before):
    return f'{now / before:.2f} ×' if now is not None and before else ''


def row(*cells):
    print('| ' + ' | '.join(cells) + ' |')


def head(*cells):
    row(*cells)
    print('|' + '---|' * len(cells))


def screens(results):
    for term in results.terms():
        for rows, called in (('mixed', 'rows of many scripts'), ('ascii', 'rows of ASCII')):
            programs = [p for p in NAMES if results.some(program=p, term=term, rows=rows, start=None)]
            print(f'\n### `TERM={term}`, {called}\n')
            head('', *(NAMES[p] for p in programs[:2]), '×', *(NAMES[p] for p in programs[2:]))
            for name, read, how, compared in FIGURES:
                values = [results.median(read, program=p, term=term, rows=rows) for p in programs]
                cells = ['' if v is None else how.format(v) for v in values]
                row(name, *cells[:2], ratio(values[1], values[0]) if compared else '', *cells[2:])


def middle(sorted_values, part=0.5):
    return sorted_values[round((len(sorted_values) - 1) * part)]


def shown(values):
    if values[-1] == float('inf'):
        return 'not seen in 8 s'
    return f'{middle(values):.0f}' + (f' ({middle(values, .25):.0f}–{middle(values, .75):.0f})' if len(values) > 3 else '')


def starts(results):
    print('\n### The start, ms: the median, and between which two half of the starts are\n')
    programs = ['before', 'now', 'bare1', 'bare2']
    head('', *(NAMES[p] for p in programs))
    for kind, called in (('plain', ''), ('silent', ', a terminal that never answers'), ('far', ', a round trip of 400 ms')):
        for key, what in (('frame_ms', 'first frame'), ('rows_ms', 'first rows')):
            row(what + called, *(shown(results.starts(key, program=p, start=kind)) for p in programs))
    row('first rows, 170 tokens', '', shown(results.starts('rows_ms', program='few', start='plain')), '', '')


def benchmarks(path):
    found = {}
    for line in path.read_text().splitlines():
        if m := re.match(r'Benchmark(\S+?)(?:-\d+)?\s+\d+\s+([\d.]+) ns/op.*?(\d+) allocs/op', line):
            found.setdefault(m[1], []).append((float(m[2]), int(m[3])))
    return {name: [statistics.median(v) for v in zip(*values)] for name, values in found.items()}


def goal(name, limit, before, now, relative=True):
    """One line of the goals: a limit for the ratio, or for the figure itself."""
    if before is None or now is None:
        return
    value = now / before if relative and before else now
    word = 'met' if round(value, 3) <= limit else '**not met**'
    row(name, f'≤ {limit} ×' if relative else f'≤ {limit}', f'{before:.4g}', f'{now:.4g}', ratio(now, before) if relative else '', word)


def goals_of_a_screen(results, term):
    def of(name, program, rows):
        return results.median(figure(name), program=program, rows=rows, term=term)

    def pair(name, rows):
        return of(name, 'before', rows), of(name, 'now', rows)

    for rows, called, limit in (('mixed', 'rows of the demo', 0.5), ('ascii', 'rows of ASCII', 0.2)):
        goal(f'{term}: a move, {called}: median of 60', limit, *pair('bytes a move, median of 60 `j`', rows))
        goal(f'{term}: a move, {called}: no edge', limit, *pair('bytes a move that reaches no edge', rows))
    goal(f'{term}: a held key', 0.35, *pair('mean bytes a held key', 'mixed'))
    goal(f'{term}: key to first byte', 0.2, *pair('key to first byte, ms', 'mixed'))
    goal(f'{term}: CPU while idle, ms/s', 0.0, *pair('CPU while idle, ms/s', 'mixed'), relative=False)
    goal(f'{term}: context switches in ten idle seconds', 20, *pair('context switches in ten idle seconds', 'mixed'), relative=False)
    goal(f'{term}: RSS', 1.15, *pair('RSS, MB', 'mixed'))


def goals(results, before, now):
    print('\n### The goals\n')
    head('', 'goal', 'before', 'now', '×', '')
    for term in results.terms():
        goals_of_a_screen(results, term)
    was, is_ = (results.starts('frame_ms', program=p, start='plain') for p in ('before', 'now'))
    if was and is_:
        late = middle(is_) > middle(was, .75)
        row('first frame, ms', 'no later', f'{middle(was):.0f}', f'{middle(is_):.0f}', ratio(middle(is_), middle(was)), '**not met**' if late else 'met')
    for name in sorted(n for n in before if n.startswith('View/') and n in now):
        goal(f'{name}: time, ns', 0.4, before[name][0], now[name][0])
        goal(f'{name}: allocations', 0.3, before[name][1], now[name][1])
    print('\nThe first frame is no later if the median of this build is not above the upper quartile of')
    print(f'the build before: starts in turn, {len(was)} of each.')


def others(results):
    print()
    for m in results.some(missing=None, rows='own'):
        print(f'- {m["program"]}: {m["key_bytes"][0]:.0f} bytes a move, {m["hold_bytes"] / HELD:.0f} a held key, {m["key_ms"][0]} ms to the first')
        print(f'  byte, {m["idle_cpu_ms_s"]} ms/s and {m["idle_switches"]} context switches while idle, {m["rss_mb"]} MB.')
    for m in results.all:
        if 'missing' in m:
            print(f'- {m["program"]} {m["missing"]}.')


def main():
    commit, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    results = Results(folder)
    print(f'The build before is {commit}; the rows of ASCII are those that a search for `smith` leaves.')
    goals(results, benchmarks(folder / 'before.txt'), benchmarks(folder / 'now.txt'))
    if results.all:
        screens(results)
        starts(results)
        others(results)
    for name, called in (('benchstat.txt', 'The Go benchmarks of `ui`, by benchstat'), ('demo.txt', 'The Go benchmarks of the demo')):
        print(f'\n### {called}\n\n```\n{(folder / name).read_text().rstrip()}\n```')


if __name__ == '__main__':
    main()
