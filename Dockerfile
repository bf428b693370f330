# PostgreSQL with pg_cskpi: docker build -t pg_cskpi .
# Another version: docker build --build-arg PG_MAJOR=17 -t pg_cskpi:17 .
# docs/install.md tells how to run it.
ARG PG_MAJOR=15

FROM rust:1.95-slim-bookworm AS rust

# The package is built with the server that it is for.
FROM postgres:${PG_MAJOR}-bookworm AS build
ARG PG_MAJOR
ARG SOURCE_DATE_EPOCH
COPY --from=rust /usr/local/rustup /usr/local/rustup
COPY --from=rust /usr/local/cargo /usr/local/cargo
ENV RUSTUP_HOME=/usr/local/rustup CARGO_HOME=/usr/local/cargo PATH=/usr/local/cargo/bin:$PATH PG=$PG_MAJOR
WORKDIR /src
# Without certificates cargo can fetch no crates.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates
COPY scripts scripts
RUN scripts/bootstrap.sh package
COPY . .
RUN scripts/package.sh

FROM postgres:${PG_MAJOR}-bookworm
COPY --from=build /src/target/package/ /tmp/package/
RUN dpkg --install /tmp/package/*.deb && rm -r /tmp/package
# Runs once, when the data directory is made, in the database that POSTGRES_DB names.
RUN echo 'CREATE EXTENSION IF NOT EXISTS pg_cskpi;' >/docker-entrypoint-initdb.d/pg_cskpi.sql
