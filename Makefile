# For those who change authdeck. To use it, go alone is enough: see README.md.

BENCH ?= ../shared/bench/ptybench.py

.PHONY: test lint ci bench pictures
test: ; go test ./...
lint: ; go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run ./...
ci: ; .ci/run

# The figures of docs/performance.md.
bench: ; docs/bench.sh $(BENCH)

# The pictures of the README, made from the running demo.
pictures: ; docs/pictures.sh
