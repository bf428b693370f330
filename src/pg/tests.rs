//! The boundary against the server itself.

#[pgrx::pg_schema]
mod tests {
    use crate::kpi::Number;
    use crate::pg::numeric::{quick_cents, quick_integer, quick_numeric, write, Numeric};
    use crate::pg::varlena::payload;
    use pgrx::prelude::*;
    use pgrx::{AnyNumeric, IntoDatum};
    use rust_decimal::Decimal;
    use std::str::FromStr;

    /// Bytes of the numeric as the server builds it, without trailing zeros.
    fn server_bytes(text: &str) -> &'static [u8] {
        let trimmed = Spi::get_one::<AnyNumeric>(&format!("SELECT trim_scale('{text}'::numeric)"));
        let datum = trimmed.unwrap().unwrap().into_datum().unwrap();
        unsafe { payload(datum) }
    }

    fn number(mantissa: i128, exponent: i32) -> Number {
        Number::from_scaled(mantissa, exponent)
    }

    #[pg_test]
    fn written_numerics_are_the_bytes_of_the_server() {
        let mantissas = [
            0,
            1,
            -1,
            9,
            10,
            9999,
            10_000,
            10_001,
            -123_456_789,
            i64::MAX as i128,
            i128::MAX,
            i128::MIN + 1,
        ];
        for mantissa in mantissas {
            for exponent in [
                0, 1, 2, 3, 4, 5, 40, 250, 260, -1, -2, -3, -4, -5, -24, -63, -64, -300,
            ] {
                let number = number(mantissa, exponent);
                assert_eq!(
                    write(&number).as_bytes(),
                    server_bytes(&number.to_string()),
                    "{mantissa}e{exponent}"
                );
            }
        }
    }

    #[pg_test]
    fn quickly_written_numerics_are_the_bytes_of_the_server() {
        let powers = (0..19).map(|place| 10i64.pow(place));
        let around = powers.flat_map(|power| [power - 1, power, power + 1, 3 * (power / 2)]);
        let most = [i64::MAX, i64::MIN, i64::MIN + 1, 123_400_005_678, 10_001];
        for value in around.chain(most).flat_map(|v| [v, v.wrapping_neg()]) {
            let expected = server_bytes(&value.to_string());
            let written = unsafe { payload(quick_integer(value)) };
            assert_eq!(written, expected, "{value}");
            let cents = number(value.into(), -2);
            let written = unsafe { payload(quick_cents(value)) };
            assert_eq!(written, server_bytes(&cents.to_string()), "{cents}");
            let scaled = number(value.into(), -7);
            let written = unsafe { payload(quick_numeric(&scaled).unwrap()) };
            assert_eq!(written, server_bytes(&scaled.to_string()), "{scaled}");
        }
        // The long form takes the other way.
        assert!(quick_numeric(&number(1, -64)).is_none());
        assert!(quick_numeric(&number(1, 256)).is_none());
    }

    /// Exact where the fraction ends; otherwise what the server's own division gives.
    #[pg_test]
    fn quotients_are_exact_or_equal_the_servers_division() {
        let numbers = [
            1,
            2,
            3,
            7,
            9,
            10,
            99,
            101,
            640,
            9999,
            10_001,
            65_537,
            999_999_937,
            i64::MAX,
        ];
        for a in numbers {
            for b in numbers {
                let ours = Number::quotient(100 * i128::from(a), b as u128, 0).unwrap();
                let query = format!(
                    "SELECT {ours} * {b}::numeric = 100 * {a}::numeric OR {ours} = 100 * {a}::numeric / {b}"
                );
                assert_eq!(Spi::get_one(&query), Ok(Some(true)), "100 * {a} / {b}");
                if ends(b) {
                    let query = format!("SELECT {ours} * {b}::numeric = 100 * {a}::numeric");
                    assert_eq!(Spi::get_one(&query), Ok(Some(true)), "100 * {a} / {b}");
                }
            }
        }
    }

    /// Whether all fractions over `b` have finitely many decimal places.
    fn ends(mut b: i64) -> bool {
        for factor in [2, 5] {
            while b % factor == 0 {
                b /= factor;
            }
        }
        b == 1
    }

    #[pg_test]
    fn read_numerics_are_the_decimals_of_the_server() {
        for text in [
            "0",
            "0.00",
            "1",
            "-1",
            "10",
            "100",
            "9999",
            "10000",
            "12345678.9",
            "-0.5",
            "0.0001",
            "0.00001",
            "1e-20",
            "1e20",
            "123456789012345678901234567.8",
            "7.9228162514264337593543950335",
            "10.000000000000000000",
        ] {
            let bytes = Spi::get_one::<AnyNumeric>(&format!("SELECT '{text}'::numeric"));
            let datum = bytes.unwrap().unwrap().into_datum().unwrap();
            let read = Numeric::read(unsafe { payload(datum) })
                .unwrap()
                .decimal()
                .unwrap();
            let expected = Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text));
            assert_eq!(read, expected.unwrap(), "{text}");
        }
    }

    #[pg_test]
    fn what_does_not_fit_is_refused() {
        for text in [
            "1e29",
            "1e-29",
            "79228162514264337593543950336",
            "1e1000",
            "1e-1000",
        ] {
            assert_eq!(
                Numeric::read(server_bytes(text)).unwrap().decimal(),
                None,
                "{text}"
            );
        }
        for text in ["NaN", "Infinity", "-Infinity"] {
            assert!(Numeric::read(server_bytes(text)).is_none(), "{text}");
        }
    }

    /// No byte string is read out of bounds.
    #[pg_test]
    fn damaged_numerics_do_no_harm() {
        for len in 0..12 {
            for header in (0..=u16::MAX).step_by(97) {
                let mut bytes = vec![0xFF; len];
                for (byte, head) in bytes.iter_mut().zip(header.to_ne_bytes()) {
                    *byte = head;
                }
                if let Some(numeric) = Numeric::read(&bytes) {
                    let _ = (numeric.score(), numeric.decimal());
                }
            }
        }
    }
}
