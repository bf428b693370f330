"""200,000 generated rows, and each KPI over them: as ours and as plain SQL."""

from lib.answers_health import COMMENT, FEEDBACK, HEALTH, SCORE
from lib.answers_money import MRR, ORDERS, RETENTION, REVENUE, SUBSCRIPTIONS

ROWS = 200_000

# The same rows on every run. Whole scores in six types; tenths (less than 100 distinct fractions)
# in the three that hold them; thousandths, more than a summary keeps one by one. One rep has no
# answer at all, one has a single one.
def table(rows):
    return f"""
CREATE TABLE answers AS
SELECT i AS id, at, at::date AS day, rep, 'channel ' || r[6] % 5 AS channel,
       whole::smallint AS i2, whole AS i4, whole::bigint AS i8,
       whole::real AS f4, whole::double precision AS f8, whole::numeric AS n,
       tenths::real AS t4, tenths::double precision AS t8, tenths AS tn,
       CASE WHEN r[4] % 100 >= 8 AND rep <> 'nobody' THEN r[3] % 10001 * 0.001 END AS fine,
       CASE WHEN r[5] % 100 >= 5 AND rep <> 'nobody' THEN r[5] % 7 < 4 END AS hit,
       at + (r[8] % 3 + 1) * interval '12 hours' AS due,
       CASE WHEN r[3] % 100 >= 9 AND rep <> 'nobody' THEN at + lasts * interval '1 second' END AS ended,
       CASE WHEN r[4] % 100 >= 4 AND rep <> 'nobody' THEN r[6] % 4 END AS contacts,
       CASE WHEN r[5] % 100 >= 3 AND rep <> 'nobody' THEN user_id END AS user_id,
       CASE WHEN r[5] % 100 >= 3 AND rep <> 'nobody' THEN md5(user_id::text)::uuid END AS user_uuid,
       CASE WHEN r[5] % 100 >= 3 AND rep <> 'nobody' THEN 'user ' || user_id END AS user_text,
       CASE WHEN r[6] % 100 >= 6 AND rep <> 'nobody' THEN at END AS began, opening,
       -- Mostly as before, sometimes with more zeros behind the point.
       CASE WHEN c % 16 < 8 THEN opening WHEN c % 16 = 8 THEN opening + 0.00000 WHEN c % 16 = 10 THEN 0
            WHEN c % 16 = 11 THEN round(opening / 2, 3) WHEN rep <> 'nobody' AND c % 16 < 14 THEN coalesce(opening, 0) + b % 997 * 0.01
            WHEN rep <> 'nobody' AND c % 16 = 14 THEN c % 10007 * 0.5 END AS closing,
       CASE WHEN rep <> 'nobody' AND c % 3 < 2 THEN c % 3 = 1 END AS paid_before,
       CASE WHEN rep <> 'nobody' AND c / 16 % 20 > 0 THEN b / 997 % 10000 * 0.01 END AS price,
       (ARRAY['1 month', '3 months', '1 year', '1 month', '7 days', '30 days', '1 day'])[1 + c / 320 % 7]::interval AS every,
       {SCORE} AS health,
       {COMMENT} AS comment
FROM generate_series(1, {rows}) i
CROSS JOIN LATERAL (
    SELECT array_agg(abs(hashint8extended(i, seed)) ORDER BY seed) AS r FROM generate_series(1, 8) seed) random
CROSS JOIN LATERAL (
    SELECT timestamptz '2023-01-01' + r[1] % 63072000 * interval '1 second' AS at,
           CASE WHEN i = 1 THEN 'single' WHEN r[2] % 41 = 40 THEN 'nobody' ELSE 'rep ' || r[2] % 41 END AS rep) who
CROSS JOIN LATERAL (
    SELECT CASE WHEN r[4] % 100 >= 7 AND rep <> 'nobody' THEN (r[3] % 11)::integer END AS whole,
           CASE WHEN r[4] % 100 >= 3 AND rep <> 'nobody' THEN r[7] % 101 * 0.1 END AS tenths,
           -- From nothing to some five days; users between far apart and close together.
           (r[8] % 1000) * (r[8] / 1000 % 430) AS lasts,
           CASE r[8] % 5 WHEN 0 THEN -4000000000 * (r[7] % 700) ELSE r[7] % 3000 END AS user_id,
           r[1] / 63072000 AS a, r[2] / 41 AS b, r[7] / 2121000 AS c, r[5] / 700 AS d,
           r[6] / 500 AS e) score
CROSS JOIN LATERAL (
    -- Amounts of different scales, nothing at all, and a few that are very long or very small.
    SELECT CASE WHEN rep = 'nobody' OR a % 10 = 0 THEN NULL WHEN a % 20 = 1 THEN 0 WHEN a % 20 = 11 THEN 0.00
                WHEN a % 501 = 2 THEN (1 + a % 99) * 10000000000000000000000000 + b % 10000000 * 0.0001
                WHEN a % 501 = 3 THEN b % 1000000000 * 0.000000000001
                ELSE b % 100000 * (ARRAY[1, 0.1, 0.01, 0.0001])[1 + a / 10 % 4] END AS opening) amounts;
ANALYZE answers;
"""


