//! The user's relations that the views are built over.

/// What a column has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Anything, read as text.
    Text,
    /// What tells customers or rows from each other.
    Key,
    Number,
    /// A point in time, a local time or a date.
    Time,
    Interval,
    Boolean,
    Json,
}

impl Class {
    pub fn name(self) -> &'static str {
        match self {
            Class::Text => "text",
            Class::Key => "key",
            Class::Number => "number",
            Class::Time => "time",
            Class::Interval => "interval",
            Class::Boolean => "boolean",
            Class::Json => "jsonb",
        }
    }
}

#[derive(Debug)]
pub struct Column {
    pub name: &'static str,
    pub class: Class,
    pub is_mandatory: bool,
}

#[derive(Debug)]
pub struct Source {
    pub name: &'static str,
    pub columns: &'static [Column],
}

/// The columns that a source must have, and those that it may have.
macro_rules! source {
    ($name:ident { $($must:ident: $is:ident),+ } $({ $($may:ident: $be:ident),+ })?) => {
        Source {
            name: stringify!($name),
            columns: &[
                $(Column { name: stringify!($must), class: Class::$is, is_mandatory: true },)+
                $($(Column { name: stringify!($may), class: Class::$be, is_mandatory: false },)+)?
            ],
        }
    };
}

pub const SOURCES: [Source; 9] = [
    source!(survey_responses {
        respondent_id: Key, kind: Text, score: Number, answered_at: Time
    } {
        rep: Text, customer_id: Key, channel: Text, comment: Text
    }),
    source!(tickets {
        ticket_id: Key, created_at: Time, first_reply_at: Time, resolved_at: Time,
        contacts: Number
    } {
        rep: Text, customer_id: Key, channel: Text, priority: Text, case_type: Text,
        handle_time: Interval, reopened: Boolean, escalated: Boolean
    }),
    source!(subscriptions {
        subscription_id: Key, customer_id: Key, amount: Number, billing_period: Interval,
        started_at: Time, ended_at: Time
    } {
        plan: Text, rep: Text, trial_started_at: Time, converted_at: Time,
        renewal_due_at: Time, renewed: Boolean, currency: Text
    }),
    source!(orders {
        order_id: Key, customer_id: Key, amount: Number, ordered_at: Time
    } {
        promised_at: Time, delivered_at: Time, correct: Boolean
    }),
    source!(expenses {
        kind: Text,
        amount: Number,
        spent_at: Time
    }),
    source!(usage_events {
        customer_id: Key,
        user_id: Key,
        occurred_at: Time
    }),
    source!(visits {
        visitor_id: Key, started_at: Time, pages_viewed: Number
    } {
        converted: Boolean
    }),
    source!(customer_metrics {
        customer_id: Key, as_of: Time, metrics: Json
    } {
        rep: Text
    }),
    source!(health_weights { weights: Json }),
];
