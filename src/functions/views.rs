//! The views for BI tools, as SQL needs them to build them.

use super::business_time::find_zone;
use crate::kpi::subscriptions::months_between;
use crate::kpi::views::{Class, Column, Source, View, SOURCES, VIEWS};
use crate::kpi::Result;
use crate::pg::call::sql_functions;
use crate::pg::encoding::ServerText;
use crate::pg::output::{rows, Raw};
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use pgrx::IntoDatum;
use serde_json::{json, Value};

/// `kpi_view_definitions()`
fn definitions(_: &Call) -> Result<Raw> {
    let sources: Vec<Value> = SOURCES.iter().flat_map(columns).collect();
    let views: Vec<Value> = VIEWS.iter().map(view).collect();
    let text = json!({ "columns": sources, "views": views }).to_string();
    Ok(Raw(ServerText(&text).into_datum()))
}

fn columns(source: &'static Source) -> impl Iterator<Item = Value> {
    source.columns.iter().map(|column: &Column| {
        json!({
            "relation": source.name,
            "name": column.name,
            "class": column.class.name(),
            "missing": missing(column.class),
            "mandatory": column.is_mandatory,
        })
    })
}

/// What is read where there is no such column.
fn missing(class: Class) -> &'static str {
    match class {
        Class::Text | Class::Key => "NULL::text",
        Class::Number => "NULL::numeric",
        Class::Time => "NULL::timestamptz",
        Class::Interval => "NULL::interval",
        Class::Boolean => "NULL::boolean",
        Class::Json => "NULL::jsonb",
    }
}

fn view(view: &View) -> Value {
    let text = view.text();
    let needs = view.needs.iter().map(|name| (name, true));
    let uses = view.uses.iter().map(|name| (name, false));
    let reads: Vec<Value> = needs
        .chain(uses)
        .map(|(name, mandatory)| json!({ "relation": name, "mandatory": mandatory }))
        .collect();
    let columns = text.columns.iter();
    let columns: Vec<Value> = columns
        .map(|(name, comment)| json!({ "name": name, "comment": comment }))
        .collect();
    let others = view.views.iter();
    let others: Vec<Value> = others
        .map(|(name, otherwise)| json!({ "name": name, "otherwise": otherwise }))
        .collect();
    json!({
        "name": view.name,
        "comment": text.comment,
        "columns": columns,
        "grain": view.grain,
        "reads": reads,
        "views": others,
        "query": text.query,
    })
}

/// `kpi_view_time_zone(time_zone)`: as it is spelt in the server's tables.
fn time_zone(call: &Call) -> Result<Raw> {
    let zone = find_zone(call, 0)?;
    Ok(Raw(ServerText(&zone.name()).into_datum()))
}

/// `kpi_view_months(first, until)`: the first days of the months from that of
/// `first` until before `until`.
fn months(call: &Call) -> Result<Raw> {
    let days = months_between(call.date(0), call.date(1));
    Ok(rows(call, days.map(|day| [Some(Datum::from(day))])))
}

sql_functions! {
    cskpi_view_months => months;
    cskpi_view_definitions => definitions;
    cskpi_view_time_zone => time_zone;
}
