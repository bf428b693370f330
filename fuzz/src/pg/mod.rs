//! The readers of `src/pg` that call no server.

#[path = "../../../src/pg/jsonb/mod.rs"]
pub mod jsonb;
#[path = "../../../src/pg/numeric/digits.rs"]
pub mod numeric;
