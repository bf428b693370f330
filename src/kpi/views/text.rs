//! A view's file: comments, then the query.

/// `-- name: what it tells` for the view, then for each of its columns in their
/// order; the rest is the query, which begins with `WITH`.
#[derive(Debug, PartialEq, Eq)]
pub struct Text<'a> {
    pub comment: &'a str,
    pub columns: Vec<(&'a str, &'a str)>,
    pub query: &'a str,
}

impl<'a> Text<'a> {
    pub fn parse(file: &'a str) -> Text<'a> {
        let query = file.find("\nWITH ").map_or("", |end| &file[end + 1..]);
        let head = &file[..file.len() - query.len()];
        let mut named = head
            .lines()
            .filter_map(|line| line.strip_prefix("-- ")?.split_once(": "));
        let comment = named.next().map_or("", |(_, comment)| comment);
        Text {
            comment,
            columns: named.collect(),
            query: query.strip_prefix("WITH ").unwrap_or(query).trim_end(),
        }
    }
}
