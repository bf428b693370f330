# Everything is done by the scripts in scripts/; this file gives them names.
#   PG_CONFIG=/path/to/pg_config   the server to build for and to install into
#   PG=17                          or its major version, 15 to 18: Debian's package, or built from source
#   PG_BUILD=cassert               the server with assertions, built from source (see scripts/server.sh)
#   DESTDIR=/staging               put before the installed paths

export PG PG_CONFIG PG_BUILD PG_SOURCE PG_CSKPI_CACHE DESTDIR

sandbox := scripts/sandbox.sh
sandbox_install = private=$$($(sandbox) pgconfig) && DESTDIR= PG_CONFIG=$$private scripts/install.sh install

.PHONY: help build install uninstall demo psql bi test-bi test test-all test-clients test-migrations bench fuzz load deb test-package stop fmt lint clean
.DEFAULT_GOAL := help

help: ## show this list
	@echo 'pg_cskpi: customer-success KPIs as SQL aggregates for PostgreSQL'
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 23

	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 21

build: ## build the library for the server of PG_CONFIG
	@scripts/install.sh build

install: ## build, and install into the server of PG_CONFIG (honours DESTDIR)
	@scripts/install.sh install

uninstall: ## remove what install has installed
	@scripts/install.sh uninstall

demo: ## try it in a private server of this directory
	@scripts/bootstrap.sh build
	@$(sandbox_install)
	@$(sandbox) run demo -- demo/run.sh
	@echo "The demo's server is running: 'make psql' opens psql on it, 'make stop' stops it."

psql: ## open psql on the demo
	@$(sandbox) psql demo

bi: ## a dashboard of the demo in Apache Superset (BI_PORT=8088)
	@scripts/bootstrap.sh bi
	@$(sandbox_install)
	@bi/run.sh start

test-bi: ## read that dashboard in a browser, and compare its numbers with SQL
	@scripts/bootstrap.sh test-bi
	@$(sandbox_install)
	@bi/run.sh test

test: ## run all tests in a private server
	@scripts/bootstrap.sh test
	@$(sandbox_install)
	@status=0; $(sandbox) run test -- tests/run.sh || status=$$?; $(sandbox) stop test 2>/dev/null; exit $$status

test-all: ## run all tests on each supported version of PostgreSQL that is here
	@scripts/test_all.sh

test-clients: ## run the tests with clients: JDBC, psycopg, SQLAlchemy, node-postgres, sqlx
	@scripts/bootstrap.sh clients
	@$(sandbox_install)
	@$(sandbox) start clients listen_addresses=127.0.0.1
	@status=0; TEST_SUITES='tests/87_* tests/clients/[0-9][0-9]_*' $(sandbox) run clients -- tests/run.sh || status=$$?; $(sandbox) stop clients 2>/dev/null; exit $$status

test-migrations: ## test the examples of all migration tools, with those that take minutes to install
	@scripts/bootstrap.sh migrations
	@$(sandbox_install)
	@status=0; MIGRATION_TOOLS=all $(sandbox) run test -- tests/run.sh 88_migrations 88_dbt || status=$$?; $(sandbox) stop test 2>/dev/null; exit $$status

bench: ## compare speed with plain SQL in a private server
	@scripts/bootstrap.sh build
	@$(sandbox_install)
	@status=0; $(sandbox) run bench -- bench/run.sh || status=$$?; $(sandbox) stop bench 2>/dev/null; exit $$status

fuzz: ## look for input that breaks something (FUZZ_SECONDS=60 a target, FUZZ_TARGETS='jsonb numeric')
	@scripts/bootstrap.sh build
	@fuzz/run.sh

load: ## many sessions that are cancelled, ended and killed, for minutes
	@scripts/bootstrap.sh test
	@$(sandbox_install)
	@status=0; LOAD_SESSIONS=$${LOAD_SESSIONS:-16} LOAD_SECONDS=$${LOAD_SECONDS:-120} MEMORY_LIMITS="$${MEMORY_LIMITS:-3 6 10 16 25 40 60 90 150 300 600 1500}" \
		$(sandbox) run test -- tests/run.sh 85_load 86_memory || status=$$?; $(sandbox) stop test 2>/dev/null; exit $$status

deb: ## build a Debian package for the server of PG_CONFIG, into target/package/
	@scripts/bootstrap.sh package
	@scripts/package.sh

test-package: ## try the package and the steps of the Dockerfile in new machines, as root
	@scripts/bootstrap.sh test-package
	@$(sandbox_install)
	@status=0; NEW_MACHINE=yes LIMIT=$${LIMIT:-5400} $(sandbox) run test -- tests/run.sh 32_ || status=$$?; $(sandbox) stop test 2>/dev/null; exit $$status

stop: ## stop the private servers of this directory
	@bi/run.sh stop
	@$(sandbox) stop

fmt: ## format the Rust code
	@echo 'formatting the Rust code'
	@cargo fmt
	@cargo fmt --manifest-path fuzz/Cargo.toml
	@cargo fmt --manifest-path tests/clients/sqlx/Cargo.toml

lint: ## check format and lints of the Rust code
	@scripts/install.sh lint

clean: ## stop and remove the private servers (cargo clean removes the build)
	@bi/run.sh clean
	@$(sandbox) clean
