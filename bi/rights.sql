-- The role Superset connects with: it reads views, and nothing else. psql's variable "password" is its
-- password; SET ROLE keeps that out of the server's log of statements.
SELECT format('CREATE ROLE cskpi_bi') WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'cskpi_bi') \gexec
ALTER ROLE cskpi_bi LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT CONNECTION LIMIT 20 PASSWORD :'password';
ALTER ROLE cskpi_bi SET default_transaction_read_only = on;
ALTER ROLE cskpi_bi SET statement_timeout = '60s';
SELECT format('REVOKE ALL ON DATABASE %I FROM cskpi_bi; GRANT CONNECT ON DATABASE %1$I TO cskpi_bi', current_database()) \gexec
GRANT USAGE ON SCHEMA kpi, kpi_source TO cskpi_bi;
GRANT SELECT ON ALL TABLES IN SCHEMA kpi, kpi_source TO cskpi_bi;
