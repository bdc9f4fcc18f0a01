# For those who change authdeck. To use it, go alone is enough: see README.md.

BENCH ?=

.PHONY: test lint ci release kills clients bench pictures
test: ; go test ./...
lint: ; go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run ./...
ci: ; .ci/run

# Archives, packages and checksums of what is committed, into an empty folder.
release: ; release/make dist

# Everything that can end the program, at every moment of a new key's life, on all
# systems: 1,440 ends, of which plain tests try some. And 250 ends of programs that write to
# one record, as many of those that put it aside, 400 and more of those that apply a plan, a
# hundred for each way of its keys, and 80 and more of those that rotate a token.
kills:
	AUTHDECK_KILLS=all go test -count=1 -v -run 'TestAKillNeverLooksLikeTampering|TestAKillWhileARecordIsPutAside' ./client/record | grep -v '^=== '
	AUTHDECK_KILLS=all go test -count=1 -v -run TestKilledAtAnyMoment ./client/planfile | grep -v '^=== '
	AUTHDECK_KILLS=all go test -count=1 -v -run TestKilledAtAnyStep ./ui/rotating | grep -v '^=== '
	AUTHDECK_KILLS=all go test -count=1 -timeout 60m -v -run TestWhateverEndsTheProgramLosesNoNewKey ./ui/e2e | grep -v '^=== '

# The official clients against the mirrors; needs python3, npm and their registries.
clients: ; .ci/clients

# The figures of docs/performance.md: make bench BENCH=path/of/ptybench.py
bench: ; docs/bench.sh $(BENCH)

# The pictures of the README, made from the running demo; needs tmux, Chromium and the
# Noto fonts.
pictures: ; docs/pictures.sh