TABLE = table(ROWS)

SCORES = ["i2", "i4", "i8", "f4", "f8", "n", "t4", "t8", "tn", "fine"]
# One column of each kind that a summary treats differently.
KINDS = ["i4", "tn", "fine"]
# The families that plain SQL computes in groups as well as in windows.
PLAIN = ["rates", "times", "retention", "revenue", "mrr", "health", "feedback"]


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


def share(hits, known):
    return f"100 * count(*) FILTER (WHERE {hits}){{w}}::numeric / nullif(count(*) FILTER (WHERE {known}){{w}}, 0)"


def rate_of_hits(name, hit, call=None):
    return {name: (f"{call or name}({hit}){{w}}", share(hit, f"({hit}) IS NOT NULL"))}


THEN = "timestamptz '2024-06-01'"
ENDED_THEN = f"ended <= {THEN}"
RATES = {
    **rate_of_hits("rate", "hit"),
    **rate_of_hits("fcr_hit", "hit", "fcr"),
    **rate_of_hits("usage_rate", "hit"),
    "rate_ci": ("rate_ci(hit){w}", None),
    "rate_ci_90": ("rate_ci(hit, 0.9){w}", None),
    "rates": ("rate_agg(hit){w}", None),
    "fcr": ("fcr(contacts){w}", share("contacts = 1", "contacts IS NOT NULL")),
    "bounce_rate": ("bounce_rate(contacts){w}", share("contacts = 1", "contacts IS NOT NULL")),
    "advocacy_rate": ("advocacy_rate(contacts){w}", share("contacts >= 1", "contacts IS NOT NULL")),
    "advocates": ("advocates(contacts){w}", "count(*) FILTER (WHERE contacts >= 1){w}"),
    "on_time": ("on_time_rate(due, ended){w}", share("ended <= due", "ended IS NOT NULL")),
    "on_time_then": (f"on_time_rate(due, ended, {THEN}){{w}}",
                     share(f"ended <= due AND {ENDED_THEN}", f"{ENDED_THEN} OR due < {THEN}")),
    "sla": ("sla_rate(at, ended, '8 hours'){w}", share("ended - at <= '8 hours'", "ended IS NOT NULL")),
    "sla_then": (f"sla_rate(at, ended, '8 hours', {THEN}){{w}}",
                 share(f"ended - at <= '8 hours' AND {ENDED_THEN}", f"{ENDED_THEN} OR {THEN} - at > '8 hours'")),
}


def seconds(interval):
    return f"extract(epoch FROM {interval})"


