//! YAML scalars, written so that every reader of YAML 1.1 and 1.2 reads the same text back.

use std::fmt::Write as _;

/// A text as a double-quoted YAML scalar: `read(quote(text)) == text` for every text and reader.
///
/// Printable ASCII stands as it is; the quotation mark, the backslash and everything that a reader
/// could treat as a break, refuse or hide is escaped. `{{` is broken up by an escape, so that the
/// text means the same where configuration files go through templates first.
#[must_use]
pub fn double_quoted(text: &str) -> String {
    quoted(text, true)
}

/// The same for a file that goes through no templates, in which `{{` stands as it is: a key may have
/// 1,024 characters only.
pub(crate) fn double_quoted_with_braces(text: &str) -> String {
    quoted(text, false)
}

fn quoted(text: &str, breaks_braces: bool) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    let mut before = '\0';
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '{' if breaks_braces && before == '{' => quoted.push_str("\\x7B"),
            '}' if breaks_braces && before == '}' => quoted.push_str("\\x7D"),
            ' '..='~' => quoted.push(c),
            _ if is_plainly_printable(c) => quoted.push(c),
            _ => escape(&mut quoted, c),
        }
        before = c;
    }
    quoted.push('"');
    quoted
}

fn is_plainly_printable(c: char) -> bool {
    !c.is_whitespace() && !crate::model::is_unusable(c)
}

fn escape(quoted: &mut String, c: char) {
    let code = c as u32;
    // Writing into a String cannot fail.
    let _ = match code {
        0..=0xFF => write!(quoted, "\\x{code:02X}"),
        0x100..=0xFFFF => write!(quoted, "\\u{code:04X}"),
        _ => write!(quoted, "\\U{code:08X}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_as_the_table_says() {
        for (text, expected) in [
            ("clusterA", r#""clusterA""#),
            ("", r#""""#),
            ("true", r#""true""#),
            ("a\"b\\c", r#""a\"b\\c""#),
            ("{{ .Env }}", r#""{\x7B .Env }\x7D""#),
            ("{{{", r#""{\x7B\x7B""#),
            ("# enable-template", r##""# enable-template""##),
            ("a\nb\t\0", r#""a\x0Ab\x09\x00""#),
            ("\u{85}\u{A0}\u{2028}\u{FEFF}", r#""\x85\xA0\u2028\uFEFF""#),
            ("été 日本 🦀", r#""été 日本 🦀""#),
            ("\u{E0001}", r#""\U000E0001""#),
        ] {
            assert_eq!(double_quoted(text), expected);
        }
    }

    #[test]
    fn braces_stand_where_they_are_wanted() {
        let text = "{{ .Env }} \"a\"";
        assert_eq!(double_quoted_with_braces(text), r#""{{ .Env }} \"a\"""#);
    }

    proptest! {
        #[test]
        fn reads_back_equal(text in any::<String>()) {
            let read: String = serde_yaml::from_str(&double_quoted(&text)).expect("valid YAML");
            prop_assert_eq!(read, text);
        }

        #[test]
        fn never_opens_a_template_or_a_line(text in "[{}\"\\\\a\n\r\u{85}\u{2028}#]*") {
            let quoted = double_quoted(&text);
            prop_assert!(!quoted.contains("{{") && !quoted.contains("}}"));
            let breaks = quoted.contains(['\n', '\r', '\u{85}', '\u{2028}']);
            prop_assert!(!breaks, "{}", quoted);
        }
    }
}
