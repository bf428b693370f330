//! Asks what a file says, one question a line, and prints what came back: see tests/lib/clients/asking.py.

use std::time::Duration;

use bigdecimal::BigDecimal;
use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use rust_decimal::Decimal;
use sqlx::postgres::types::{PgInterval, PgRange};
use sqlx::postgres::{PgArguments, PgConnectOptions, PgConnection, PgRow};
use sqlx::query::Query;
use sqlx::{Column, Connection, Postgres, Row, TypeInfo, ValueRef};

type Failure = Box<dyn std::error::Error + Send + Sync>;
type Asked<'q> = Query<'q, Postgres, PgArguments>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("which file?")?;
    let mut connection = PgConnection::connect_with(&PgConnectOptions::new()).await?;
    for line in std::fs::read_to_string(file)?.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if let Err(error) = ask(&mut connection, &cells).await {
            tell(cells[0], &error);
        }
    }
    Ok(connection.close().await?)
}

fn tell(id: &str, error: &Failure) {
    let server = match error.downcast_ref::<sqlx::Error>() {
        Some(sqlx::Error::Database(error)) => {
            Some(error.downcast_ref::<sqlx::postgres::PgDatabaseError>())
        }
        _ => None,
    };
    match server {
        Some(error) => print(&[
            Some(id),
            Some("error"),
            Some(error.code()),
            Some(error.message()),
            error.hint(),
        ]),
        None => print(&[
            Some(id),
            Some("error"),
            None,
            Some(&error.to_string()),
            None,
        ]),
    }
}

async fn ask(connection: &mut PgConnection, cells: &[&str]) -> Result<(), Failure> {
    // Statements are remembered by their text alone, and here one text comes with values of several types.
    let mut query = sqlx::query(cells[1]).persistent(false);
    for cell in &cells[2..] {
        let (kind, text) = cell.split_once('=').ok_or("no kind")?;
        query = bind(query, kind, Some(text).filter(|text| *text != "\\N"))?;
    }
    for (number, row) in query.fetch_all(connection).await?.iter().enumerate() {
        for column in row.columns() {
            let type_ = column.type_info().name();
            let (class, text) = read(row, column.ordinal(), type_)?;
            let class = text.is_some().then_some(class);
            print(&[
                Some(cells[0]),
                Some("value"),
                Some(&number.to_string()),
                Some(type_),
                class,
                text.as_deref(),
            ]);
        }
    }
    print(&[Some(cells[0]), Some("done")]);
    Ok(())
}

/// How a program would pass a value of this kind.
fn bind<'q>(query: Asked<'q>, kind: &str, text: Option<&str>) -> Result<Asked<'q>, Failure> {
    macro_rules! parsed {
        ($type:ty) => {
            query.bind(text.map(str::parse::<$type>).transpose()?)
        };
    }
    Ok(match kind {
        "numeric" => parsed!(Decimal),
        "bigint" => parsed!(i64),
        "integer" => parsed!(i32),
        "double precision" => parsed!(f64),
        "boolean" => parsed!(bool),
        "timestamp with time zone" => parsed!(DateTime<Utc>),
        "timestamp without time zone" => parsed!(NaiveDateTime),
        "date" => parsed!(NaiveDate),
        "uuid" => parsed!(uuid::Uuid),
        "jsonb" => parsed!(serde_json::Value),
        // In seconds.
        "interval" => {
            let seconds = text.map(str::parse::<f64>).transpose()?;
            query.bind(
                seconds
                    .map(|s| PgInterval::try_from(Duration::from_micros((s * 1e6).round() as u64)))
                    .transpose()?,
            )
        }
        _ => query.bind(text.map(str::to_owned)),
    })
}

/// The value as the type that suits it: its name, and its text as all clients write it.
fn read(row: &PgRow, i: usize, type_: &str) -> Result<(&'static str, Option<String>), Failure> {
    if row.try_get_raw(i)?.is_null() {
        return Ok(("", None));
    }
    Ok(match type_ {
        "NUMERIC" => {
            let value: Decimal = row.try_get(i)?;
            let same: BigDecimal = row.try_get(i)?;
            if same.normalized()
                != value
                    .normalize()
                    .to_string()
                    .parse::<BigDecimal>()?
                    .normalized()
            {
                return Err(format!("as BigDecimal {same}, as Decimal {value}").into());
            }
            ("rust_decimal::Decimal", Some(value.to_string()))
        }
        "INT8" => ("i64", Some(row.try_get::<i64, _>(i)?.to_string())),
        "INT4" => ("i32", Some(row.try_get::<i32, _>(i)?.to_string())),
        "BOOL" => ("bool", Some(row.try_get::<bool, _>(i)?.to_string())),
        "TEXT" => ("String", Some(row.try_get::<String, _>(i)?)),
        "DATE" => {
            let value: NaiveDate = row.try_get(i)?;
            let same: time::Date = row.try_get(i)?;
            if same.to_string() != value.to_string() {
                return Err(format!("as time::Date {same}, as chrono::NaiveDate {value}").into());
            }
            ("chrono::NaiveDate", Some(value.to_string()))
        }
        "TIMESTAMPTZ" => {
            let value: DateTime<Utc> = row.try_get(i)?;
            let same: time::OffsetDateTime = row.try_get(i)?;
            if same.unix_timestamp() != value.timestamp() {
                return Err(
                    format!("as time::OffsetDateTime {same}, as chrono::DateTime {value}").into(),
                );
            }
            (
                "chrono::DateTime<Utc>",
                Some(value.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            )
        }
        "INTERVAL" => ("PgInterval", Some(seconds(row.try_get(i)?)?)),
        "NUMRANGE" => (
            "PgRange<Decimal>",
            Some(row.try_get::<PgRange<Decimal>, _>(i)?.to_string()),
        ),
        "JSONB" => (
            "serde_json::Value",
            Some(row.try_get::<serde_json::Value, _>(i)?.to_string()),
        ),
        // Fails: sqlx checks the type.
        _ if type_.ends_with("_summary") => ("String", Some(row.try_get::<String, _>(i)?)),
        _ => return Err(format!("no reader for {type_}").into()),
    })
}

// Intervals of the extension have no months, and its days have 24 hours.
fn seconds(read: PgInterval) -> Result<String, Failure> {
    if read.months != 0 {
        return Err(format!("months in {read:?}").into());
    }
    let duration = chrono::Duration::days(read.days.into())
        + chrono::Duration::microseconds(read.microseconds);
    let micros = duration.num_microseconds().ok_or("too long")?;
    Ok((Decimal::from(micros) / Decimal::from(1_000_000))
        .normalize()
        .to_string())
}

fn print(cells: &[Option<&str>]) {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| match cell {
            Some(text) => text
                .replace('\\', "\\\\")
                .replace('\t', "\\t")
                .replace('\n', "\\n"),
            None => "\\N".to_owned(),
        })
        .collect();
    println!("{}", cells.join("\t"));
}
