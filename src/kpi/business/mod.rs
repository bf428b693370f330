//! Working hours: a schedule of hours a weekday and holidays, and how much of a
//! span of time lies within them.

mod calendar;
mod schedule;

pub use calendar::{local_point, Calendar, Segment, Zone};
pub use schedule::Schedule;

#[cfg(test)]
mod tests;
