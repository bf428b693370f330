//! pg_cskpi: customer-success KPIs in SQL.
//!
//! [`kpi`] holds the formulas and knows no PostgreSQL; [`pg`] is the boundary
//! and the only unsafe code; [`functions`] binds the two. What SQL sees is
//! written by hand in `sql/`, one file a family.

mod functions;
mod kpi;
mod pg;
mod schema;

::pgrx::pg_module_magic!(name, version);

/// What `cargo pgrx test` asks for.
#[cfg(test)]
pub mod pg_test {
    pub fn setup(_options: Vec<&str>) {}

    pub fn postgresql_conf_options() -> Vec<&'static str> {
        vec![]
    }
}
