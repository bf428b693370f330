//! The boundary to PostgreSQL, and the only unsafe code.
//!
//! * [`call`]: how the server enters a function, and how an error leaves it;
//! * [`memory`]: what happens when there is none left;
//! * [`name`]: under which name an error is reported;
//! * [`varlena`]: variable-length values read in place;
//! * [`state`]: aggregate states changed in place;
//! * [`encoding`]: texts in the encoding of the database;
//! * [`io`]: text and binary forms of our types;
//! * [`jsonb`]: the `jsonb` datum, value by value;
//! * [`numeric`]: the `numeric` datum, digit by digit, in both directions;
//! * [`exact`]: the server's own arithmetic, for what does not fit ours;
//! * [`time`]: timestamps and intervals;
//! * [`output`]: results of more than one value;
//! * [`records`]: rows of a table as an argument;
//! * [`zone`]: the server's time zones;
//! * [`cache`]: what a query's calls of a function remember.

pub mod cache;
pub mod call;
pub mod encoding;
pub mod error;
pub mod exact;
pub mod io;
pub mod jsonb;
pub mod memory;
pub mod name;
pub mod numeric;
pub mod output;
pub mod records;
pub mod state;
pub mod time;
pub mod varlena;
pub mod zone;

pub use call::Call;

#[cfg(any(test, feature = "pg_test"))]
mod tests;
