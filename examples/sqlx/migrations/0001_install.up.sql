-- With its version named, these migrations give the same on any server.
CREATE EXTENSION pg_cskpi VERSION '0.1.0';
CREATE TABLE survey_responses (
    respondent_id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text NOT NULL,
    score         numeric,
    answered_at   timestamptz NOT NULL,
    rep           text);
CREATE TABLE survey_days (
    day     date,
    rep     text,
    answers survey_summary NOT NULL,
    PRIMARY KEY (day, rep));
CREATE VIEW nps_by_rep AS
SELECT rep, nps(score), responses(score) FROM survey_responses WHERE kind = 'nps' GROUP BY rep;
CREATE MATERIALIZED VIEW nps_by_month AS
SELECT date_trunc('month', day)::date AS month, nps(rollup(answers)) FROM survey_days GROUP BY month;
