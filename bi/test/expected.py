"""What the charts have to show, by SQL over the demo's raw tables: no view and no function of pg_cskpi."""

MONTHS = "generate_series(timestamp '2025-01-01', '2025-12-01', '1 month') AS m (month)"
MILLISECONDS = "extract(epoch FROM month AT TIME ZONE 'UTC') * 1000"

# Of each month: its beginning as ECharts counts time, and a KPI.
NPS = f"""
SELECT {MILLISECONDS}, (SELECT 100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(score)
                        FROM   survey_responses WHERE date_trunc('month', answered_at) = month)
FROM   {MONTHS} ORDER BY 1"""

CSAT = f"""
SELECT {MILLISECONDS}, (SELECT 100.0 * count(*) FILTER (WHERE satisfaction >= 4) / count(satisfaction)
                        FROM   survey_responses WHERE date_trunc('month', answered_at) = month)
FROM   {MONTHS} ORDER BY 1"""

FCR = f"""
SELECT {MILLISECONDS}, (SELECT 100.0 * count(*) FILTER (WHERE contacts = 1) / count(contacts)
                        FROM   tickets WHERE date_trunc('month', created_at) = month)
FROM   {MONTHS} ORDER BY 1"""

# What each customer pays at the beginning and at the end of each month, and whether he ever paid before.
# A subscription that starts or ends on the first of a month is one of that month's movements.
PAID = f"""
WITH paid AS (
    SELECT month, customer_id,
           coalesce(sum(monthly_amount) FILTER (WHERE started_at < month AND (ended_at >= month) IS NOT FALSE), 0) AS opening,
           coalesce(sum(monthly_amount) FILTER (WHERE started_at < next AND (ended_at >= next) IS NOT FALSE), 0) AS closing,
           min(started_at) < month AS before
    FROM   {MONTHS}, subscriptions, LATERAL (SELECT month + interval '1 month' AS next) AS n
    GROUP  BY month, customer_id
)"""

MRR = f"{PAID} SELECT {MILLISECONDS}, sum(closing) FROM paid GROUP BY month ORDER BY 1"

# New customers and those who come back are no part of it.
NRR = f"""{PAID}
SELECT {MILLISECONDS}, 100 * sum(closing) FILTER (WHERE opening > 0) / sum(opening) FROM paid GROUP BY month ORDER BY 1"""

MOVEMENTS = f"""{PAID}
SELECT {MILLISECONDS},
       coalesce(sum(closing) FILTER (WHERE opening = 0 AND NOT before), 0),
       coalesce(sum(closing) FILTER (WHERE opening = 0 AND before), 0),
       coalesce(sum(closing - opening) FILTER (WHERE opening > 0 AND closing > opening), 0),
       coalesce(sum(closing - opening) FILTER (WHERE closing > 0 AND closing < opening), 0),
       coalesce(sum(-opening) FILTER (WHERE closing = 0), 0),
       sum(closing) - sum(opening)
FROM   paid GROUP BY month ORDER BY 1"""

# A customer stays as long as one subscription follows another without a gap; ends count by month.
CHURN = f"""
WITH ordered AS (
    SELECT customer_id, started_at, coalesce(ended_at, 'infinity') AS ended_at,
           max(coalesce(ended_at, 'infinity')) OVER (PARTITION BY customer_id ORDER BY started_at, subscription_id
                                                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS until_now
    FROM   subscriptions
), numbered AS (
    SELECT *, count(*) FILTER (WHERE (started_at > until_now) IS NOT FALSE)
                  OVER (PARTITION BY customer_id ORDER BY started_at, until_now NULLS FIRST, ended_at) AS stay
    FROM   ordered
), stays AS (
    SELECT min(started_at) AS came, max(ended_at) AS went FROM numbered GROUP BY customer_id, stay
)
SELECT {MILLISECONDS},
       (SELECT 100.0 * count(*) FILTER (WHERE went >= month AND went < month + interval '1 month')
               / count(*) FILTER (WHERE came < month AND went >= month) FROM stays)
FROM   {MONTHS} ORDER BY 1"""

