//! JSON values, and the bytes that the server's `jsonb` has for them.

use crate::input::{any, below, float, pick, signed, Unstructured};
use crate::kpi::Number;
use crate::pg::numeric::write;
use serde_json::{Map, Value as Json};

/// Keys, some of which are paths to others.
pub const KEYS: [&str; 14] = [
    "a",
    "b",
    "",
    "a.b",
    "b.a",
    "a.b.c",
    "c",
    "nps",
    "logins",
    "usage.logins",
    "usage",
    "ü",
    "a key of more than eight bytes",
    "a key of more than eight letters",
];

pub fn value(u: &mut Unstructured, depth: usize) -> Json {
    match below(u, if depth > 0 { 9 } else { 6 }) {
        0 => Json::Null,
        1 => any::<bool>(u).into(),
        2 => any::<u8>(u).into(),
        3 => signed(u).into(),
        4 => float(u).into(),
        5 => pick(u, &KEYS).into(),
        6 => (0..below(u, 4))
            .map(|_| value(u, depth - 1))
            .collect::<Vec<_>>()
            .into(),
        _ => object(u, depth - 1).into(),
    }
}

pub fn object(u: &mut Unstructured, depth: usize) -> Map<String, Json> {
    let mut map = Map::new();
    for _ in 0..below(u, 9) {
        map.insert(pick(u, &KEYS).to_string(), value(u, depth));
    }
    // So many that not every key has its place written beside it.
    if any::<u8>(u) < 16 {
        for index in 0..70 {
            map.insert(format!("key {index}"), index.into());
        }
    }
    map
}

const SCALAR: u32 = 0x1000_0000;
const OBJECT: u32 = 0x2000_0000;
const ARRAY: u32 = 0x4000_0000;
const HAS_END: u32 = 0x8000_0000;

/// The bytes after the header of a value.
pub fn jsonb(json: &Json) -> Vec<u8> {
    let (kind, children): (u32, Vec<Json>) = match json {
        Json::Array(list) => (ARRAY | list.len() as u32, list.clone()),
        Json::Object(map) => {
            let mut pairs: Vec<_> = map.iter().collect();
            pairs.sort_by_key(|(key, _)| (key.len(), key.as_bytes()));
            let keys = pairs.iter().map(|(key, _)| Json::from(key.as_str()));
            let values = pairs.iter().map(|(_, value)| (*value).clone());
            (OBJECT | map.len() as u32, keys.chain(values).collect())
        }
        scalar => (ARRAY | SCALAR | 1, vec![scalar.clone()]),
    };
    let (mut entries, mut data) = (vec![kind], Vec::new());
    for (index, child) in children.iter().enumerate() {
        let before = data.len();
        let kind = push(child, &mut data);
        entries.push(match index % 32 {
            0 => HAS_END | kind | data.len() as u32,
            _ => kind | (data.len() - before) as u32,
        });
    }
    let words = entries.into_iter().flat_map(u32::to_ne_bytes);
    words.chain(data).collect()
}

/// Appends a child, and gives its type.
fn push(child: &Json, data: &mut Vec<u8>) -> u32 {
    let padded = |data: &mut Vec<u8>| data.resize(data.len().next_multiple_of(4), 0);
    match child {
        Json::Null => 0x4000_0000,
        Json::Bool(false) => 0x2000_0000,
        Json::Bool(true) => 0x3000_0000,
        Json::String(text) => {
            data.extend(text.bytes());
            0
        }
        Json::Number(_) => {
            padded(data);
            let written = write(&number(child).expect("a number"));
            let size = written.as_bytes().len() as u32 + 4;
            let header = if cfg!(target_endian = "big") {
                size
            } else {
                size << 2
            };
            data.extend(header.to_ne_bytes());
            data.extend(written.as_bytes());
            0x1000_0000
        }
        nested => {
            padded(data);
            data.extend(jsonb(nested));
            0x5000_0000
        }
    }
}

pub fn number(json: &Json) -> Option<Number> {
    match json.as_i64() {
        Some(whole) => Some(whole.into()),
        None => Number::from_float(json.as_f64()?),
    }
}
