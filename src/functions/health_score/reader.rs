//! Weights and metrics brought together, without a server.

use crate::kpi::health::score::{Metric, Plan, Step, Sum};
use crate::kpi::pause::Steps;
use crate::kpi::Result;
use crate::pg::jsonb::{Child, Damaged, Object, Paths, Value};
use crate::pg::numeric::Numeric;
use num_bigint::BigInt;

/// Weights, as a query needs them again for each row.
pub struct Reader {
    pub plan: Plan,
    paths: Paths,
}

impl Reader {
    /// Of a JSON text in the encoding of the database.
    pub fn of_json(text: &[u8]) -> Result<Reader> {
        // One character for each byte.
        let text: String = text.iter().map(|&byte| char::from(byte)).collect();
        let plan = Plan::from_json(&text)?;
        let paths = Paths::new(plan.weights.iter().map(|weight| &*weight.key));
        Ok(Reader { plan, paths })
    }

    /// The score's numerator and denominator in 128 bits. `None` where these
    /// do not suffice, or anything is wrong.
    #[inline(always)]
    pub fn quick(&self, metrics: Object) -> Option<Sum<i128>> {
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
    pub fn exact(&self, metrics: Object) -> Result<Sum<BigInt>> {
        let (mut sum, mut steps) = (Sum::new(), Steps::default());
        let mut search = self.paths.search(metrics)?;
        while let Some((index, found)) = search.next()? {
            steps.large();
            // Numbers of any size fit.
            let _ = sum.add(&self.plan.exact[index], self.judge(index, found)?);
        }
        Ok(sum)
    }

    /// What each weight's metric comes to, and its value.
    pub fn steps<'a>(&self, metrics: Object<'a>) -> Result<(Vec<Step<'a>>, Vec<Value<'a>>)> {
        let mut steps = vec![Step::Missing; self.plan.weights.len()];
        let mut values = vec![Value::Null; self.plan.weights.len()];
        let mut search = self.paths.search(metrics)?;
        let mut judged = Steps::default();
        while let Some((index, found)) = search.next()? {
            judged.step();
            steps[index] = self.judge(index, found)?;
            if let Some(child) = found {
                values[index] = child.value()?;
            }
        }
        Ok((steps, values))
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