# The adjusted Wald interval: three more answers, of which three quarters are promoters and as many detractors.
NPS_BY_REP = """
WITH counted AS (
    SELECT rep, count(score) + 3 AS n, count(*) FILTER (WHERE score >= 9) + 0.75 AS p, count(*) FILTER (WHERE score <= 6) + 0.75 AS d,
           100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(score) AS nps
    FROM   survey_responses
    WHERE  answered_at >= '2025-12-01' AND answered_at < '2026-01-01' GROUP BY rep
), spread AS (
    SELECT *, (p - d) / n AS middle, 1.959963984540054 * sqrt(((p + d) / n - ((p - d) / n) ^ 2) / n) AS margin FROM counted
)
SELECT rep, nps, greatest(-100, 100 * (middle - margin)), least(100, 100 * (middle + margin)) FROM spread ORDER BY nps DESC"""

RESOLUTION = """
SELECT initcap(priority), initcap(channel),
       extract(epoch FROM percentile_cont(0.9) WITHIN GROUP (ORDER BY resolved_at - created_at)) / 3600
FROM   tickets WHERE resolved_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"""

# Each metric as points from 0 to 100, with its weight and with what the table calls it.
POINTS = """
WITH points AS (
    SELECT c.customer_id, as_of, rep, metric, word, weight, least(100, greatest(0, value)) AS points
    FROM   customer_metrics AS c, LATERAL (VALUES
               ('usage.logins', 'few logins', 35, (metrics #>> '{usage,logins}')::numeric / 60 * 100),
               ('usage.seats', 'unused seats', 15, (metrics #>> '{usage,seats}')::numeric),
               ('nps', 'low NPS', 20, (metrics ->> 'nps')::numeric * 10),
               ('csat', 'low CSAT', 10, ((metrics ->> 'csat')::numeric - 1) / 4 * 100),
               ('tickets', 'many tickets', 10, (10 - (metrics ->> 'tickets')::numeric) / 10 * 100),
               ('plan', 'small plan', 5, CASE metrics ->> 'plan' WHEN 'Starter' THEN 30 WHEN 'Team' THEN 70
                                                                 WHEN 'Business' THEN 100 WHEN 'Analytics' THEN 70 END),
               ('paid_on_time', 'late payment', 5, CASE (metrics ->> 'paid_on_time')::boolean WHEN true THEN 100 WHEN false THEN 0 END)
           ) AS v (metric, word, weight, value)
    WHERE  value IS NOT NULL
), scored AS (
    -- Which of two that take equally much comes first, is by name.
    SELECT customer_id, as_of, rep, sum(weight * points) / sum(weight) AS score,
           array_agg(word ORDER BY weight * (100 - points) DESC, metric) FILTER (WHERE points < 100) AS words
    FROM   points GROUP BY customer_id, as_of, rep
)"""

HEALTH = f"""{POINTS}
SELECT CASE WHEN score < 51 THEN 'Red' WHEN score < 76 THEN 'Yellow' ELSE 'Green' END, count(*)
FROM   scored WHERE as_of = '2025-12-31' GROUP BY 1 ORDER BY 2 DESC"""

AT_RISK = f"""{POINTS}
SELECT s.customer_id, s.rep, mrr, s.score, s.score - p.score, coalesce(s.words[1], ''), coalesce(s.words[2], ''), coalesce(s.words[3], '')
FROM   scored AS s
       JOIN (SELECT customer_id, sum(monthly_amount) AS mrr FROM subscriptions WHERE ended_at IS NULL GROUP BY 1) AS m USING (customer_id)
       LEFT JOIN LATERAL (SELECT score FROM scored AS b WHERE b.customer_id = s.customer_id AND b.as_of < s.as_of
                          ORDER BY b.as_of DESC LIMIT 1) AS p ON true
WHERE  s.as_of = '2025-12-31' AND s.score < 51 ORDER BY s.score, s.customer_id"""
