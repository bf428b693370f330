//! An id as a 64-bit key: integers as they are, in their order; others as a
//! hash that is the same for ever and on every machine.

use xxhash_rust::xxh3::xxh3_64;

/// What a set was built from. Sets of different kinds do not mix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Integer = 1,
    Uuid = 2,
    Text = 3,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Integer, Kind::Uuid, Kind::Text];

    /// `None` for the kind of an empty set, and for what is no kind.
    #[inline]
    pub fn from_byte(byte: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|&kind| kind as u8 == byte)
    }

    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Kind::Integer => "integer",
            Kind::Uuid => "uuid",
            Kind::Text => "text",
        }
    }
}

/// One id.
#[derive(Debug, Clone, Copy)]
pub struct Id {
    pub(super) kind: Kind,
    pub(super) key: u64,
}

/// Turns the order of signed numbers into that of unsigned ones, and back.
const SIGN: u64 = 1 << 63;

impl Id {
    #[inline]
    pub fn integer(id: i64) -> Id {
        Id {
            kind: Kind::Integer,
            key: key_of(id),
        }
    }

    #[inline]
    pub fn uuid(bytes: &[u8; 16]) -> Id {
        Id {
            kind: Kind::Uuid,
            key: xxh3_64(bytes),
        }
    }

    #[inline]
    pub fn text(bytes: &[u8]) -> Id {
        Id {
            kind: Kind::Text,
            key: xxh3_64(bytes),
        }
    }
}

#[inline]
pub fn key_of(id: i64) -> u64 {
    id as u64 ^ SIGN
}

pub fn integer_of(key: u64) -> i64 {
    (key ^ SIGN) as i64
}
