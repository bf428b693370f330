"""KPIs of customers and money over the generated rows: as ours and as plain SQL; w is the OVER clause
or nothing."""


def known(number, rows):
    """The number where any of these rows is there, and otherwise NULL."""
    return f"CASE WHEN {rows}{{w}} > 0 THEN {number} END"


def total(amount, condition):
    return f"coalesce(sum({amount}) FILTER (WHERE {condition}){{w}}, 0)"


def percent(numerator, denominator):
    return f"100 * ({numerator}) / nullif(({denominator})::numeric, 0)"


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
    "quick": ("quick_ratio(opening, closing, paid_before){w}", f"({SUMS['new']} + {MORE}) / nullif({LOST}, 0)"),
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
