use super::*;
use crate::pg::numeric::{write, Numeric};
use proptest::prelude::*;
use serde_json::Value as Json;

/// The bytes of a container as the server writes them.
fn container(json: &Json) -> Vec<u8> {
    let (kind, children): (u32, Vec<Json>) = match json {
        Json::Array(list) => (ARRAY | list.len() as u32, list.clone()),
        Json::Object(map) => {
            let mut pairs: Vec<_> = map.iter().collect();
            pairs.sort_by(|a, b| compare(a.0.as_bytes(), b.0.as_bytes()));
            let keys = pairs.iter().map(|(key, _)| Json::from(key.as_str()));
            let values = pairs.iter().map(|(_, value)| (*value).clone());
            (OBJECT | map.len() as u32, keys.chain(values).collect())
        }
        scalar => (ARRAY | SCALAR | 1, vec![scalar.clone()]),
    };
    let (mut entries, mut data) = (Vec::new(), Vec::new());
    for (index, child) in children.iter().enumerate() {
        let before = data.len();
        let kind = push(child, &mut data);
        entries.push(match index % 32 {
            0 => HAS_END | kind | data.len() as u32,
            _ => kind | (data.len() - before) as u32,
        });
    }
    let words = std::iter::once(kind).chain(entries);
    words.flat_map(u32::to_ne_bytes).chain(data).collect()
}

fn push(child: &Json, data: &mut Vec<u8>) -> u32 {
    let padded = |data: &mut Vec<u8>| data.resize(data.len().next_multiple_of(4), 0);
    match child {
        Json::Null => NULL,
        Json::Bool(false) => FALSE,
        Json::Bool(true) => TRUE,
        Json::String(text) => {
            data.extend(text.bytes());
            STRING
        }
        Json::Number(number) => {
            padded(data);
            let written = write(&number.as_i64().unwrap().into());
            data.extend(numeric_header(written.as_bytes().len()).to_ne_bytes());
            data.extend(written.as_bytes());
            NUMERIC
        }
        nested => {
            padded(data);
            data.extend(container(nested));
            CONTAINER
        }
    }
}

fn is(value: Value, json: &Json) -> bool {
    match (value, json) {
        (Value::Null, Json::Null) => true,
        (Value::Boolean(a), Json::Bool(b)) => a == *b,
        (Value::Text(a), Json::String(b)) => a == b.as_bytes(),
        (Value::Number(a), Json::Number(b)) => a == write(&b.as_i64().unwrap().into()).as_bytes(),
        (Value::Array, Json::Array(_)) | (Value::Object(_), Json::Object(_)) => true,
        _ => false,
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

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab]{0,2}",
        "[ab]\\.[ab]",
        "[ab]\\.[ab]\\.[ab]",
        "[a-c]{3,12}",
        "ü?"
    ]
}

fn json() -> impl Strategy<Value = Json> {
    let scalar = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        (0..100i64).prop_map(Json::from),
        key().prop_map(Json::from),
    ];
    scalar.prop_recursive(3, 200, 80, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Json::from),
            5 => prop::collection::btree_map(key(), inner, 0..80)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

fn visit(bytes: &[u8], paths: &Paths) -> Reading<Vec<(usize, bool)>> {
    let mut found = Vec::new();
    if let Value::Object(object) = Value::read(bytes)? {
        let mut search = paths.search(object)?;
        while let Some((path, child)) = search.next()? {
            if let Some(child) = child {
                if let Value::Number(bytes) = child.value()? {
                    let _ = Numeric::read(bytes).map(|numeric| numeric.amount().places());
                }
            }
            found.push((path, child.is_some()));
        }
    }
    Ok(found)
}

#[test]
fn scalars_are_read() {
    for json in [
        "null", "true", "false", "\"x\"", "\"\"", "0", "-7", "120000",
    ] {
        let json: Json = serde_json::from_str(json).unwrap();
        assert!(is(Value::read(&container(&json)).unwrap(), &json), "{json}");
    }
}

proptest! {
    #[test]
    fn paths_lead_where_they_should(json in json(), paths in prop::collection::vec(key(), 0..9)) {
        let bytes = container(&json);
        let value = Value::read(&bytes).unwrap();
        prop_assert!(is(value, &json));
        let Value::Object(object) = value else {
            return Ok(());
        };
        let all = Paths::new(paths.iter().map(|path| path.as_bytes()));
        let mut found = vec![None; paths.len()];
        let mut search = all.search(object).unwrap();
        while let Some((path, child)) = search.next().unwrap() {
            prop_assert!(found[path].is_none(), "{} twice", paths[path]);
            found[path] = Some(child);
        }
        for (path, found) in paths.iter().zip(found) {
            match (reach(&json, path), found) {
                (None, Some(None)) | (Some(None), None) => {}
                (Some(Some(json)), Some(Some(child))) => {
                    prop_assert!(is(child.value().unwrap(), json), "{path}");
                }
                (wanted, _) => prop_assert!(false, "{path} should be {wanted:?}"),
            }
        }
    }

    /// Damaged bytes are an error or something else, but no panic.
    #[test]
    fn damaged_bytes_do_no_harm(
        json in json(),
        paths in prop::collection::vec(key(), 1..9),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
        cut in any::<prop::sample::Index>(),
        whole in any::<bool>(),
    ) {
        let mut bytes = container(&json);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if !whole {
            bytes.truncate(cut.index(bytes.len() + 1));
        }
        let _ = visit(&bytes, &Paths::new(paths.iter().map(|path| path.as_bytes())));
    }

    #[test]
    fn any_bytes_do_no_harm(mut bytes in prop::collection::vec(any::<u8>(), 0..100), count in 0..10u32) {
        if let Some(header) = bytes.first_chunk_mut() {
            *header = (OBJECT | count).to_ne_bytes();
        }
        let _ = visit(&bytes, &Paths::new([&b"a"[..], b"a.b", b""].into_iter()));
    }
}
