use rust_decimal::Decimal;
use sqlx::postgres::types::PgInterval;
use sqlx::{Connection, PgConnection};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect("postgres://").await?;
    let (nps, time): (Decimal, PgInterval) = sqlx::query_as(
        "SELECT nps(score), median_duration(asked_at, answered_at) FROM answers WHERE rep = $1",
    )
    .bind("Ana")
    .fetch_one(&mut connection)
    .await?;
    let churn: Decimal = sqlx::query_scalar("SELECT churn_rate($1, $2)")
        .bind(1000_i64)
        .bind(64_i64)
        .fetch_one(&mut connection)
        .await?;
    // A summary is read as text, and passed back with its type.
    let summary: String =
        sqlx::query_scalar("SELECT survey_agg(score)::text FROM answers WHERE rep = $1")
            .bind("Ana")
            .fetch_one(&mut connection)
            .await?;
    let again: Decimal = sqlx::query_scalar("SELECT nps($1::survey_summary)")
        .bind(summary)
        .fetch_one(&mut connection)
        .await?;
    println!("{nps} {churn} {} {again}", time.microseconds / 1_000_000);
    Ok(())
}
