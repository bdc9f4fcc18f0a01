# For those who change authdeck. To use it, go alone is enough: see README.md.

BENCH ?=

.PHONY: test lint ci bench pictures
test: ; go test ./...
lint: ; go run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0 run ./...
ci: ; .ci/run

# The figures of docs/performance.md: make bench BENCH=path/of/ptybench.py
bench: ; docs/bench.sh $(BENCH)

# The pictures of the README, made from the running demo.
pictures: ; docs/pictures.sh
