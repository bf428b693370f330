"""Values that every argument of every function takes: by its name, or by its type."""

# What to pass for an argument of this name. Whole numbers, because all types hold them; a
# confidence or a fraction is none, so it comes in the types that hold 0.5 exactly.
SAMPLES = {
    "score": ["9", "3", "NULL", "10", "4", "7", "6", "0"],
    "threshold": ["4"],
    "confidence": ["0.5"],
    "promoters": ["7"], "passives": ["4"], "detractors": ["2"],
    "positive": ["3"], "hits": ["3"], "total": ["7"],
    "contacts": ["1", "0", "NULL", "2"], "pages_viewed": ["1", "0", "NULL", "2"], "referrals": ["1", "0", "NULL", "2"],
    "renewed": ["3"], "due": ["7"],
    "promised_at": ["'2026-01-02'"], "delivered_at": ["'2026-01-02'", "'2026-01-03'", "NULL"],
    "started_at": ["'2026-01-01'", "'2025-12-31'"], "ended_at": ["'2026-01-01 08:00'", "'2026-01-03'", "NULL"],
    "within": ["'8 hours'"], "as_of": ["'2026-02-01'"],
    "at": ["'2026-01-01'", "'2026-01-01 00:20'", "NULL", "'2026-01-02'"], "gap": ["'30 minutes'"],
    "duration": ["'5 minutes'", "'1 day'", "NULL", "'0'"], "handle": ["'5 minutes'", "NULL", "'8 minutes'"],
    "talk": ["'5 minutes'"], "hold": ["'1 minute'"], "wrap": ["'30 seconds'"],
    "fraction": ["0.5"], "limit": ["'8 hours'"], "interactions": ["50"],
    "dau": ["3"], "mau": ["7"], "user_id": ["7", "3", "NULL", "7"],
    "start_count": ["100"], "churned": ["7"], "end_count": ["105"], "new_customers": ["13"], "retained": ["93"],
    "customers": ["7"], "average_revenue": ["30"], "revenue": ["200"], "mrr": ["40"], "expenses": ["50"], "cost": ["60"],
    "clv": ["600"], "cac": ["7"], "avg_purchase_value": ["50"], "purchase_frequency": ["3"], "lifespan": ["24"],
    "arpu": ["50"], "gross_margin_percent": ["80"], "churn_rate_percent": ["7"],
    "margin_per_period": ["40"], "retention_percent": ["93"], "discount_percent": ["8"], "periods": ["36"],
    "schedule": ["""'{"thu": ["09:00-17:00"]}'"""], "time_zone": ["'Europe/Berlin'"],
    "opening": ["9", "3", "NULL", "4", "0", "NULL", "5"], "closing": ["9", "7", "6", "1", "NULL", "NULL", "0"],
    "monthly_amount": ["20", "0", "NULL", "35"], "period_start": ["'2026-01-01'"], "period_end": ["'2026-03-01'"],
    "new_churn": ["'both'"],
    "ordered_at": ["'2026-01-05'", "'2026-01-02'", "NULL", "'2026-01-09'"],
    "scheme": ["""'{"low": 0, "high": 5}'"""], "band": ["'red'"],
    "amount": ["100", "0", "NULL", "30"], "billing_period": ["'1 year'", "'1 week'", "'3 months'"],
    "kpi": ["'nps'"], "value": ["65"], "channel": ["''"],
    "feedback": ["'great'", "'not good'", "NULL", "'the invoice'"],
    "metrics": ["""'{"nps": 40, "logins": 12}'"""], "weights": ["""'{"nps": 2, "logins": {"weight": 1, "min": 0, "max": 30}}'"""],
    "first": ["'2026-01-15'"], "until": ["'2026-05-01'"],
    "summary": [], "a": [], "b": [],
}
# Whatever it is called.
BOOLEANS = ["true", "false", "NULL", "true"]
SUMMARIES = {
    "survey_summary": '\'{"version":1,"scores":{"3":1,"9":2,"10":1}}\'',
    "rate_summary": '\'{"version":1,"hits":40,"total":50}\'',
    "duration_summary": '\'{"version":1,"fraction":0.5,"durations":[0,300000000,86400000000]}\'',
    "session_summary": '\'{"version":1,"gap":1800000000,"sessions":[[0,60000000],[9000000000,9000000000]]}\'',
    "mrr_summary": '\'{"version":1,"rows":3,"customers":{"opening":2,"new":1,"churned":1},'
                   '"mrr":{"opening":"30","new":"9.75","churned":"10"}}\'',
    "revenue_summary": '\'{"version":1,"kind":"recurring","amounts":2,"sum":"100","over":"3"}\'',
    "subscription_summary": '\'{"version":1,"kind":"local","subscriptions":[[0,null,"9.5"]]}\'',
    "retention_summary": '\'{"version":1,"period":[0,86400000000],"at_start":50,"new":10,"churned":4}\'',
    "rfm_summary": '\'{"version":1,"orders":3,"revenue":"60.5","first_day_revenue":"20","days":[9497,9500]}\'',
    "health_summary": '\'{"version":1,"bands":[{"band":"red","from":"0","customers":3},{"band":"green","from":"51","customers":1}],'
                      '"sum":"150.5"}\'',
    "sentiment_summary": '\'{"version":1,"positive":2,"neutral":1,"negative":1,"sum":"0.8316"}\'',
    "active_users_summary": '\'{"version":1,"kind":"integer","ids":[1,[5,9],12]}\'',
}
# What an argument is called, if its type tells more.
OF_TYPE = {
    ("total", "interval"): ["'300 minutes'"],
    ("value", "interval"): ["'5 minutes'"],
    ("user_id", "uuid"): ["'0ef1f1c4-5a4b-4a1c-8c53-1f7d0f1f7d0f'", "NULL"],
}
