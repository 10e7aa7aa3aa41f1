//! Scalars as Temporal's own parser reads them: `gopkg.in/yaml.v3` into Go's `int64` and `bool`.

use super::Style;

/// What a scalar is to a field of type `int64`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Int {
    /// The number that it looks like.
    Number(i64),
    /// A number that a person reads otherwise: `010` is eight, `1_0` ten, `1.5` one.
    Surprising(i64),
    /// Within quotation marks: the server refuses it. The number that was meant.
    Quoted(i64),
    /// Nothing: the server takes zero.
    Missing,
    /// Not a number: the server refuses it.
    NotANumber,
}

/// Reads a scalar into an `int64`.
pub(crate) fn int(text: &str, style: Style) -> Int {
    if style != Style::Plain {
        return text.trim().parse().map_or(Int::NotANumber, Int::Quoted);
    }
    if matches!(text, "" | "~" | "null" | "Null" | "NULL") {
        return Int::Missing;
    }
    if let Ok(number) = text.parse::<i64>()
        && text == number.to_string()
    {
        return Int::Number(number);
    }
    // Whether it may be a number at all is decided by its first character.
    if text.starts_with('_') {
        return Int::NotANumber;
    }
    let digits = text.replace('_', "");
    match parse_int(&digits).or_else(|| truncated(&digits)) {
        Some(number) => Int::Surprising(number),
        None => Int::NotANumber,
    }
}

/// Go's `strconv.ParseInt` with base 0.
fn parse_int(text: &str) -> Option<i64> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let prefixed = |prefix: &str| digits.strip_prefix(prefix);
    let (digits, base) = if let Some(rest) = prefixed("0x").or_else(|| prefixed("0X")) {
        (rest, 16)
    } else if let Some(rest) = prefixed("0b").or_else(|| prefixed("0B")) {
        (rest, 2)
    } else if let Some(rest) = prefixed("0o").or_else(|| prefixed("0O")) {
        (rest, 8)
    } else if digits.len() > 1 && digits.starts_with('0') {
        (&digits[1..], 8)
    } else {
        (digits, 10)
    };
    if digits.starts_with(['+', '-']) {
        return None;
    }
    let number = i128::from_str_radix(digits, base).ok()?;
    i64::try_from(if negative { -number } else { number }).ok()
}

/// A decimal fraction, which Go cuts off: `1.5` is 1, `1e2` is 100, `08` is 8.
fn truncated(text: &str) -> Option<i64> {
    let of_a_number = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    if !text.chars().all(of_a_number) || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    // The bounds are those within which every whole number is exact.
    (number.abs() <= 9_007_199_254_740_992.0).then_some(number as i64)
}

/// What a scalar is to a field of type `bool`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bool {
    /// Read as this.
    Value(bool),
    /// Within quotation marks: the server refuses it. What was meant.
    Quoted(bool),
    /// Nothing: the server takes false.
    Missing,
    /// Neither: the server refuses it.
    Neither,
}

/// Reads a scalar into a `bool`.
pub(crate) fn bool(text: &str, style: Style) -> Bool {
    let value = match text {
        "true" | "True" | "TRUE" | "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => {
            Some(true)
        }
        "false" | "False" | "FALSE" | "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => {
            Some(false)
        }
        _ => None,
    };
    match (value, style) {
        (Some(value), Style::Plain) => Bool::Value(value),
        (Some(value), _) => Bool::Quoted(value),
        (None, Style::Plain) if matches!(text, "" | "~" | "null" | "Null" | "NULL") => {
            Bool::Missing
        }
        (None, _) => Bool::Neither,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_what_go_makes_of_them() {
        use Int::{Missing, NotANumber, Number, Surprising};
        for (text, expected) in [
            ("1", Number(1)),
            ("-1", Number(-1)),
            ("0", Number(0)),
            ("010", Surprising(8)),
            ("08", Surprising(8)),
            ("0o10", Surprising(8)),
            ("0x10", Surprising(16)),
            ("0b11", Surprising(3)),
            ("+5", Surprising(5)),
            ("1_000", Surprising(1000)),
            ("1.5", Surprising(1)),
            ("1e2", Surprising(100)),
            ("-0", Surprising(0)),
            ("", Missing),
            ("~", Missing),
            ("one", NotANumber),
            ("1 0", NotANumber),
            ("0x", NotANumber),
            ("_1", NotANumber),
            ("+-1", NotANumber),
            (".", NotANumber),
            ("99999999999999999999", NotANumber),
            ("9223372036854775807", Number(i64::MAX)),
        ] {
            assert_eq!(int(text, Style::Plain), expected, "{text:?}");
        }
        assert_eq!(int("100", Style::Quoted), Int::Quoted(100));
        assert_eq!(int("a", Style::Quoted), NotANumber);
    }

    #[test]
    fn booleans_are_what_go_makes_of_them() {
        for (text, style, expected) in [
            ("true", Style::Plain, Bool::Value(true)),
            ("yes", Style::Plain, Bool::Value(true)),
            ("Off", Style::Plain, Bool::Value(false)),
            ("true", Style::Quoted, Bool::Quoted(true)),
            ("", Style::Plain, Bool::Missing),
            ("tRue", Style::Plain, Bool::Neither),
            ("1", Style::Plain, Bool::Neither),
        ] {
            assert_eq!(bool(text, style), expected, "{text:?}");
        }
    }
}