def over_time(call, plain=None):
    """Ours in seconds, and plain SQL over the seconds that a case took, {s}."""
    return seconds(call + "{w}"), plain and plain.replace("{s}", seconds("ended - at"))


DURATIONS = {
    "mean": over_time("avg_duration(at, ended)", "round(sum({s}){w} / nullif(count(ended){w}, 0), 6)"),
    "mean_of_intervals": over_time("avg_duration(ended - at)", "round(sum({s}){w} / nullif(count(ended){w}, 0), 6)"),
    "mean_of_three": over_time("aht(ended - at, '1 minute', '0')",
                               "round(sum({s}){w} / nullif(count(ended){w}, 0), 6) + 60"),
    "named": over_time("avg_resolution_time(at, ended)", "round(sum({s}){w} / nullif(count(ended){w}, 0), 6)"),
    "sum": over_time("total_duration(at, ended)", "sum({s}){w}"),
    "shortest": over_time("min_duration(at, ended)", "min({s}){w}"),
    "longest": over_time("max_duration(at, ended)", "max({s}){w}"),
    "spread": over_time("stddev_duration(at, ended)", "round(stddev({s}){w}, 6)"),
    "durations": ("num_durations(at, ended){w}", "count(ended){w}"),
    "median": over_time("median_duration(at, ended)"),
    "p90": over_time("duration_percentile(at, ended, 0.9)"),
    "p10": over_time("resolution_time_percentile(ended - at, 0.1)"),
    "times": ("duration_agg(at, ended){w}", None),
}
# The events of a rep as those of one visitor, and of many users.
VISITS = {
    "visits": ("session_count(at, '2 hours'){w}", None),
    "visits_of_minutes": ("session_count(at, '10 minutes'){w}", None),
    "mean_visit": over_time("avg_session_duration(at, '2 hours')"),
    "sessions": ("session_agg(at, '2 hours'){w}", None),
    # count(DISTINCT) is none for a window.
    "active": ("active_users(user_id){w}", None),
    "active_uuid": ("active_users(user_uuid){w}", None),
    "active_text": ("active_users(user_text){w}", None),
    "users": ("active_users_agg(user_id){w}", None),
    "users_text": ("active_users_agg(user_text){w}", None),
}
FAMILIES = {"rates": RATES, "times": DURATIONS, "visits": VISITS, "retention": RETENTION, "revenue": REVENUE,
            "mrr": MRR, "subscriptions": SUBSCRIPTIONS, "orders": ORDERS, "health": HEALTH, "feedback": FEEDBACK}


def ours(kinds, window="", all_kpis=True):
    """The select list of our KPIs of these kinds, which are columns with scores and names of
    families; all, or those that plain SQL has too."""
    return select_list(0, kinds, window, all_kpis)


def plain(kinds, window=""):
    return select_list(1, kinds, window, False)


def select_list(side, kinds, window, all_kpis):
    items = []
    for kind in kinds:
        for name, pair in FAMILIES.get(kind, KPIS).items():
            if all_kpis or pair[1]:
                items.append((name if kind in FAMILIES else f"{name}_{kind}", pair[side].format(c=kind, w=window)))
    return ",\n  ".join(f"{expression} AS {name}" for name, expression in items)


def differences(db, left, right, exact=False):
    """Rows that only one of two queries gives. Equal numbers are equal, however written, unless
    exact: then their texts must be the same, too."""
    form = "SELECT r::text FROM ({}) r" if exact else "({})"
    left, right = form.format(left), form.format(right)
    rows = db.run(f"""
        CREATE TEMP TABLE a AS {left}; CREATE TEMP TABLE b AS {right};
        (SELECT 'only in first', a.* FROM (TABLE a EXCEPT ALL TABLE b) a LIMIT 2)
        UNION ALL (SELECT 'only in second', b.* FROM (TABLE b EXCEPT ALL TABLE a) b LIMIT 2)""")
    return [[cell and cell[:2000] for cell in row] for row in rows]
