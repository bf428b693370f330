//! What texts say: the sentiment of one text, accessors of `sentiment_summary`,
//! its input and output.

use super::arguments::bigint;
use super::summary_type::{
    eq, finish, hash, hash_extended, ne, type_in, type_out, type_recv, type_send, SummaryType,
};
use crate::kpi::pause::pause;
use crate::kpi::sentiment::{self, quick_score, score, Lexicon, Score, Sentiment, EMPTY_LEN};
use crate::kpi::{Number, Result};
use crate::pg::call::sql_functions;
use crate::pg::encoding::{quick_utf8, utf8};
use crate::pg::numeric::quick_ten_thousandths;
use crate::pg::output::Raw;
use crate::pg::state::State;
use crate::pg::Call;
use pgrx::pg_sys::Datum;
use std::borrow::Cow;

/// Texts from this length on are for the guarded way, which lets the server
/// cancel the query.
const LONG: usize = 1 << 16;

/// Of a text argument.
pub fn score_of(call: &Call, index: usize) -> Result<Score> {
    score(Lexicon::get(), &utf8(call.bytes(index))?, pause)
}

/// As [`score_of`], without the guard. Cannot panic, nor call the server.
#[inline(always)]
pub fn quick_score_of(call: &Call, index: usize) -> Option<Score> {
    let text = quick_utf8(call.bytes_in_place(index)?).filter(|text| text.len() < LONG)?;
    quick_score(Lexicon::ready()?, text)
}

fn sentiment(call: &Call) -> Result<Number> {
    Ok(Number::from_scaled(score_of(call, 0)?.units().into(), -4))
}

#[inline(always)]
fn sentiment_quick(call: &Call) -> Option<Datum> {
    quick_score_of(call, 0).map(|score| quick_ten_thousandths(score.units()))
}

fn sentiment_label(call: &Call) -> Result<&'static str> {
    Ok(score_of(call, 0)?.label())
}

// Merging.

fn summary(call: &Call, index: usize) -> Result<Sentiment<&[u8]>> {
    Sentiment::open(call.bytes(index))
}

fn combine(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    Sentiment::open(&mut *state.bytes)?.merge(&summary(call, 1)?)?;
    Ok(Raw(Some(state.datum())))
}

fn subtract(call: &Call) -> Result<Raw> {
    let state = State::argument(call, EMPTY_LEN);
    let known = Sentiment::open(&mut *state.bytes)?.subtract(&summary(call, 1)?);
    Ok(Raw(known.then(|| state.datum())))
}

// Accessors, which are also the final functions of the aggregates.

fn avg_sentiment(call: &Call) -> Result<Option<Number>> {
    summary(call, 0)?.average()
}

fn positive_feedback_rate(call: &Call) -> Result<Option<Number>> {
    summary(call, 0)?.positive_rate()
}

fn comments(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.comments()?)
}

fn positive_comments(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.content().positive)
}

fn neutral_comments(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.content().neutral)
}

fn negative_comments(call: &Call) -> Result<i64> {
    bigint(summary(call, 0)?.content().negative)
}

/// The SQL type `sentiment_summary`.
struct SentimentSummary;

impl SummaryType for SentimentSummary {
    fn from_text(text: &str) -> Result<Vec<u8>> {
        sentiment::from_text(text)
    }

    fn to_text(bytes: &[u8]) -> Result<String> {
        sentiment::to_text(&Sentiment::open(bytes)?)
    }

    fn from_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sentiment::from_wire(bytes)
    }

    fn to_wire(bytes: &[u8]) -> Result<Vec<u8>> {
        sentiment::to_wire(&Sentiment::open(bytes)?)
    }

    fn finished(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
        Sentiment::open(bytes).map(|_| bytes.into())
    }
}

sql_functions! {
    cskpi_sentiment => sentiment, quick sentiment_quick;
    cskpi_sentiment_label => sentiment_label;
    cskpi_sentiment_combine => combine;
    cskpi_sentiment_subtract => subtract;
    cskpi_sentiment_final => finish::<SentimentSummary>;
    cskpi_avg_sentiment => avg_sentiment;
    cskpi_positive_feedback_rate => positive_feedback_rate;
    cskpi_comments => comments;
    cskpi_positive_comments => positive_comments;
    cskpi_neutral_comments => neutral_comments;
    cskpi_negative_comments => negative_comments;
    cskpi_sentiment_summary_in => type_in::<SentimentSummary>;
    cskpi_sentiment_summary_out => type_out::<SentimentSummary>;
    cskpi_sentiment_summary_recv => type_recv::<SentimentSummary>;
    cskpi_sentiment_summary_send => type_send::<SentimentSummary>;
    cskpi_sentiment_summary_eq => eq::<SentimentSummary>;
    cskpi_sentiment_summary_ne => ne::<SentimentSummary>;
    cskpi_sentiment_summary_hash => hash::<SentimentSummary>;
    cskpi_sentiment_summary_hash_extended => hash_extended::<SentimentSummary>;
}
