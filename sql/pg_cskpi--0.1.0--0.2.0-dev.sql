\echo Use "ALTER EXTENSION pg_cskpi UPDATE" to load this file. \quit
