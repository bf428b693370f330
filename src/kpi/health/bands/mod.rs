//! Bands of health scores: which there are, and in which one a score is.

use crate::kpi::amount::{Amount, Places};
use crate::kpi::error::shorten;
use crate::kpi::{Number, Result};
use std::cmp::Ordering;
use std::fmt;
use std::sync::OnceLock;

mod json;
pub mod refusal;

/// The best score; the worst is 0.
pub const BEST: u16 = 100;

/// No scheme has more bands.
pub const MOST: usize = 32;

/// Characters of the longest name.
const LONGEST: usize = 63;

/// A band begins with the lowest score that reaches it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    pub name: String,
    pub from: Number,
}

/// Bands that have a place for every score.
///
/// Invariant: what [`Scheme::checked`] asks for.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// From the worst to the best.
    bands: Vec<Band>,
    /// The band of each whole score, if no band begins between two of them.
    whole: Option<Box<[u8; BEST as usize + 1]>>,
    /// The bands as a state keeps them.
    block: Vec<u8>,
}

impl Scheme {
    /// Bands from the worst to the best, or what is impossible about them.
    pub fn checked(bands: Vec<Band>) -> std::result::Result<Scheme, String> {
        if bands.len() > MOST {
            return Err(format!("there are more than {MOST} bands"));
        }
        bands.iter().try_for_each(check_band)?;
        for (index, band) in bands.iter().enumerate() {
            let name = &band.name;
            if bands[..index].iter().any(|other| other.name == *name) {
                return Err(format!("band \"{name}\" is there twice"));
            }
        }
        for pair in bands.windows(2) {
            let [(a, from), (b, next)] = [&pair[0], &pair[1]].map(|band| (&band.name, &band.from));
            match Amount::from(from).compare(&Amount::from(next)) {
                Ordering::Less => {}
                Ordering::Equal => {
                    return Err(format!("bands \"{a}\" and \"{b}\" both begin at {from}"))
                }
                Ordering::Greater => {
                    return Err(format!("band \"{b}\" comes after a better one, \"{a}\""))
                }
            }
        }
        match bands.first() {
            None => Err("there are no bands".to_string()),
            Some(Band { name, from }) if !from.is_zero() => Err(format!(
                "the lowest band, \"{name}\", begins at {from} instead of 0"
            )),
            Some(_) => Ok(Scheme {
                whole: whole(&bands),
                block: block(&bands),
                bands,
            }),
        }
    }

    /// A scheme that this release knows by name.
    pub fn named(name: &str) -> Option<Scheme> {
        let bands: &[(&str, i64)] = match name {
            "rag" => &[("red", 0), ("yellow", 51), ("green", 76)],
            "segments" => &[
                ("At-risk", 0),
                ("Unhealthy", 25),
                ("Healthy", 50),
                ("High-value", 75),
            ],
            _ => return None,
        };
        let band = |&(name, from): &(&str, i64)| Band {
            name: name.to_string(),
            from: from.into(),
        };
        Scheme::checked(bands.iter().map(band).collect()).ok()
    }

    /// An argument `scheme` of type `text`: a name, or bands as JSON.
    pub fn read(text: &str) -> Result<Scheme> {
        if text.trim_start().starts_with('{') {
            return Scheme::from_json(text);
        }
        Scheme::named(text).ok_or_else(|| refusal::unknown_scheme(text))
    }

    /// As many bands as `count`, which a state keeps as `block`.
    pub fn of_block(block: &[u8], count: usize) -> Option<Scheme> {
        let mut rest = block;
        let mut bands = Vec::with_capacity(count.min(MOST));
        for _ in 0..count.min(MOST + 1) {
            let from = Number::parse(part(&mut rest)?)?;
            let name = part(&mut rest)?.to_string();
            bands.push(Band { name, from });
        }
        // The same bands are the same bytes.
        let scheme = Scheme::checked(bands).ok()?;
        (scheme.block == block).then_some(scheme)
    }

    pub fn bands(&self) -> &[Band] {
        &self.bands
    }

    pub fn block(&self) -> &[u8] {
        &self.block
    }

    /// Which band a score on the scale is in. Cannot panic.
    #[inline(always)]
    pub fn place(&self, score: &Amount) -> usize {
        if let Some(whole) = &self.whole {
            // The first digit is the whole part, unless that is 0.
            let first = score.digits().next().filter(|_| score.weight() == 0);
            let place = whole.get(usize::from(first.unwrap_or(0)));
            return usize::from(place.copied().unwrap_or(0));
        }
        let reached = |band: &&Band| Amount::from(&band.from).compare(score) != Ordering::Greater;
        let reached = self.bands.iter().take_while(reached).count();
        reached.saturating_sub(1)
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        self.bands.iter().position(|band| band.name == name)
    }
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Scheme) -> bool {
        self.block == other.block
    }
}

impl Eq for Scheme {}

static RAG: OnceLock<Scheme> = OnceLock::new();

/// What is meant where no scheme is given.
pub fn rag() -> &'static Scheme {
    RAG.get_or_init(|| Scheme::named("rag").expect("a known scheme"))
}

/// The same, if it has been asked for before. Cannot panic.
#[inline(always)]
pub fn quick_rag() -> Option<&'static Scheme> {
    RAG.get()
}

fn check_band(Band { name, from }: &Band) -> std::result::Result<(), String> {
    if name.is_empty() {
        return Err("a band has no name".to_string());
    }
    if name.chars().count() > LONGEST {
        let name = shorten(name, LONGEST);
        return Err(format!(
            "band \"{name}\" has a name of more than {LONGEST} characters"
        ));
    }
    if name.contains('\0') {
        let name = shorten(name, LONGEST);
        return Err(format!("band \"{name}\" has a name with a zero byte"));
    }
    if !Amount::from(from).is_within_100() {
        return Err(format!(
            "band \"{name}\" begins at {}, which is not between 0 and {BEST}",
            shorten(&from.to_string(), 40)
        ));
    }
    match Places::of(&Amount::from(from)) {
        Some(_) => Ok(()),
        None => Err(format!(
            "band \"{name}\" begins at a score with more than 64 decimal places"
        )),
    }
}

fn whole(bands: &[Band]) -> Option<Box<[u8; BEST as usize + 1]>> {
    let mut places = Box::new([0; BEST as usize + 1]);
    for (index, band) in bands.iter().enumerate() {
        if band.from.scale() > 0 {
            return None;
        }
        let from = band.from.digits().first().copied().unwrap_or(0);
        places[usize::from(from)..].fill(index as u8);
    }
    Some(places)
}

/// Each band's lowest score and name, each after its length.
fn block(bands: &[Band]) -> Vec<u8> {
    let mut block = Vec::new();
    for band in bands {
        for text in [&band.from.to_string(), &band.name] {
            // 67 characters of a number, and 63 of up to 4 bytes.
            block.push(text.len() as u8);
            block.extend(text.as_bytes());
        }
    }
    block
}

fn part<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let (&len, after) = rest.split_first()?;
    let (text, after) = after.split_at_checked(len.into())?;
    *rest = after;
    std::str::from_utf8(text).ok()
}

/// As an argument `scheme` says it.
impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Band { name, from }) in self.bands.iter().enumerate() {
            let before = if index == 0 { "{" } else { ", " };
            write!(f, "{before}\"{name}\": {from}")?;
        }
        f.write_str("}")
    }
}

#[cfg(test)]
mod tests;
