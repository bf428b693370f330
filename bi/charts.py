"""The charts, in Superset's own terms: what its chart editor stores as "form data"."""

from dataclasses import dataclass

YEAR = "2025-01-01 : 2026-01-01"
DECEMBER = "2025-12-01 : 2026-01-01"
LAST_DAY = "2025-12-31 : 2026-01-01"
GREEN, YELLOW, RED, BLUE, TEAL, GREY = "#2E9E6B", "#F2B134", "#D64550", "#2F6DB5", "#1FA8A0", "#5B6770"


@dataclass
class Chart:
    title: str
    dataset: str
    viz: str
    params: dict
    about: str


def where(column, value):
    return {"clause": "WHERE", "expressionType": "SIMPLE", "subject": column, "operator": "==", "comparator": value}


def within(column, time_range):
    return {"clause": "WHERE", "expressionType": "SIMPLE", "subject": column, "operator": "TEMPORAL_RANGE",
            "comparator": time_range}


def rgb(colour):
    return dict(zip("rgb", bytes.fromhex(colour[1:]))) | {"a": 1}


def headline(title, dataset, metric, means, time="month", filters=(), form=".1f", colour=BLUE):
    """The last month's value as a large number, and the year below it as a line."""
    return Chart(title, dataset, "big_number", {
        "metric": metric, "x_axis": time, "time_grain_sqla": "P1M",
        "adhoc_filters": [within(time, YEAR), *filters],
        "y_axis_format": form, "color_picker": rgb(colour), "show_trend_line": True, "start_y_axis_at_zero": False,
        "header_font_size": 0.5, "subheader_font_size": 0.15, "subtitle_font_size": 0.15,
        "subtitle": f"{means}, Dec 2025", "rolling_type": "None"}, f"{means}, month by month; the number is that of December 2025.")


def over_months(metrics, time="month", filters=(), **more):
    return {"metrics": metrics, "x_axis": time, "time_grain_sqla": "P1M", "groupby": [],
            "adhoc_filters": [within(time, YEAR), *filters], "x_axis_time_format": "%b", "row_limit": 1000,
            "rich_tooltip": True,
            "show_legend": True, "legendType": "scroll", "legendOrientation": "top",
            # Without this the first and the last month have no label.
            "echart_options": "{xAxis: {axisLabel: {showMinLabel: true, showMaxLabel: true}}}", **more}


NPS_BY_REP = Chart("NPS by rep in December, with its 95 % confidence interval", "answers", "echarts_timeseries_step", {
    "metrics": ["nps", "nps__yhat_lower", "nps__yhat_upper"], "x_axis": "rep", "groupby": [],
    "adhoc_filters": [within("answered_at", DECEMBER), where("kind", "nps")],
    "x_axis_sort": "nps", "x_axis_sort_asc": False, "xAxisLabelRotation": 45, "xAxisForceCategorical": True,
    "seriesType": "middle", "row_limit": 100, "y_axis_format": ".0f", "echart_options": "{yAxis: {min: -20, max: 60, interval: 20}}",
    "markerEnabled": True, "markerSize": 9, "rich_tooltip": True, "show_legend": False, "tooltipTimeFormat": "smart_date",
    "y_axis_title": "NPS (-100 to 100)", "y_axis_title_margin": 40, "y_axis_title_position": "Left",
}, "Dot: NPS. Box: 95 % confidence interval. Reps whose boxes do not overlap differ for real.")

CSAT_BY_MONTH = Chart("Customer satisfaction by month", "surveys", "echarts_timeseries_line", over_months(
    ["csat"], filters=[where("kind", "csat")], y_axis_format=".0f", truncateYAxis=True, y_axis_bounds=[50, 80],
    markerEnabled=True, markerSize=7, show_legend=False, show_value=True,
    y_axis_title="% satisfied", y_axis_title_margin=40, y_axis_title_position="Left",
), "Share of answers of 4 and 5, of 5.")

