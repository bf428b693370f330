"""KPIs of customer health and of what customers say over the generated rows: as ours and as plain SQL; w
is the OVER clause or nothing."""

from lib.answers_money import quotient

# Scores of many scales, among them those where bands begin, and just below.
SCORE = """CASE WHEN rep = 'nobody' OR d % 11 = 0 THEN NULL
    WHEN d % 11 = 1 THEN (ARRAY[0, 0.000, 24.9999, 25, 25.00, 50, 50.999999999999999, 51, 51.0, 75, 75.9999, 76, 99.9, 100, 100.00000])[1 + d / 11 % 15]
    WHEN d % 11 = 2 THEN d / 11 % 10000000000000 * 0.00000000001 WHEN d % 11 < 6 THEN d / 11 % 101
    WHEN d % 11 < 9 THEN d / 11 % 1001 * 0.10 ELSE d / 11 % 10001 * 0.01 END"""
# Texts of all three kinds, some of emoji only, without any text and NULL.
COMMENT = """CASE WHEN rep = 'nobody' OR e % 9 = 0 THEN NULL WHEN e % 9 = 1 THEN '' ELSE
    (ARRAY['', 'Not ', 'VERY ', 'Honestly, it was ', 'The agent is ', '😁 '])[1 + e / 9 % 6]
    || (ARRAY['great', 'awful', 'slow', 'helpful', 'OK', 'the invoice', 'a DISASTER 😡', '💘', 'kind of good', '👍🏽', 'sad'])[1 + e / 54 % 11]
    || (ARRAY['', '!', '!!!', ', but the queue was terrible', ' :)', ' 😭', '?', ' in room 12, on Tuesday'])[1 + e / 594 % 8] END"""

# Schemes as an argument, and the lowest score of each of their bands.
SCHEMES = {
    "rag": ("", {"red": "0", "yellow": "51", "green": "76"}),
    "segments": (", 'segments'", {"At-risk": "0", "Unhealthy": "25", "Healthy": "50", "High-value": "75"}),
    "own": (""", jsonb '{"fine": 70, "critical": 0, "watch 👀": 39.95}'""", {"critical": "0", "watch 👀": "39.95", "fine": "70"}),
    "said": (""", '{"low": 0.0, "top": 1e2}'""", {"low": "0", "top": "100"}),
}


def band_of(score, scheme):
    """Plain SQL for health_band."""
    from_best = reversed(SCHEMES[scheme][1].items())
    return "CASE " + " ".join(f"WHEN {score} >= {lowest} THEN '{band}'" for band, lowest in from_best) + " END"


def number_in(score, scheme, band):
    return f"count(*) FILTER (WHERE {band_of(score, scheme)} = '{band}'){{w}}"


def bands(scheme):
    """Customers and share of each band. The number of the band, because its name may be none for a column."""
    argument, lowest = SCHEMES[scheme]
    summary = f"health_agg(health{argument}){{w}}"
    found = {}
    for place, band in enumerate(lowest):
        number = number_in("health", scheme, band)
        known = "count(health){w}"
        # An empty summary has no customer in any band.
        found[f"{scheme}_{place}"] = f"band_customers({summary}, '{band}')", number
        if scheme == "rag":
            found[f"{scheme}_{place}_share"] = f"band_share({summary}, '{band}')", f"100 * {number}::numeric / nullif({known}, 0)"
    return found


# The dictionaries hold texts for str.format, in which braces of JSON are doubled.
def doubled(pairs):
    def escaped(text):
        return text and text.replace("{w}", "\0").replace("{", "{{").replace("}", "}}").replace("\0", "{w}")
    return {name: tuple(map(escaped, pair)) for name, pair in pairs.items()}


# Divided to 40 places: rounded twice, it might be another number.
MEAN = "round((sum(health){w})::numeric(60, 40) / nullif(count(health){w}, 0), 9)"
HEALTH = doubled({
    # Means that have an end are exact, which may be more places than the server divides to.
    "mean_health": ("round(avg_health_score(health){w}, 9)", MEAN),
    "exact_sum": ("(health_agg(health){w}::text::json ->> 'sum')::numeric", "sum(health){w}"),
    "customers": ("customers(health_agg(health){w})", "count(health){w}"),
    "customers_of_segments": ("customers(health_agg(health, 'segments'){w})", "count(health){w}"),
    "mean_of_own": (f"round(avg_health_score(health_agg(health{SCHEMES['own'][0]}){{w}}), 9)", MEAN),
    **{name: pair for scheme in SCHEMES for name, pair in bands(scheme).items()},
    **{f"health_{scheme}": (f"health_agg(health{argument}){{w}}", None) for scheme, (argument, _) in SCHEMES.items()},
})


def texts(label):
    return f"count(*) FILTER (WHERE sentiment_label(comment) = '{label}'){{w}}"


FEEDBACK = {
    "sentiment": ("avg_sentiment(comment){w}", quotient("sum(sentiment(comment)){w}", "count(comment){w}")),
    "liked": ("positive_feedback_rate(comment){w}", f"100 * {texts('positive')}::numeric / nullif(count(comment){{w}}, 0)"),
    "comments": ("comments(sentiment_agg(comment){w})", "count(comment){w}"),
    **{f"{label}_comments": (f"{label}_comments(sentiment_agg(comment){{w}})", texts(label)) for label in ["positive", "neutral", "negative"]},
    "feedback": ("sentiment_agg(comment){w}", None),
}
