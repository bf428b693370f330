//! Characters as Python sees them.

/// What a byte of ASCII is; bytes from 128 on are `FOREIGN`.
pub const BLANK: u8 = 1;
pub const PUNCTUATION: u8 = 2;
pub const CAPITAL: u8 = 4;
pub const SMALL: u8 = 8;
pub const FOREIGN: u8 = 16;
pub const APOSTROPHE: u8 = 32;

pub static KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'\t'..=b'\r' | 0x1C..=b' ' => BLANK,
            b'\'' => PUNCTUATION | APOSTROPHE,
            b'A'..=b'Z' => CAPITAL,
            b'a'..=b'z' => SMALL,
            128.. => FOREIGN,
            other if other.is_ascii_punctuation() => PUNCTUATION,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// `str.isspace` of one character that is not ASCII.
pub fn is_foreign_blank(c: char) -> bool {
    c.is_whitespace()
}

/// Letters that are half a capital, such as Dž: neither small nor capital.
pub fn is_title(c: char) -> bool {
    matches!(c,
        '\u{1C5}' | '\u{1C8}' | '\u{1CB}' | '\u{1F2}'
        | '\u{1F88}'..='\u{1F8F}' | '\u{1F98}'..='\u{1F9F}' | '\u{1FA8}'..='\u{1FAF}'
        | '\u{1FBC}' | '\u{1FCC}' | '\u{1FFC}')
}

/// The one character that is not ASCII and becomes so in small letters: the
/// sign for Kelvin.
pub const KELVIN: char = '\u{212A}';

/// Kinds of any character, blanks aside.
pub fn kind(c: char) -> u8 {
    match u8::try_from(c) {
        Ok(byte) if byte.is_ascii() => KINDS[usize::from(byte)],
        _ if c == KELVIN => CAPITAL,
        _ if c.is_uppercase() => FOREIGN | CAPITAL,
        _ if c.is_lowercase() || is_title(c) => FOREIGN | SMALL,
        _ => FOREIGN,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_are_those_of_python() {
        let ascii = (0..128u8).filter(|&byte| KINDS[usize::from(byte)] & BLANK != 0);
        let expected = [9, 10, 11, 12, 13, 28, 29, 30, 31, 32];
        assert!(ascii.eq(expected));
        let foreign = ('\u{80}'..=char::MAX).filter(|&c| is_foreign_blank(c));
        let expected = [0x85, 0xA0, 0x1680].into_iter().chain(0x2000..=0x200A);
        let expected = expected.chain([0x2028, 0x2029, 0x202F, 0x205F, 0x3000]);
        assert!(foreign.map(u32::from).eq(expected));
    }

    #[test]
    fn title_letters_are_neither_small_nor_capital() {
        let count = ('\0'..=char::MAX).filter(|&c| is_title(c)).count();
        assert_eq!(count, 31);
        assert!(('\0'..=char::MAX).all(|c| !is_title(c) || !c.is_uppercase() && !c.is_lowercase()));
    }

    #[test]
    fn only_the_kelvin_sign_becomes_ascii() {
        let becomes = |c: &char| c.to_lowercase().collect::<String>().is_ascii();
        assert!(('\u{80}'..=char::MAX).filter(becomes).eq([KELVIN]));
    }
}
