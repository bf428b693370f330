use super::{Text, SOURCES, VIEWS};
use std::collections::HashSet;

#[test]
fn a_file_is_comments_and_a_query() {
    let text = Text::parse("-- v: All.\n-- a: One: first.\n-- b: Two.\nWITH x AS (\n    SELECT 1\n)\nSELECT a, b FROM x\n");
    assert_eq!(text.comment, "All.");
    assert_eq!(text.columns, [("a", "One: first."), ("b", "Two.")]);
    assert_eq!(text.query, "x AS (\n    SELECT 1\n)\nSELECT a, b FROM x");
}

#[test]
fn every_file_is_of_its_view_and_complete() {
    for view in &VIEWS {
        let text = view.text();
        assert!(view.file.starts_with(&format!("-- {}: ", view.name)));
        assert!(text.comment.ends_with('.'), "{}", view.name);
        assert!(!text.query.is_empty(), "{}", view.name);
        for (name, comment) in &text.columns {
            assert!(comment.ends_with('.'), "{}.{name}", view.name);
        }
        let names: Vec<&str> = text.columns.iter().map(|(name, _)| *name).collect();
        let distinct: HashSet<&str> = names.iter().copied().collect();
        assert_eq!(names.len(), distinct.len(), "{}", view.name);
        for column in view.grain {
            assert!(distinct.contains(column), "{}.{column}", view.name);
        }
        // Braces are for what is filled in; an empty pair is a JSON object.
        for part in text.query.split('{').skip(1) {
            let name = part.split('}').next();
            let known = ["", "kpi", "zone", "this_month", "next_month", "today"];
            assert!(name.is_some_and(|name| known.contains(&name)), "{part}");
        }
    }
}

/// BI tools show such a column as a percentage of 1, and some types not at all.
#[test]
fn names_say_what_bi_tools_understand() {
    for view in &VIEWS {
        for (name, _) in view.text().columns {
            assert!(
                !name.ends_with("_rate") && !name.ends_with("_percent"),
                "{name}"
            );
        }
    }
}

#[test]
fn what_views_read_exists() {
    let sources: Vec<&str> = SOURCES.iter().map(|source| source.name).collect();
    for (i, view) in VIEWS.iter().enumerate() {
        for source in view.needs.iter().chain(view.uses) {
            assert!(sources.contains(source), "{source}");
        }
        for (other, _) in view.views {
            assert!(VIEWS[..i].iter().any(|view| view.name == *other), "{other}");
        }
    }
}
