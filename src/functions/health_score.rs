//! Customer health: a weighted mean of the metrics in a JSON object.

use super::arguments::json;
use crate::kpi::error::show_bytes;
use crate::kpi::health::score::{breakdown, Metric, Part, Plan, Step, Sum};
use crate::kpi::pause::Steps;
use crate::kpi::{memory, Error, Number, Result};
use crate::pg::cache::{quick_remembered, with_remembered};
use crate::pg::call::sql_functions;
use crate::pg::io::printed_bytes;
use crate::pg::jsonb::{Child, Damaged, Object, Paths, Value};
use crate::pg::numeric::{quick_numeric, Numeric};
use crate::pg::output::{self, rows, Raw};
use crate::pg::Call;
use num_bigint::BigInt;
use pgrx::pg_sys::{self, Datum};
use pgrx::IntoDatum;

const METRICS: usize = 0;
const WEIGHTS: usize = 1;

/// Bytes that a metric of a breakdown takes.
const EACH: usize = 4096;

/// Weights, as a query needs them again for each row.
struct Reader {
    plan: Plan,
    paths: Paths,
}

impl Reader {
    #[cold]
    fn new(call: &Call) -> Result<Reader> {
        let text = json(call, WEIGHTS, "weights")?;
        // One character for each byte.
        let text: String = text.iter().map(|&byte| char::from(byte)).collect();
        let plan = Plan::from_json(&text)?;
        let paths = Paths::new(plan.weights.iter().map(|weight| &*weight.key));
        Ok(Reader { plan, paths })
    }

    /// The score's numerator and denominator in 128 bits. `None` where these
    /// do not suffice, or anything is wrong.
    #[inline(always)]
    fn quick(&self, metrics: Object) -> Option<Sum<i128>> {
        let entries = self.plan.quick.as_deref()?;
        let mut sum = Sum::new();
        let mut search = self.paths.search(metrics).ok()?;
        while let Some((index, found)) = search.next().ok()? {
            let step = self.plan.weights.get(index)?.quick(metric(found)?)?;
            sum.add(entries.get(index)?, step)?;
        }
        Some(sum)
    }

    /// The same in as many bits as it takes.
    fn exact(&self, metrics: Object) -> Result<Sum<BigInt>> {
        let (mut sum, mut steps) = (Sum::new(), Steps::default());
        let mut search = self.paths.search(metrics)?;
        while let Some((index, found)) = search.next()? {
            steps.large();
            // Numbers of any size fit.
            let _ = sum.add(&self.plan.exact[index], self.judge(index, found)?);
        }
        Ok(sum)
    }

    fn judge<'a>(&self, index: usize, found: Option<Child<'a>>) -> Result<Step<'a>> {
        self.plan.weights[index].judge(metric(found).ok_or(Damaged)?)
    }
}

/// `None` for what JSON does not have.
#[inline(always)]
fn metric(found: Option<Child>) -> Option<Metric> {
    let Some(child) = found else {
        return Some(Metric::Astray);
    };
    Some(match child.value().ok()? {
        Value::Number(bytes) => Metric::Number(Numeric::read(bytes)?.amount()),
        Value::Text(text) => Metric::Text(text),
        Value::Boolean(value) => Metric::Boolean(value),
        Value::Null => Metric::Null,
        Value::Array => Metric::Array,
        Value::Object(_) => Metric::Object,
    })
}

/// What `measure` makes of the weights and the metrics, which are `None` where
/// they are NULL or the null of JSON. Not STRICT, because NULL weights are an
/// error.
fn measured<R>(
    call: &Call,
    measure: impl FnOnce(&Reader, Option<Object>) -> Result<R>,
) -> Result<R> {
    if call.is_null(WEIGHTS) {
        return Err(Error::invalid_parameter("weights is NULL"));
    }
    with_remembered(
        call,
        [call.bytes(WEIGHTS), &[]],
        || Reader::new(call),
        |reader| {
            if call.is_null(METRICS) {
                return measure(reader, None);
            }
            match Value::read(call.bytes(METRICS))? {
                Value::Object(metrics) => measure(reader, Some(metrics)),
                Value::Null => measure(reader, None),
                _ => Err(refuse_metrics(call)),
            }
        },
    )
}

