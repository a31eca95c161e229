# One recipe a wish. What a recipe does beyond a line is in tests/scripts.
.PHONY: help setup demo try test check bench

help:
	@echo 'make demo               see it work: official SDKs, a stand-in for OpenAI and Anthropic, a Postgres of its own'
	@echo 'make test               install what the tests need, run every test'
	@echo 'make check              format, lints, licences, sources, generated files'
	@echo 'make bench WHAT=overhead  what a call costs beside nginx and Envoy (ROUNDS=5, PEERS=all for the slow ones)'

# Postgres and the official Python SDKs; nothing where they are there already.
setup:
	@tests/scripts/setup

demo: setup
	@tests/scripts/demo

try: demo

test: setup
	@tests/scripts/test

check:
	@tests/scripts/check

WHAT ?= overhead
bench: setup
	@tests/scripts/bench $(WHAT)
