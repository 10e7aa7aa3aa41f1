//! Words of the POSIX shell.

use std::borrow::Cow;

/// A text as one word: `sh` reads back exactly the text, whatever it is (no shell can pass on NUL,
/// and nothing that was proved contains it).
///
/// Double quotation marks, as in the guide, where nothing in the text means anything within them;
/// else single ones, in which nothing does, not even to a person's interactive shell.
#[must_use]
pub fn quote(text: &str) -> String {
    let harmless = |c: char| {
        c.is_ascii_alphanumeric() || !c.is_ascii() || " -_./:,@%+=[](){}#~*?<>|&;^".contains(c)
    };
    if text.chars().all(harmless) {
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// An argument of a command: known now, or a parameter of a function in the script.
#[derive(Clone, Copy)]
pub(crate) enum Argument<'t> {
    /// A value, to be quoted.
    Value(&'t str),
    /// Already shell text, such as `"$2"`.
    Shell(&'static str),
}

impl Argument<'_> {
    pub(crate) fn to_word(self) -> Cow<'static, str> {
        match self {
            Self::Value(text) => Cow::Owned(quote(text)),
            Self::Shell(text) => Cow::Borrowed(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_as_the_table_says() {
        for (text, expected) in [
            ("clusterA", r#""clusterA""#),
            ("127.0.0.1:7233", r#""127.0.0.1:7233""#),
            ("", r#""""#),
            ("my cluster", r#""my cluster""#),
            ("-rf", r#""-rf""#),
            ("été", r#""été""#),
            ("$(id)", "'$(id)'"),
            ("`id`", "'`id`'"),
            ("a\"b", "'a\"b'"),
            ("a\\b", r"'a\b'"),
            ("it's", r"'it'\''s'"),
            ("hi!", "'hi!'"),
        ] {
            assert_eq!(quote(text), expected);
        }
    }

    proptest! {
        /// The same law is held against real shells in `tests/oracle`.
        #[test]
        fn a_shell_reads_back_exactly_the_text(text in "[^\0]*") {
            prop_assert_eq!(shlex::split(&quote(&text)), Some(vec![text]));
        }
    }
}
