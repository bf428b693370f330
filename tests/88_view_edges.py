#!/usr/bin/env -S python3 -B
"""What the KPI views tell of rows that are odd but happen: sentinels for never, clocks that are ahead, currencies that nobody
wrote down, amounts as floats. The expected values are counted by hand."""

from lib.tap import main
from lib.views import ViewsCase, create

NEVER = ["infinity", "9999-12-31", "294276-12-31 23:59:59"]


class Edges(ViewsCase):
    def only(self, table, rows):
        self.db.run(f"TRUNCATE desk.{table}; INSERT INTO desk.{table} {rows}")

    def test_tickets_that_are_resolved_one_day(self):
        for never in [*NEVER, "tomorrow"]:
            with self.subTest(never=never):
                self.only("tickets", f"""(ticket_id, created_at, first_reply_at, resolved_at, contacts) VALUES
                    (NULL, now() - interval '2 hours', '{never}', '{never}', 1), (NULL, now() - interval '2 hours', now() - interval '1 hour', now(), 1)""")
                self.db.run(create("desk", "kpi", "Asia/Tokyo"))
                self.assertEqual(self.db.run("SELECT sum(tickets), sum(open_tickets), sum(resolved_tickets), sum(replied_tickets), max(median_resolution_hours), max(median_first_response_hours) FROM kpi.kpi_support"),
                                 [["2", "1", "1", "1", "2", "1"]])
                self.assertEqual(self.db.run("SELECT max(median_resolution_hours), max(median_first_response_hours) FROM kpi.kpi_overview"), [["2", "1"]])

    def test_rows_that_are_dated_in_the_future(self):
        self.db.run(create("desk", "kpi", "Asia/Tokyo"))
        before = self.told()
        for date in [*NEVER, "now() + interval '5 days'", "now() + interval '40 days'"]:
            date = date if date.startswith("now") else f"'{date}'"
            with self.subTest(date=date):
                self.db.run(f"""INSERT INTO desk.survey_responses (kind, score, answered_at, rep) VALUES ('nps', 0, {date}, 'new');
                    INSERT INTO desk.tickets (created_at, contacts, rep) VALUES ({date}, 1, 'new'); INSERT INTO desk.orders (customer_id, ordered_at, promised_at) VALUES (9, {date}, {date});
                    INSERT INTO desk.usage_events VALUES (9, 'new', {date}); INSERT INTO desk.visits VALUES ('new', {date}, 1, true)""")
                if "294276" not in date:
                    # There is no such date as that.
                    self.db.run(f"""INSERT INTO desk.subscriptions (customer_id, amount, billing_period, started_at) VALUES (9, 10, '1 month', {date});
                        INSERT INTO desk.expenses VALUES ('acquisition', 5, {date}); INSERT INTO desk.customer_metrics VALUES ('c', {date}, '{{"use": 1}}')""")
                self.assertEqual(self.told(), before)
                self.assertEqual(self.db.column("SELECT count(*) FROM kpi.kpi_overview WHERE is_partial UNION ALL SELECT count(*) FROM kpi.kpi_usage WHERE is_partial"), ["1", "1"])

    def told(self):
        return self.db.run("TABLE kpi.kpi_surveys; TABLE kpi.kpi_revenue; TABLE kpi.kpi_retention; TABLE kpi.kpi_usage; TABLE kpi.kpi_orders; TABLE kpi.kpi_visits; TABLE kpi.kpi_customer_health; "
                           "TABLE kpi.kpi_overview; SELECT month, rep, tickets, open_tickets FROM kpi.kpi_support")

    def test_orders_without_a_promise(self):
        self.only("orders", """VALUES (1, 1, 5, now(), now() - interval '1 day', 'infinity', NULL), (2, 1, 5, now(), 'infinity', now(), NULL), (3, 1, 5, now(), now(), '9999-12-31', NULL),
            (4, 1, 5, now(), now(), now() - interval '1 hour', NULL)""")
        self.db.run("SET TimeZone = 'UTC'; " + create())
        # The second has nothing to be measured by, the first and the third are late.
        self.assertEqual(self.db.run("SELECT orders, due_orders, on_time_orders FROM kpi.kpi_orders"), [["4", "3", "1"]])

    def test_no_currency_is_an_empty_one(self):
        self.only("subscriptions", "(customer_id, amount, billing_period, started_at, currency) VALUES (1, 10, '1 month', current_date - 40, NULL), (2, 20, '1 month', current_date - 40, ' ')")
        for kind in ["false", "true"]:
            with self.subTest(materialized=kind):
                self.db.run(create("desk", "kpi", "UTC", kind))
                self.assertEqual(self.db.run("SELECT currency, closing_mrr FROM kpi.kpi_revenue WHERE is_partial; SELECT mrr FROM kpi.kpi_overview WHERE is_partial"), [[None, "30"], ["30"]])

    def test_what_is_free_is_in_no_currency(self):
        self.only("subscriptions", """(customer_id, amount, billing_period, started_at, currency) VALUES
            (1, 10, '1 month', current_date - 90, 'EUR'), (2, 0, '1 month', current_date - 3, NULL), (3, NULL, '1 month', current_date - 3, 'USD')""")
        self.only("expenses", "VALUES ('acquisition', 100, current_date - 90)")
        self.db.run(create())
        self.assertEqual(self.db.run("SELECT DISTINCT currency FROM kpi.kpi_revenue; SELECT max(cac) FROM kpi.kpi_revenue; SELECT mrr, customers FROM kpi.kpi_overview WHERE is_partial"), [["EUR"], ["100"], ["10", "3"]])

    def test_a_new_currency_leaves_the_months_before_as_they_were(self):
        self.only("subscriptions", "(customer_id, amount, billing_period, started_at, currency) VALUES (1, 10, '1 month', current_date - 90, 'EUR'), (2, 7, '1 month', date_trunc('month', current_date), 'USD')")
        self.db.run(create())
        self.assertEqual(self.db.run("SELECT is_partial, mrr, nrr FROM kpi.kpi_overview ORDER BY month DESC LIMIT 2"), [["t", None, None], ["f", "10", "100"]])

    def test_expenses_keep_their_digits(self):
        for kind, amount in [("real", "1234567"), ("float8", "12345678901234.56"), ("numeric", "12345678901234567.89"), ("bigint", "12345678901234567")]:
            with self.subTest(kind=kind):
                self.db.run(f"SELECT count(*) FROM drop_kpi_views('kpi'); DROP TABLE desk.expenses; CREATE TABLE desk.expenses (kind text, amount {kind}, spent_at date)")
                self.only("expenses", f"VALUES ('Acquisition', {amount}, current_date - 100), ('RETENTION', {amount}, current_date - 100)")
                self.db.run(create())
                self.assertEqual(self.db.run("SELECT max(cac), max(crc) FROM kpi.kpi_revenue"), [[amount, amount]])

    def test_metrics_that_were_of_another_kind_before(self):
        self.db.run("DROP TABLE desk.health_weights")
        self.only("customer_metrics", """VALUES ('a', current_date - 10, '{"logins": 150, "plan": "pro", "use": 20}', 1), ('a', current_date, '{"logins": 80, "plan": 70, "use": 60}', 1)""")
        self.db.run(create())
        self.assertEqual(self.db.run("SELECT score, previous_score, trend, coverage FROM kpi.kpi_customer_health"), [["70", "20", "50", "100"]])

    def test_metrics_that_are_no_longer_delivered(self):
        self.db.run("DROP TABLE desk.health_weights")
        self.only("customer_metrics", """VALUES ('a', current_date - 30, '{"use": 50, "old": 10}'), ('a', current_date, '{"use": 90}'),
            ('b', current_date - 30, '{"use": 150, "old": 20}'), ('b', current_date, '{"use": 80}')""")
        self.db.run(create())
        self.assertEqual(self.db.run("SELECT score, coverage, previous_score, trend FROM kpi.kpi_customer_health ORDER BY customer_id"), [["90", "100", "50", "40"], ["80", "100", None, None]])

    def test_credits_are_taken_off_expenses(self):
        self.only("expenses", "VALUES ('retention', 100, current_date - 100), ('retention', -40, current_date - 100), ('acquisition', -5, current_date - 100)")
        self.db.run(create())
        self.assertEqual(self.db.run("SELECT max(crc), max(cac) FROM kpi.kpi_revenue"), [["60", None]])

    def test_two_metrics_of_a_day(self):
        self.only("customer_metrics", """VALUES ('a', current_date, NULL), ('a', current_date, '{"use": 90}')""")
        self.db.run(create())
        self.assertEqual(self.db.run("SELECT score, previous_score FROM kpi.kpi_customer_health"), [["90", None]])
        for rows in ["""('a', current_date, '{"use": 10}'), ('a', current_date, '{"use": 90}')""", """('a', current_date, '{"use": 90}'), ('a', current_date, '{"use": 10}')"""]:
            self.only("customer_metrics", f"VALUES {rows}")
            self.db.run(create())
            self.assertEqual(self.db.run("SELECT score, previous_score FROM kpi.kpi_customer_health"), [["90", "10"]])

    def test_weights_that_are_null(self):
        for row in ["VALUES (NULL::jsonb)", "VALUES ('null'::jsonb)", "SELECT '{}'::jsonb WHERE false"]:
            with self.subTest(row=row):
                self.only("health_weights", row)
                self.db.run(create())
                self.assertEqual(self.db.run("SELECT score, previous_score FROM kpi.kpi_customer_health"), [["60", "40"]])


if __name__ == "__main__":
    main()
