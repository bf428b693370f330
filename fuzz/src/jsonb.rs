//! The reader of `jsonb`, against a reader of JSON.

use crate::input::{any, below, edit, number_of, pick, Unstructured};
use crate::json;
use crate::pg::jsonb::{Paths, Value};
use crate::pg::numeric::Numeric;
use serde_json::Value as Json;

pub fn run(data: &[u8]) {
    let Some((&kind, rest)) = data.split_first() else {
        return;
    };
    let u = &mut Unstructured::new(rest);
    match kind % 4 {
        0 => visit(rest, u),
        1 => {
            let mut bytes = json::jsonb(&json::value(u, 3));
            edit(u, &mut bytes, false);
            visit(&bytes, u);
        }
        2 => equal(&json::value(u, 3), u),
        _ => {
            if let Ok(json) = serde_json::from_slice::<Json>(rest) {
                equal(&json, &mut Unstructured::new(rest));
            }
        }
    }
}

fn paths(u: &mut Unstructured) -> Vec<&'static str> {
    (0..1 + below(u, 8)).map(|_| pick(u, &json::KEYS)).collect()
}

/// Whatever the bytes are, they do no harm.
fn visit(bytes: &[u8], u: &mut Unstructured) {
    let Ok(value) = Value::read(bytes) else {
        return;
    };
    let _ = value.alone();
    let Value::Object(object) = value else {
        return;
    };
    let _ = object.find(pick(u, &json::KEYS).as_bytes());
    let paths = Paths::new(paths(u).into_iter().map(str::as_bytes));
    let Ok(mut search) = paths.search(object) else {
        return;
    };
    let mut found = 0;
    while let Ok(Some((_, child))) = search.next() {
        found += 1;
        assert!(found <= 20, "more than one find for a path");
        if let Some(Ok(value)) = child.map(|child| child.value()) {
            let _ = value.alone().map(|bytes| Value::read(&bytes).map(|_| ()));
            if let Value::Number(bytes) = value {
                let _ = Numeric::read(bytes).map(|numeric| numeric.amount().places());
            }
        }
    }
}

/// What a path leads to, by the rules: `None` where something is no object.
fn reach<'j>(json: &'j Json, path: &str) -> Option<Option<&'j Json>> {
    if let Some(value) = json.get(path) {
        return Some(Some(value));
    }
    let mut value = json;
    for key in path.split('.') {
        match value {
            Json::Object(map) => match map.get(key) {
                Some(next) => value = next,
                None => return Some(None),
            },
            Json::Null => return Some(None),
            _ => return None,
        }
    }
    Some(Some(value))
}

fn is(value: Value, json: &Json) -> bool {
    match (value, json) {
        (Value::Null, Json::Null) => true,
        (Value::Boolean(a), Json::Bool(b)) => a == *b,
        (Value::Text(a), Json::String(b)) => a == b.as_bytes(),
        (Value::Number(a), Json::Number(_)) => {
            let read = Numeric::read(a).map(|numeric| number_of(&numeric.amount()));
            read == json::number(json)
        }
        (Value::Array, Json::Array(_)) => true,
        (Value::Object(object), Json::Object(map)) => map.iter().all(|(key, json)| {
            let found = object.find(key.as_bytes()).expect("is sound");
            is(found.expect("is there").value().expect("is sound"), json)
        }),
        _ => false,
    }
}

fn equal(json: &Json, u: &mut Unstructured) {
    let bytes = json::jsonb(json);
    let value = Value::read(&bytes).expect("is sound");
    assert!(is(value, json), "{json}");
    if let Some(alone) = value.alone() {
        assert_eq!(alone, bytes);
    }
    let Value::Object(object) = value else {
        return;
    };
    let mut paths = paths(u);
    if any(u) {
        paths.dedup();
    }
    let all = Paths::new(paths.iter().map(|path| path.as_bytes()));
    let mut found = vec![None; paths.len()];
    let mut search = all.search(object).expect("is sound");
    while let Some((path, child)) = search.next().expect("is sound") {
        assert!(found[path].is_none(), "{} twice", paths[path]);
        found[path] = Some(child);
    }
    for (path, found) in paths.iter().zip(found) {
        match (reach(json, path), found) {
            (None, Some(None)) | (Some(None), None) => {}
            (Some(Some(json)), Some(Some(child))) => {
                assert!(is(child.value().expect("is sound"), json), "{path}");
            }
            (wanted, _) => panic!("{path} should be {wanted:?}"),
        }
    }
}
