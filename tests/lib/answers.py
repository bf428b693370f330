"""200,000 generated rows, and each KPI over them: as ours and as plain SQL."""

ROWS = 200_000

# The same rows on every run. Whole scores in six types; tenths (less than 100 distinct fractions)
# in the three that hold them; thousandths, more than a summary keeps one by one. One rep has no
# answer at all, one has a single one.
TABLE = f"""
CREATE TABLE answers AS
SELECT i AS id, at, at::date AS day, rep, 'channel ' || r[6] % 5 AS channel,
       whole::smallint AS i2, whole AS i4, whole::bigint AS i8,
       whole::real AS f4, whole::double precision AS f8, whole::numeric AS n,
       tenths::real AS t4, tenths::double precision AS t8, tenths AS tn,
       CASE WHEN r[4] % 100 >= 8 AND rep <> 'nobody' THEN r[3] % 10001 * 0.001 END AS fine,
       CASE WHEN r[5] % 100 >= 5 AND rep <> 'nobody' THEN r[5] % 7 < 4 END AS hit
FROM generate_series(1, {ROWS}) i
CROSS JOIN LATERAL (
    SELECT array_agg(abs(hashint8extended(i, seed)) ORDER BY seed) AS r FROM generate_series(1, 7) seed) random
CROSS JOIN LATERAL (
    SELECT timestamptz '2023-01-01' + r[1] % 63072000 * interval '1 second' AS at,
           CASE WHEN i = 1 THEN 'single' WHEN r[2] % 41 = 40 THEN 'nobody' ELSE 'rep ' || r[2] % 41 END AS rep) who
CROSS JOIN LATERAL (
    SELECT CASE WHEN r[4] % 100 >= 7 AND rep <> 'nobody' THEN (r[3] % 11)::integer END AS whole,
           CASE WHEN r[4] % 100 >= 3 AND rep <> 'nobody' THEN r[7] % 101 * 0.1 END AS tenths) score;
ANALYZE answers;
"""

SCORES = ["i2", "i4", "i8", "f4", "f8", "n", "t4", "t8", "tn", "fine"]
# One column of each kind that a summary treats differently.
KINDS = ["i4", "tn", "fine"]


def over_scores(condition):
    return "count(*) FILTER (WHERE {c} " + condition + "){w}"


def percentage(part):
    return f"100 * ({part})::numeric / nullif(count({{c}}){{w}}, 0)"


NPS = percentage(over_scores(">= 9") + " - " + over_scores("<= 6"))

# name: (ours, plain SQL or None where only our own ways can be compared); c is the column, w the
# OVER clause or nothing.
KPIS = {
    "nps": ("nps({c}){w}", NPS),
    "enps": ("enps({c}){w}", NPS),
    "csat": ("csat({c}){w}", percentage(over_scores(">= 4"))),
    "csat_5": ("csat({c}, 5){w}", percentage(over_scores(">= 5"))),
    "csat_half": ("csat({c}, 4.5){w}", percentage(over_scores(">= 4.5"))),
    "css": ("css({c}, 7){w}", percentage(over_scores(">= 7"))),
    "easy": ("ces_easy_rate({c}, 5){w}", percentage(over_scores(">= 5"))),
    "ces": ("ces({c}){w}", "sum({c}::numeric){w} / nullif(count({c}){w}, 0)"),
    "promoters": ("promoters({c}){w}", over_scores(">= 9")),
    "passives": ("passives({c}){w}", over_scores("> 6 AND {c} < 9")),
    "detractors": ("detractors({c}){w}", over_scores("<= 6")),
    "responses": ("responses({c}){w}", "count({c}){w}"),
    "ci": ("nps_ci({c}){w}", None),
    "ci_90": ("nps_ci({c}, 0.9){w}", None),
    "margin": ("nps_margin({c}){w}", None),
    "csat_ci": ("csat_ci({c}, 4){w}", None),
    "csat_ci_90": ("csat_ci({c}, 4.5, 0.9){w}", None),
    "summary": ("survey_agg({c}){w}", None),
}
RATES = {
    "rate": ("rate(hit){w}", "100 * count(*) FILTER (WHERE hit){w}::numeric / nullif(count(hit){w}, 0)"),
    "rate_ci": ("rate_ci(hit){w}", None),
    "rate_ci_90": ("rate_ci(hit, 0.9){w}", None),
    "rates": ("rate_agg(hit){w}", None),
}


def ours(columns, window="", all_kpis=True):
    """The select list of our KPIs over these columns; all, or those that plain SQL has too."""
    return select_list(0, columns, window, all_kpis)


def plain(columns, window=""):
    return select_list(1, columns, window, False)


def select_list(side, columns, window, all_kpis):
    items = [(f"{name}_{c}", pair[side].format(c=c, w=window))
             for c in columns for name, pair in KPIS.items() if all_kpis or pair[1]]
    items += [(name, pair[side].format(w=window))
              for name, pair in RATES.items() if all_kpis or pair[1]]
    return ",\n  ".join(f"{expression} AS {name}" for name, expression in items)


def differences(db, left, right, exact=False):
    """Rows that only one of two queries gives. Equal numbers are equal, however written, unless
    exact: then their texts must be the same, too."""
    form = "SELECT r::text FROM ({}) r" if exact else "({})"
    left, right = form.format(left), form.format(right)
    return db.run(f"""
        CREATE TEMP TABLE a AS {left}; CREATE TEMP TABLE b AS {right};
        (SELECT 'only in first', a.* FROM (TABLE a EXCEPT ALL TABLE b) a LIMIT 2)
        UNION ALL (SELECT 'only in second', b.* FROM (TABLE b EXCEPT ALL TABLE a) b LIMIT 2)""")
