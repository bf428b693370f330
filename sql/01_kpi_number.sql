-- kpi_number: the argument type of amounts and counts, so that each function takes any number type, also mixed.
--
-- It is numeric under another name: a value of any number type becomes one by itself, exactly, and a
-- function that is declared once resolves for every mix. With overloads for numeric and double
-- precision alone, a call with both would turn the numeric into binary floating point.

CREATE TYPE kpi_number;

CREATE FUNCTION kpi_number_in(cstring, oid, integer) RETURNS kpi_number
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_in';
COMMENT ON FUNCTION kpi_number_in(cstring, oid, integer) IS
    'Support function: reads a kpi_number, as numeric is read.';

CREATE FUNCTION kpi_number_out(kpi_number) RETURNS cstring
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_out';
COMMENT ON FUNCTION kpi_number_out(kpi_number) IS
    'Support function: writes a kpi_number, as numeric is written.';

CREATE FUNCTION kpi_number_recv(internal, oid, integer) RETURNS kpi_number
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_recv';
COMMENT ON FUNCTION kpi_number_recv(internal, oid, integer) IS
    'Support function: reads the binary form of a kpi_number, which is that of numeric.';

CREATE FUNCTION kpi_number_send(kpi_number) RETURNS bytea
    LANGUAGE internal IMMUTABLE STRICT PARALLEL SAFE AS 'numeric_send';
COMMENT ON FUNCTION kpi_number_send(kpi_number) IS
    'Support function: writes the binary form of a kpi_number, which is that of numeric.';

CREATE TYPE kpi_number (
    INPUT = kpi_number_in, OUTPUT = kpi_number_out,
    RECEIVE = kpi_number_recv, SEND = kpi_number_send,
    LIKE = numeric
);
COMMENT ON TYPE kpi_number IS
    'Argument type of amounts and counts: smallint, integer, bigint, numeric, real and double precision become one by themselves. A numeric stays what it is; a real or double precision is taken as the shortest decimal that reads back as the same value, so that 49.99 is 49.99. Not meant for columns: use numeric.';

CREATE FUNCTION kpi_number(value smallint) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_int2';
COMMENT ON FUNCTION kpi_number(smallint) IS
    'Support function of the cast from smallint to kpi_number.';

CREATE FUNCTION kpi_number(value integer) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_int4';
COMMENT ON FUNCTION kpi_number(integer) IS
    'Support function of the cast from integer to kpi_number.';

CREATE FUNCTION kpi_number(value bigint) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_int8';
COMMENT ON FUNCTION kpi_number(bigint) IS
    'Support function of the cast from bigint to kpi_number.';

CREATE FUNCTION kpi_number(value real) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_float4';
COMMENT ON FUNCTION kpi_number(real) IS
    'Support function of the cast from real to kpi_number: the shortest decimal that reads back as the same real.';

CREATE FUNCTION kpi_number(value double precision) RETURNS kpi_number
    LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'cskpi_number_float8';
COMMENT ON FUNCTION kpi_number(double precision) IS
    'Support function of the cast from double precision to kpi_number: the shortest decimal that reads back as the same value.';

CREATE CAST (smallint AS kpi_number) WITH FUNCTION kpi_number(smallint) AS IMPLICIT;
COMMENT ON CAST (smallint AS kpi_number) IS
    'Lets a smallint be passed as an amount or a count.';
CREATE CAST (integer AS kpi_number) WITH FUNCTION kpi_number(integer) AS IMPLICIT;
COMMENT ON CAST (integer AS kpi_number) IS
    'Lets an integer be passed as an amount or a count.';
CREATE CAST (bigint AS kpi_number) WITH FUNCTION kpi_number(bigint) AS IMPLICIT;
COMMENT ON CAST (bigint AS kpi_number) IS
    'Lets a bigint be passed as an amount or a count.';
CREATE CAST (real AS kpi_number) WITH FUNCTION kpi_number(real) AS IMPLICIT;
COMMENT ON CAST (real AS kpi_number) IS
    'Lets a real be passed as an amount or a count: the shortest decimal that reads back as the same real.';
CREATE CAST (double precision AS kpi_number) WITH FUNCTION kpi_number(double precision) AS IMPLICIT;
COMMENT ON CAST (double precision AS kpi_number) IS
    'Lets a double precision be passed as an amount or a count: the shortest decimal that reads back as the same value.';
CREATE CAST (numeric AS kpi_number) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (numeric AS kpi_number) IS
    'Lets a numeric be passed as an amount or a count, as it is.';
CREATE CAST (kpi_number AS numeric) WITHOUT FUNCTION AS IMPLICIT;
COMMENT ON CAST (kpi_number AS numeric) IS
    'Gives a kpi_number back as numeric, as it is; and lets it be compared as one, which DISTINCT needs.';
