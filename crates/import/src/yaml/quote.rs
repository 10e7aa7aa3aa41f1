//! Texts as double-quoted scalars, which readers of YAML and JSON read back equal.

use std::fmt::Write as _;

/// A text in quotation marks: what is not printable ASCII is escaped where a reader could treat it
/// as a break, refuse it or hide it.
pub(crate) fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            ' '..='~' => quoted.push(c),
            _ if c.is_alphanumeric() => quoted.push(c),
            _ => {
                // Writing into a String cannot fail.
                let _ = match c as u32 {
                    code @ 0..=0xFFFF => write!(quoted, "\\u{code:04X}"),
                    code => write!(quoted, "\\U{code:08X}"),
                };
            }
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{self, Style};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_text_is_read_back(text in any::<String>()) {
            let (documents, error) = yaml::parse(&double_quoted(&text));
            prop_assert_eq!(error, None);
            prop_assert_eq!(documents[0].scalar(), Some((&*text, Style::Quoted)));
        }
    }
}
