"""Makes the database, datasets, charts and dashboard in a Superset, or changes those of an earlier run.

    publish.py URL USER

The password of USER is in BI_PASSWORD; BI_DATABASE is how Superset reaches the database.
"""

import json
import os
import sys

from charts import CHARTS, COLOURS, ROWS
from client import Superset, key
from datasets import DATASETS

TITLE, SLUG = "Customer success", "customer-success"


def publish_database(superset, uri):
    body = {"database_name": "pg_cskpi demo", "sqlalchemy_uri": uri, "expose_in_sqllab": True, "allow_dml": False}
    number = superset.find("database", database_name=body["database_name"])
    if number is None:
        return superset.call("POST", "database/", body)["id"]
    superset.call("PUT", f"database/{number}", body)
    return number


def publish_dataset(superset, name, dataset, database):
    body = {"schema": dataset.schema, "table_name": dataset.view, **({"sql": dataset.sql} if dataset.sql else {})}
    number = superset.put("dataset", name, {**body, "database": database}, create_only=["database"])
    superset.call("PUT", f"dataset/{number}/refresh")
    there = superset.call("GET", f"dataset/{number}")["result"]
    columns = [{"id": each["id"], "column_name": each["column_name"], "is_dttm": each["is_dttm"], "type": each["type"],
                "verbose_name": dataset.labels.get(each["column_name"]), "description": each["description"],
                "filterable": True, "groupby": True, "is_active": True}
               for each in there["columns"] if not each["expression"]]
    known = {each["column_name"]: {"id": each["id"]} for each in there["columns"]}
    columns += [{**known.get(name, {}), "column_name": name, "expression": sql, "verbose_name": label, "type": "TEXT",
                 "filterable": True, "groupby": True, "is_active": True}
                for name, (label, sql) in dataset.computed.items()]
    ids = {each["metric_name"]: each["id"] for each in there["metrics"]}
    metrics = [{"metric_name": metric, "expression": is_.sql, "verbose_name": is_.label, "d3format": is_.d3format,
                "description": is_.description, **({"id": ids[metric]} if metric in ids else {})}
               for metric, is_ in dataset.metrics.items()]
    superset.call("PUT", f"dataset/{number}", {"main_dttm_col": dataset.time, "columns": columns, "metrics": metrics})
    return number


def publish_chart(superset, name, chart, dataset, dashboard):
    params = {"viz_type": chart.viz, "datasource": f"{dataset}__table", **chart.params}
    return superset.put("chart", name, {
        "slice_name": chart.title, "description": chart.about, "viz_type": chart.viz, "params": json.dumps(params),
        "datasource_id": dataset, "datasource_type": "table", "dashboards": [dashboard]})


def layout(ids):
    """Where each chart stands, in the form that dashboards store."""
    places = {"DASHBOARD_VERSION_KEY": "v2",
              "ROOT_ID": {"id": "ROOT_ID", "type": "ROOT", "children": ["GRID_ID"]},
              "HEADER_ID": {"id": "HEADER_ID", "type": "HEADER", "meta": {"text": TITLE}},
              "GRID_ID": {"id": "GRID_ID", "type": "GRID", "parents": ["ROOT_ID"], "children": []}}
    for number, (height, charts) in enumerate(ROWS):
        row = f"ROW-{number}"
        places["GRID_ID"]["children"].append(row)
        places[row] = {"id": row, "type": "ROW", "parents": ["ROOT_ID", "GRID_ID"], "meta": {"background": "BACKGROUND_TRANSPARENT"},
                       "children": [f"CHART-{name}" for name, _ in charts]}
        for name, width in charts:
            places[f"CHART-{name}"] = {
                "id": f"CHART-{name}", "type": "CHART", "parents": ["ROOT_ID", "GRID_ID", row], "children": [],
                "meta": {"chartId": ids[name], "uuid": key("chart", name), "width": width, "height": height,
                         "sliceName": CHARTS[name].title}}
    return places


def main():
    url, user = sys.argv[1:]
    superset = Superset(url, user, os.environ["BI_PASSWORD"])
    database = publish_database(superset, os.environ["BI_DATABASE"])
    datasets = {name: publish_dataset(superset, name, each, database) for name, each in DATASETS.items()}
    dashboard = superset.put("dashboard", SLUG, {"dashboard_title": TITLE, "slug": SLUG, "published": True})
    charts = {name: publish_chart(superset, name, chart, datasets[chart.dataset], dashboard)
              for name, chart in CHARTS.items()}
    superset.call("PUT", f"dashboard/{dashboard}", {
        "position_json": json.dumps(layout(charts)),
        "json_metadata": json.dumps({"label_colors": COLOURS, "shared_label_colors": [], "color_scheme": "",
                                     "cross_filters_enabled": False, "refresh_frequency": 0})})
    print(f"{url}/superset/dashboard/{SLUG}/")


if __name__ == "__main__":
    main()