#[cold]
fn refuse_metrics(call: &Call) -> Error {
    let shown = show_bytes(printed_bytes(pg_sys::jsonb_out, call.datum(METRICS)), 60);
    Error::invalid_parameter(format_args!("metrics {shown} is no object"))
        .hint(r#"Metrics look like {"nps": 40, "logins": 12, "plan": "pro"}."#)
}

/// The usual case: everything is in place, and has been seen before.
#[inline(always)]
fn quick_measured(
    call: &Call,
    result: impl FnOnce(&Plan, Sum<i128>) -> Option<Number>,
) -> Option<Datum> {
    if call.is_null(METRICS) || call.is_null(WEIGHTS) {
        return None;
    }
    let weights = [call.bytes_in_place(WEIGHTS)?, &[]];
    let Ok(Value::Object(metrics)) = Value::read(call.bytes_in_place(METRICS)?) else {
        return None;
    };
    quick_remembered(call, weights, |reader: &Reader| {
        quick_numeric(&result(&reader.plan, reader.quick(metrics)?)?)
    })
}

#[inline(always)]
fn quick_score(call: &Call) -> Option<Datum> {
    quick_measured(call, |_, sum| sum.score())
}

fn health_score(call: &Call) -> Result<Option<Number>> {
    measured(call, |reader, metrics| {
        let Some(metrics) = metrics else {
            return Ok(None);
        };
        match reader.quick(metrics).and_then(|sum| sum.score()) {
            Some(score) => Ok(Some(score)),
            None => Ok(reader.exact(metrics)?.exact_score()),
        }
    })
}

#[inline(always)]
fn quick_coverage(call: &Call) -> Option<Datum> {
    quick_measured(call, |plan, sum| sum.coverage(plan))
}

fn health_coverage(call: &Call) -> Result<Option<Number>> {
    measured(call, |reader, metrics| {
        let (Some(metrics), plan) = (metrics, &reader.plan) else {
            return Ok(None);
        };
        match reader.quick(metrics).and_then(|sum| sum.coverage(plan)) {
            Some(coverage) => Ok(Some(coverage)),
            None => Ok(reader.exact(metrics)?.exact_coverage(plan)),
        }
    })
}

fn health_breakdown(call: &Call) -> Result<Raw> {
    measured(call, |reader, metrics| {
        let Some(metrics) = metrics else {
            return Ok(rows::<8>(call, std::iter::empty()));
        };
        let plan = &reader.plan;
        // What is known of each metric, and of its parts.
        memory::prove(EACH * plan.weights.len())?;
        let mut steps = vec![Step::Missing; plan.weights.len()];
        let mut values = vec![Value::Null; plan.weights.len()];
        let mut search = reader.paths.search(metrics)?;
        let mut judged = Steps::default();
        while let Some((index, found)) = search.next()? {
            judged.step();
            steps[index] = reader.judge(index, found)?;
            if let Some(child) = found {
                values[index] = child.value()?;
            }
        }
        let breakdown = breakdown(plan, &steps);
        let coverage = breakdown.coverage;
        let row = |part: Part| {
            let weight = &plan.weights[part.index];
            let value = match values[part.index] {
                Value::Null => None,
                value => value.datum(),
            };
            let of_score = part.of_score.as_ref();
            [
                output::Value(weight.key.to_vec()).into_datum(),
                value,
                part.points.into_datum(),
                weight.weight.into_datum(),
                of_score.and_then(|of| of.weight_used.into_datum()),
                of_score.and_then(|of| of.contribution.into_datum()),
                of_score.and_then(|of| of.lost.into_datum()),
                coverage.into_datum(),
            ]
        };
        Ok(rows(call, breakdown.parts.into_iter().map(row)))
    })
}

sql_functions! {
    cskpi_health_score => health_score, quick quick_score;
    cskpi_health_coverage => health_coverage, quick quick_coverage;
    cskpi_health_breakdown => health_breakdown;
}
