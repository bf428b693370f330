"""KPIs of customers and money over the generated rows: as ours and as plain SQL; w is the OVER clause
or nothing."""


def known(number, rows):
    """The number where any of these rows is there, and otherwise NULL."""
    return f"CASE WHEN {rows}{{w}} > 0 THEN {number} END"


def total(amount, condition):
    return f"coalesce(sum({amount}) FILTER (WHERE {condition}){{w}}, 0)"


def quotient(numerator, denominator):
    """The server rounds to as many places as its arguments have, zeros included."""
    return f"trim_scale(({numerator})::numeric) / nullif(trim_scale(({denominator})::numeric), 0)"


def percent(numerator, denominator):
    return quotient(f"100 * ({numerator})", denominator)


# Each movement: what it adds up, of which rows.
NOT_BEFORE, NOT_AFTER = "coalesce(opening, 0) = 0", "coalesce(closing, 0) = 0"
MOVEMENTS = {
    "opening": ("opening", "opening > 0"),
    "new": ("closing", f"{NOT_BEFORE} AND closing > 0 AND paid_before IS NOT TRUE"),
    "reactivation": ("closing", f"{NOT_BEFORE} AND closing > 0 AND paid_before"),
    "expansion": ("closing - opening", "opening > 0 AND closing > opening"),
    "contraction": ("opening - closing", "closing > 0 AND closing < opening"),
    "churned": ("opening", f"opening > 0 AND {NOT_AFTER}"),
    "closing": ("closing", "closing > 0"),
    "all_new": ("closing", f"{NOT_BEFORE} AND closing > 0"),
}
CUSTOMERS = {"reactivation": "reactivated", "expansion": "expanded", "contraction": "contracted"}
SUMS = {name: total(*rows) for name, rows in MOVEMENTS.items()}
COUNTS = {name: f"count(*) FILTER (WHERE {condition}){{w}}" for name, (_, condition) in MOVEMENTS.items()}
ANYBODY = "count(coalesce(opening, closing))"
LOST = f"{SUMS['contraction']} + {SUMS['churned']}"
MORE = f"{SUMS['expansion']} + {SUMS['reactivation']}"


def of_movement(name):
    ours, customers = f"{name}_mrr", f"{CUSTOMERS.get(name, name)}_customers"
    return {ours: (f"{ours}(opening, closing, paid_before){{w}}", known(SUMS[name], ANYBODY)),
            customers: (f"{customers}(opening, closing, paid_before){{w}}", COUNTS[name])}


def movements(call):
    """What must be 0 of any movements: call takes the name of the aggregate."""
    return (" + ".join(map(call, ["opening_mrr", "new_mrr", "reactivation_mrr", "expansion_mrr"]))
            + "".join(f" - {call(name)}" for name in ["contraction_mrr", "churned_mrr", "closing_mrr"]))


MRR = {
    **{name: pair for movement in MOVEMENTS if movement != "all_new" for name, pair in of_movement(movement).items()},
    "net_new_mrr": ("net_new_mrr(opening, closing, paid_before){w}",
                    known(f"{SUMS['closing']} - {SUMS['opening']}", ANYBODY)),
    "balance": (movements(lambda name: f"{name}(opening, closing, paid_before){{w}}"), known("0", ANYBODY)),
    "gross_churn": ("gross_mrr_churn_rate(opening, closing, paid_before){w}", percent(LOST, SUMS["opening"])),
    "net_churn": ("net_mrr_churn_rate(opening, closing, paid_before){w}", percent(f"{LOST} - ({MORE})", SUMS["opening"])),
    "nrr": ("nrr(opening, closing, paid_before){w}",
            percent(f"{SUMS['opening']} + {SUMS['expansion']} - ({LOST})", SUMS["opening"])),
    "grr": ("grr(opening, closing, paid_before){w}", percent(f"{SUMS['opening']} - ({LOST})", SUMS["opening"])),
    "quick": ("quick_ratio(opening, closing, paid_before){w}", quotient(f"{SUMS['new']} + {MORE}", LOST)),
    "logo_churn": ("logo_churn_rate(opening, closing, paid_before){w}",
                   percent(COUNTS["churned"], COUNTS["opening"])),
    # Nobody is known to have paid before.
    "all_new": ("new_mrr(opening, closing){w}", known(SUMS["all_new"], ANYBODY)),
    "none_back": ("reactivated_customers(opening, closing){w}", "count(*) FILTER (WHERE false){w}"),
    "net_churn_of_two": ("net_mrr_churn_rate(opening, closing){w}",
                         percent(f"{LOST} - {SUMS['expansion']}", SUMS["opening"])),
    "movements": ("mrr_agg(opening, closing, paid_before){w}", None),
    "movements_of_two": ("mrr_agg(opening, closing){w}", None),
}
# The subscriptions of a rep, as those of one customer.
SUBSCRIPTIONS = {
    "subscriptions": ("subscription_agg(price, began, ended){w}", None),
    "subscriptions_of_days": ("subscription_agg(opening, at::date, ended::date){w}", None),
}

