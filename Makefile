# One recipe a wish. What a recipe does beyond a line is in tests/scripts.
.PHONY: help setup setup-node setup-sdks setup-gitops setup-browser setup-focus demo demo-console demo-sh demo-load demo-down try test check bench fuzz

help:
	@echo 'make demo               a cluster with Tollgate in it, from nothing: two apps with official SDKs, a feature that goes off'
	@echo 'make demo-console       its console in a browser of this machine, and a token to sign in with (PORT=7480)'
	@echo 'make demo-sh            a shell in that cluster, with kubectl, helm, and psql on the ledger; CMD="…" is one command'
	@echo 'make demo-load IMAGE=archive.tar   brings an image in, prints its name'
	@echo 'make demo-down          ends the cluster'
	@echo 'make try                one sidecar without a cluster, beside the same apps'
	@echo 'make setup-browser      Chromium and what drives it, for the console'\''s journeys'
	@echo 'make test               install what the tests need, run every test'
	@echo 'make fuzz WHAT=json MINUTES=10  a fuzzer over a parser of the meter (json, sse, lists, grpc, requests, forms, hider, prices, exchanges)'
	@echo 'make check              format, lints, licences, sources, generated files'
	@echo 'make bench WHAT=overhead  what a call costs beside nginx and Envoy (ROUNDS=5, PEERS=all for the slow ones)'
	@echo '           WHAT=meter     what an exchange costs in the meter alone'
	@echo '           WHAT=propagation  how long a flag takes to a thousand pods (CLIENTS=1000, TOGGLES=20)'
	@echo '           WHAT=ledger    twenty million rows: what writing and asking costs (ROWS, FILL, SIDECARS=1000)'
	@echo '           WHAT=console   ninety days of calls in the console: how long pages take, and a call to a hundred screens (ROWS, VIEWERS=100)'
	@echo '           WHAT=budget    hundreds of sidecars spend one limit: how well it holds (SIDECARS=200, LIMIT_USD=60, LATENCY_MS=100)'
	@echo '           WHAT=alerts    a month of traffic with planted incidents through alerts: found, missed, false, forecasts (SEED=1, SEEDS=5)'
	@echo '           WHAT=chaos  everything breaks under load; the provider'\''s book beside the ledger (SEED=1, CALLS=60000, EACH=5)'

# What a parser of the meter makes of bytes that a fuzzer thinks of. Needs a C++ compiler, as nothing else does.
fuzz:
	@sidecar/meter/fuzz/run $(WHAT) $(MINUTES)

# Postgres and the official Python SDKs; nothing where they are there already.
setup:
	@tests/scripts/setup

# What a Kubernetes node needs; and Kubernetes itself, which is built once.
setup-node: setup
	@tests/scripts/setup-node

demo: setup-node
	@tests/scripts/demo

demo-console:
	@tests/scripts/demo console

# a command comes as it was written: make must not look into it
demo-sh: export COMMAND = $(value CMD)
demo-sh:
	@tests/scripts/demo sh $${COMMAND:+"$$COMMAND"}

demo-load:
	@tests/scripts/demo load "$(IMAGE)"

demo-down:
	@tests/scripts/demo down

try: setup
	@tests/scripts/try

# The official SDKs of Node, Go and Java, which capture is tried with.
setup-sdks: setup-node
	@tests/scripts/setup-sdks

# Flux and Argo CD, which the layout of docs/gitops is tried with; built once.
setup-gitops: setup-node
	@tests/scripts/setup-gitops

# Chromium and what drives it.
setup-browser:
	@tests/scripts/setup-browser

# The validator that FOCUS files are held against.
setup-focus:
	@tests/scripts/setup-focus

test: setup
	@tests/scripts/setup-tests
	@tests/scripts/test

check:
	@tests/scripts/check

WHAT ?= overhead
bench: setup
	@tests/scripts/bench $(WHAT)
