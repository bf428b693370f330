//! Reading and writing the binary form of summaries, big-endian.

use super::memory;
use super::number::{Number, CAPACITY};

#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// For so many bytes, where they may be many.
    pub fn with_room(bytes: usize) -> super::Result<Self> {
        memory::with_room(bytes).map(Writer)
    }

    pub fn u8(&mut self, value: u8) {
        self.0.push(value);
    }

    pub fn u16(&mut self, value: u16) {
        self.0.extend(value.to_be_bytes());
    }

    pub fn u64(&mut self, value: u64) {
        self.0.extend(value.to_be_bytes());
    }

    pub fn u128(&mut self, value: u128) {
        self.0.extend(value.to_be_bytes());
    }

    pub fn i128(&mut self, value: i128) {
        self.0.extend(value.to_be_bytes());
    }

    pub fn bytes(&mut self, value: &[u8]) {
        self.0.extend(value);
    }

    /// A number that is not negative, as its digits in base 10,000.
    pub fn number(&mut self, number: &Number) {
        self.u16(number.weight() as i16 as u16);
        self.u8(number.digits().len() as u8);
        number.digits().iter().for_each(|&digit| self.u16(digit));
    }

    pub fn optional_f64(&mut self, value: Option<f64>) {
        self.u8(value.is_some().into());
        if let Some(value) = value {
            self.u64(value.to_bits());
        }
    }

    pub fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Errors are the second half of a sentence; the caller names the type.
pub struct Reader<'a>(&'a [u8]);

type Result<T> = std::result::Result<T, String>;

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader(bytes)
    }

    /// So many bytes are left.
    pub fn left(&self) -> usize {
        self.0.len()
    }

    fn take<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (taken, rest) = self
            .0
            .split_first_chunk()
            .ok_or_else(|| "it ends too early".to_string())?;
        self.0 = rest;
        Ok(*taken)
    }

    pub fn bytes(&mut self, len: usize) -> Result<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(len)
            .ok_or_else(|| "it ends too early".to_string())?;
        self.0 = rest;
        Ok(taken)
    }

    pub fn u8(&mut self) -> Result<u8> {
        self.take().map(u8::from_be_bytes)
    }

    pub fn u16(&mut self) -> Result<u16> {
        self.take().map(u16::from_be_bytes)
    }

    pub fn u64(&mut self) -> Result<u64> {
        self.take().map(u64::from_be_bytes)
    }

    pub fn u128(&mut self) -> Result<u128> {
        self.take().map(u128::from_be_bytes)
    }

    pub fn i128(&mut self) -> Result<i128> {
        self.take().map(i128::from_be_bytes)
    }

    pub fn flag(&mut self) -> Result<bool> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(format!("{other} where 0 or 1 belongs")),
        }
    }

    pub fn number(&mut self) -> Result<Number> {
        let weight = i32::from(self.u16()? as i16);
        let count = usize::from(self.u8()?);
        if count > CAPACITY {
            return Err(format!("a number of {count} digits"));
        }
        let mut digits = Vec::with_capacity(count);
        for _ in 0..count {
            match self.u16()? {
                digit @ 0..=9999 => digits.push(digit),
                digit => return Err(format!("a digit of {digit}")),
            }
        }
        Ok(Number::from_digits(false, weight, &digits))
    }

    pub fn optional_f64(&mut self) -> Result<Option<f64>> {
        Ok(if self.flag()? {
            Some(f64::from_bits(self.u64()?))
        } else {
            None
        })
    }

    pub fn version(&mut self, known: u8) -> Result<()> {
        match self.u8()? {
            version if version == known => Ok(()),
            version => Err(format!(
                "format version {version} is not the version {known} that this release reads"
            )),
        }
    }

    pub fn end(self) -> Result<()> {
        match self.0.len() {
            0 => Ok(()),
            rest => Err(format!("it goes on after its end (bytes: {rest})")),
        }
    }
}