# Of 72 monthly amounts. As intervals 1 month and 30 days would be equal.
IN_72_MONTHS = """price * CASE every::text WHEN '1 mon' THEN 72 WHEN '3 mons' THEN 24 WHEN '1 year' THEN 6
    WHEN '7 days' THEN 312 WHEN '30 days' THEN 73 WHEN '1 day' THEN 2190 END"""
REVENUE = {
    # In lowest terms the server may keep some more places.
    "mrr_of_prices": ("round(mrr(price, every){w}, 12)", f"round(sum({IN_72_MONTHS}){{w}} / 72, 12)"),
    # A quarter always terminates, whatever the length.
    "mrr_of_4_months": ("mrr(opening, interval '4 months'){w}", "sum(opening * 0.25){w}"),
    "expansion": ("expansion_revenue(opening, hit){w}",
                  known(total("opening", "NOT hit"), "count(*) FILTER (WHERE num_nulls(opening, hit) = 0)")),
    "recurring": ("recurring_revenue_agg(price, every){w}", None),
    "recurring_long": ("recurring_revenue_agg(opening, every){w}", None),
    "expansions": ("expansion_revenue_agg(opening, hit){w}", None),
}

PERIOD = "timestamptz '2024-02-01', timestamptz '2024-05-01'"
AT_START = "began < '2024-02-01' AND (ended IS NULL OR ended >= '2024-02-01')"
CAME = "began >= '2024-02-01' AND began < '2024-05-01'"
LEFT = "ended >= '2024-02-01' AND ended < '2024-05-01'"


def number_of(*conditions):
    return f"count(*) FILTER (WHERE {' AND '.join(conditions)}){{w}}"


def retention(start, new, lost):
    """Counts of customers, and the shares by new_churn, of which the first is the default."""
    start_lost, new_lost = number_of(start, lost), number_of(new, lost)
    start, new = number_of(start), number_of(new)
    return {
        "customers_at_start": start, "new_customers": new, "churned_customers": start_lost,
        "churned_new_customers": new_lost, "customers_at_end": f"{start} + {new} - {start_lost} - {new_lost}",
        "include": percent(f"{start_lost} + {new_lost}", start),
        "exclude": percent(start_lost, start),
        "both": percent(f"{start_lost} + {new_lost}", f"{start} + {new}"),
        "kept": percent(f"{start} - ({start_lost} + {new_lost})", start),
        "kept_of_both": percent(f"{start} + {new} - ({start_lost} + {new_lost})", f"{start} + {new}"),
    }


OF_PERIOD = retention(AT_START, CAME, LEFT)
SAID = retention(*(f"{said} AND num_nulls(hit, paid_before) = 0" for said in ["hit", "NOT hit", "paid_before"]))
COUNTED = [name for name in OF_PERIOD if "customers" in name]
RETENTION = {
    **{f"{name}_then": (f"{name}(retention_agg(began, ended, {PERIOD}){{w}})", OF_PERIOD[name]) for name in COUNTED},
    **{f"{name}_said": (f"{name}(retention_agg(hit, paid_before){{w}})", SAID[name]) for name in COUNTED},
    "churn": (f"churn_rate(began, ended, {PERIOD}){{w}}", OF_PERIOD["include"]),
    "churn_said": ("churn_rate(hit, paid_before){w}", SAID["include"]),
    "kept": (f"retention_rate(began, ended, {PERIOD}){{w}}", OF_PERIOD["kept"]),
    "kept_said": ("retention_rate(hit, paid_before){w}", SAID["kept"]),
    **{f"churn_{how}": (f"churn_rate(began, ended, {PERIOD}, '{how}'){{w}}", OF_PERIOD[how]) for how in ["include", "exclude", "both"]},
    "kept_of_both": (f"retention_rate(began, ended, {PERIOD}, 'both'){{w}}", OF_PERIOD["kept_of_both"]),
    "retention": (f"retention_agg(began, ended, {PERIOD}){{w}}", None),
    "retention_said": ("retention_agg(hit, paid_before){w}", None),
}

# The orders of a rep, as those of one customer.
ORDERS = {
    "orders": ("rfm_agg(day, price){w}", None),
    "orders_in_berlin": ("rfm_agg(at, opening, 'Europe/Berlin'){w}", None),
}