RESOLUTION = Chart("9 of 10 tickets are resolved within (hours)", "tickets", "echarts_timeseries_bar", {
    "metrics": ["p90"], "x_axis": "by_channel", "groupby": ["by_priority"], "adhoc_filters": [within("created_at", YEAR)],
    "xAxisForceCategorical": True, "row_limit": 100, "y_axis_format": ".0f", "show_legend": True,
    "legendType": "scroll", "legendOrientation": "top", "rich_tooltip": True, "show_value": True,
    "y_axis_title": "Hours", "y_axis_title_margin": 40, "y_axis_title_position": "Left", "sort_series_type": "max", "sort_series_ascending": True,
}, "90th percentile of the time from creation to resolution, by channel and priority.")

MRR = Chart("MRR movements by month", "revenue", "mixed_timeseries", {
    **over_months(["new", "reactivation", "expansion", "contraction", "churned"]),
    "seriesType": "bar", "stack": True, "opacity": 1, "show_value": False,
    "metrics_b": ["net_new"], "groupby_b": [], "seriesTypeB": "line", "markerEnabledB": True, "markerSizeB": 7,
    "adhoc_filters_b": [within("month", YEAR)], "row_limit_b": 1000, "yAxisIndexB": 0,
    "y_axis_format": "$,.0f",
}, "What was won, what was lost, and the line: net new MRR, which is the sum of the bars.")

HEALTH = Chart("Customer health", "health", "pie", {
    "metric": "customers", "groupby": ["health"], "adhoc_filters": [within("as_of", LAST_DAY)], "row_limit": 10,
    "donut": True, "innerRadius": 33, "outerRadius": 48, "show_labels": True, "labels_outside": True, "label_line": True,
    "label_type": "key_percent", "number_format": ",d", "show_legend": False,
    "show_labels_threshold": 0, "show_total": True, "sort_by_metric": True,
}, "Customers in each band: red below 51 points, green from 76.")

AT_RISK = Chart("Customers at risk", "health", "table", {
    "query_mode": "raw", "all_columns": ["customer_id", "rep", "mrr", "score", "trend", "most", "second", "third"],
    "adhoc_filters": [within("as_of", LAST_DAY), where("band", "red")], "order_by_cols": ['["score", true]', '["customer_id", true]'],
    "row_limit": 1000, "page_length": 10, "table_timestamp_format": "smart_date", "show_cell_bars": False,
    "column_config": {"score": {"d3NumberFormat": ".1f"}, "trend": {"d3NumberFormat": "+.1f"},
                      "mrr": {"d3NumberFormat": "$,.2f"}, "customer_id": {"d3NumberFormat": "d"}},
    "conditional_formatting": [{"column": "trend", "operator": "<", "targetValue": -10, "colorScheme": "#D64550"}],
}, "Customers in red, the lowest health score first, and what takes most points off it.")

CHARTS = {
    "nps": headline("NPS", "answers", "nps", "Net Promoter Score", time="answered_at", filters=[where("kind", "nps")]),
    "csat": headline("CSAT (%)", "overview", "csat", "Satisfied customers"),
    "fcr": headline("FCR (%)", "overview", "fcr", "Solved at first contact"),
    "mrr": headline("MRR", "revenue", "closing", "Recurring revenue", form="$,.0f", colour=TEAL),
    "nrr": headline("NRR (%)", "revenue", "nrr", "Net revenue retention", colour=TEAL),
    "churn": headline("Churn (%)", "retention", "churn", "Customers who left", colour=RED),
    "nps_by_rep": NPS_BY_REP, "csat_by_month": CSAT_BY_MONTH, "resolution": RESOLUTION, "mrr_movements": MRR,
    "health": HEALTH, "at_risk": AT_RISK,
}

# Rows of the dashboard: charts with their widths in twelfths, and the row's height.
ROWS = [
    (24, [("nps", 2), ("csat", 2), ("fcr", 2), ("mrr", 2), ("nrr", 2), ("churn", 2)]),
    (48, [("nps_by_rep", 7), ("csat_by_month", 5)]),
    (48, [("mrr_movements", 7), ("resolution", 5)]),
    (62, [("health", 4), ("at_risk", 8)]),
]

# The same thing has the same colour in all charts.
COLOURS = {"Red": RED, "Yellow": YELLOW, "Green": GREEN,
           "new": GREEN, "reactivation": TEAL, "expansion": BLUE, "contraction": YELLOW, "churned": RED, "net_new": GREY,
           "Urgent": RED, "High": YELLOW, "Normal": BLUE, "Low": TEAL, "nps": BLUE, "csat": BLUE}
