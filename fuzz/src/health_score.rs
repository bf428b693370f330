//! Scores of health: weights and metrics from anywhere.

use crate::input::{about, any, below, edit, pick, whole, Unstructured};
use crate::json;
use crate::kpi::amount::cells;
use crate::kpi::health::score::{breakdown, Part};
use crate::kpi::Number;
use crate::pg::jsonb::{Object, Value};
use crate::reader::Reader;
use serde_json::Value as Json;

pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let u = &mut Unstructured::new(rest);
    match kind % 4 {
        // Weights and metrics as texts.
        0 => {
            let end = rest
                .iter()
                .position(|&byte| byte == b'\n')
                .unwrap_or(rest.len());
            let (weights, metrics) = rest.split_at(end);
            let metrics = serde_json::from_slice::<Json>(metrics);
            let metrics = metrics.unwrap_or_else(|_| json::object(u, 2).into());
            measure(weights, &json::jsonb(&metrics));
        }
        1 => {
            let weights = weights(u);
            let metrics = Json::from(json::object(u, 2));
            measure(weights.as_bytes(), &json::jsonb(&metrics));
        }
        2 => {
            let mut weights = weights(u).into_bytes();
            edit(u, &mut weights, true);
            measure(&weights, &json::jsonb(&json::object(u, 2).into()));
        }
        _ => {
            let weights = weights(u);
            let mut metrics = json::jsonb(&json::object(u, 2).into());
            edit(u, &mut metrics, false);
            measure(weights.as_bytes(), &metrics);
        }
    }
}

fn decimal(u: &mut Unstructured) -> String {
    match below(u, 4) {
        0 => below(u, 101).to_string(),
        1 => format!("{}.{}", below(u, 1000), below(u, 1000)),
        2 => format!("{}{}", pick(u, &["", "-"]), whole(u)),
        _ => format!("{}e{}", any::<i16>(u), below(u, 70) as i32 - 35),
    }
}

fn weights(u: &mut Unstructured) -> String {
    let mut entries = Vec::new();
    for _ in 0..below(u, 6) {
        let weight = below(u, 20);
        let rule = match below(u, 4) {
            0 => weight.to_string(),
            1 => format!(r#"{{"weight": {}}}"#, decimal(u)),
            2 => {
                let (min, max) = (decimal(u), decimal(u));
                format!(r#"{{"weight": {weight}, "min": {min}, "max": {max}}}"#)
            }
            _ => {
                let names = ["true", "false", "0", "12", "1.5", "nps", "ü"];
                let one =
                    |u: &mut Unstructured| format!(r#""{}": {}"#, pick(u, &names), decimal(u));
                let map: Vec<_> = (0..1 + below(u, 4)).map(|_| one(u)).collect();
                format!(r#"{{"weight": {weight}, "map": {{{}}}}}"#, map.join(", "))
            }
        };
        entries.push(format!(r#""{}": {rule}"#, pick(u, &json::KEYS)));
    }
    format!("{{{}}}", entries.join(", "))
}

fn measure(weights: &[u8], metrics: &[u8]) {
    let (Ok(reader), Ok(Value::Object(metrics))) = (Reader::of_json(weights), Value::read(metrics))
    else {
        return;
    };
    let (quick, exact) = (reader.quick(metrics), reader.exact(metrics));
    let Ok(exact) = exact else {
        let any = quick.and_then(|sum| sum.score());
        assert!(
            any.is_none(),
            "the quick way takes what the exact one refuses"
        );
        return;
    };
    let (score, coverage) = (exact.exact_score(), exact.exact_coverage(&reader.plan));
    for value in [score, coverage].into_iter().flatten() {
        assert!(
            (0.0..=100.0).contains(&about(&value)),
            "{value} is not in 0 to 100"
        );
    }
    if let Some(quick) = quick {
        assert!(
            quick.score().is_none_or(|quick| Some(quick) == score),
            "{score:?}"
        );
        let quick = quick.coverage(&reader.plan);
        assert!(
            quick.is_none_or(|quick| Some(quick) == coverage),
            "{coverage:?}"
        );
    }
    parts(&reader, metrics, score, coverage);
}

fn parts(reader: &Reader, metrics: Object, score: Option<Number>, coverage: Option<Number>) {
    let (steps, values) = reader.steps(metrics).expect("was read before");
    assert_eq!(values.len(), steps.len());
    let breakdown = breakdown(&reader.plan, &steps);
    assert!(breakdown.coverage == coverage);
    assert_eq!(breakdown.parts.len(), reader.plan.weights.len());
    let mut sums = [Number::ZERO; 3];
    for Part {
        points, of_score, ..
    } in &breakdown.parts
    {
        assert!(points.is_none_or(|points| (0.0..=100.0).contains(&about(&points))));
        assert_eq!(of_score.is_some(), score.is_some());
        if let Some(of) = of_score {
            for (sum, one) in sums
                .iter_mut()
                .zip([of.weight_used, of.contribution, of.lost])
            {
                assert!(!one.is_negative(), "{one}");
                // The lost part of many places may be too long for a sum.
                let Some(more) = cells::total(sum, &one, 1) else {
                    return;
                };
                *sum = more;
            }
        }
    }
    if let Some(score) = score {
        assert!(
            sums[1] == score,
            "the contributions are {}, the score {score}",
            sums[1]
        );
        assert!(sums[0] == Number::from(100), "the weights are {}", sums[0]);
    }
}
