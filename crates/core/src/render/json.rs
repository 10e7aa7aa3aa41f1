//! JSON, as far as the input of workflows needs it.

use std::fmt::Write as _;

/// A text in JSON (RFC 8259, 7): `read(text(t)) == t` for every text.
pub(crate) fn text(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(c);
            }
            '\0'..='\u{1F}' => {
                // Writing into a String cannot fail.
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_the_table_says() {
        for (read, expected) in [
            ("clusterA", r#""clusterA""#),
            ("", r#""""#),
            ("it's \"\\#", r#""it's \"\\#""#),
            ("a\nb\u{1F}\u{7F}", "\"a\\u000ab\\u001f\u{7F}\""),
            ("été 日本", r#""été 日本""#),
        ] {
            assert_eq!(text(read), expected);
        }
    }
}
