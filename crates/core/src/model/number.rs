//! Whole numbers as people type them.

/// Why a text is not a number within the range that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberError {
    /// Nothing was typed.
    Missing,
    /// Something else than the digits 0–9 was typed, or a number with leading zeros (`010` is
    /// eight to a YAML reader and ten to a person).
    NotANumber,
    /// A whole number outside of the range; far-away values are clamped to `i64`.
    OutOfRange(i64),
}

/// Reads a whole number in `range`. White space around it is ignored.
///
/// # Errors
/// See [`NumberError`].
pub(crate) fn parse_number(
    text: &str,
    range: std::ops::RangeInclusive<u32>,
) -> Result<u32, NumberError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(NumberError::Missing);
    }
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    if digits.is_empty() || leading_zero || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    let magnitude = digits.parse::<i64>().unwrap_or(i64::MAX);
    let value = if negative { -magnitude } else { magnitude };
    match u32::try_from(value) {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => Err(NumberError::OutOfRange(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        use NumberError::{Missing, NotANumber, OutOfRange};
        for (text, expected) in [
            ("1", Ok(1)),
            (" 42\n", Ok(42)),
            ("100", Ok(100)),
            ("", Err(Missing)),
            ("  ", Err(Missing)),
            ("0", Err(OutOfRange(0))),
            ("-1", Err(OutOfRange(-1))),
            ("101", Err(OutOfRange(101))),
            ("99999999999999999999999", Err(OutOfRange(i64::MAX))),
            ("010", Err(NotANumber)),
            ("1.5", Err(NotANumber)),
            ("1e2", Err(NotANumber)),
            ("0x10", Err(NotANumber)),
            ("1_000", Err(NotANumber)),
            ("+1", Err(NotANumber)),
            ("-", Err(NotANumber)),
            ("١", Err(NotANumber)),
            ("one", Err(NotANumber)),
        ] {
            assert_eq!(parse_number(text, 1..=100), expected, "{text:?}");
        }
    }
}
