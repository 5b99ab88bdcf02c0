# Every target is a script of its own; this file only names them.
# Settings are environment variables or `make run LISTEN=…`: `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help run dev test bench soak demo fuzz fmt

export LISTEN DATA DATABASE

help: ## show this list
	@echo "make TARGET [LISTEN=127.0.0.1:8080] [DATA=./data] [DATABASE=postgres://…]"
	@sed -n 's/^\([a-z]*\):.*## /  \1\t/p' Makefile | expand -t 10

run: ## build everything in release mode and serve on LISTEN
	@scripts/run.sh

dev: ## debug server and Vite dev server with live reload
	@scripts/dev.sh

test: ## format, lints, all tests on both databases, front end, browser journeys
	@scripts/test.sh

bench: ## measure the machine's floor and the product in one run
	@scripts/bench.sh

soak: ## 200 visitors and 20 agents talk while the server is killed, on both databases
	@scripts/soak.sh

demo: ## serve a throw-away example organisation with customers and conversations
	@scripts/demo.sh

fuzz: ## look for inputs that break parsers of outside input, a minute each
	@scripts/fuzz.sh

fmt: ## format the Rust code
	@cargo fmt --all
