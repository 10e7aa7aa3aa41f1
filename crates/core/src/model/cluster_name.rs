//! Cluster names.

use std::fmt;
use std::rc::Rc;

/// The name of a cluster: `currentClusterName`, a key of `clusterInformation`, and the name in
/// every command.
///
/// 1 to 255 bytes of visible text without control, line-breaking, invisible or direction-changing
/// characters and without white space at its ends. The server itself takes any text that is not
/// empty; its SQL schema holds 255 bytes (`VARCHAR(255)`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClusterName(Rc<str>);

/// Why a text cannot be a cluster name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterNameError {
    /// Nothing was typed, or nothing but white space.
    Empty,
    /// A control, line-breaking, invisible or direction-changing character.
    Unusable(char),
    /// White space at the beginning or the end.
    SurroundingSpace,
    /// More than 255 bytes; how many there are.
    TooLong(usize),
}

impl ClusterName {
    /// The longest name in bytes that every supported database holds.
    pub const MAX_BYTES: usize = 255;

    /// Reads a cluster name.
    ///
    /// # Errors
    /// See [`ClusterNameError`]; the first in the order of its variants is reported.
    pub fn parse(text: &str) -> Result<Self, ClusterNameError> {
        if text.trim().is_empty() {
            return Err(ClusterNameError::Empty);
        }
        if let Some(bad) = text.chars().find(|&c| is_unusable(c)) {
            return Err(ClusterNameError::Unusable(bad));
        }
        if text.trim().len() != text.len() {
            return Err(ClusterNameError::SurroundingSpace);
        }
        if text.len() > Self::MAX_BYTES {
            return Err(ClusterNameError::TooLong(text.len()));
        }
        Ok(Self(text.into()))
    }

    /// The name itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the name needs no thought anywhere: in a file name, on a command line, in a
    /// dashboard. ASCII letters and digits, `-`, `_` and `.`, beginning with a letter or digit.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.0.starts_with(|c: char| c.is_ascii_alphanumeric())
            && self
                .0
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    }

    /// Whether the name may stand in a comment of a configuration file: it is plain, and is not the
    /// word that servers look for in comments, and for which they send the whole file through templates.
    pub(crate) fn may_be_in_comment(&self) -> bool {
        self.is_plain() && !self.0.contains("enable-template")
    }
}

impl fmt::Display for ClusterName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Characters that nobody can see or that change how their surroundings look or are read.
pub(crate) fn is_unusable(c: char) -> bool {
    c.is_control()
        || matches!(c,
            // Soft hyphen, Arabic letter mark, Hangul fillers, Mongolian vowel separator.
            '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FFA0}'
            // Zero-width characters, direction marks, line and paragraph separators, embeddings.
            | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            // Invisible operators, isolates, deprecated formatting.
            | '\u{2060}'..='\u{206F}'
            // Variation selectors, byte order mark, annotations, replacement, non-characters.
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}'
            // Tags and further variation selectors.
            | '\u{E0000}'..='\u{E0FFF}')
        || (c as u32 & 0xFFFE) == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_servers_and_people_can_use() {
        for name in [
            "clusterA",
            "us-east-1",
            "my cluster.1",
            "1",
            "été",
            "日本",
            "a'b",
            "$(id)",
        ] {
            assert!(ClusterName::parse(name).is_ok(), "{name}");
        }
        assert!(ClusterName::parse(&"x".repeat(255)).is_ok());
    }

    #[test]
    fn names_that_nobody_can_use() {
        use ClusterNameError::{Empty, SurroundingSpace, TooLong, Unusable};
        for (text, expected) in [
            ("", Empty),
            (" a", SurroundingSpace),
            ("a\u{A0}", SurroundingSpace),
            (" ", Empty),
            ("\n", Empty),
            ("a\nb", Unusable('\n')),
            ("a\0", Unusable('\0')),
            ("a\u{85}b", Unusable('\u{85}')),
            ("a\u{2028}b", Unusable('\u{2028}')),
            ("a\u{202E}b", Unusable('\u{202E}')),
            ("a\u{200B}b", Unusable('\u{200B}')),
            ("\u{FEFF}a", Unusable('\u{FEFF}')),
            ("a\u{1FFFE}", Unusable('\u{1FFFE}')),
        ] {
            assert_eq!(ClusterName::parse(text), Err(expected), "{text:?}");
        }
        assert_eq!(ClusterName::parse(&"é".repeat(128)), Err(TooLong(256)));
    }

    #[test]
    fn plain_names() {
        let plain = |text| ClusterName::parse(text).expect("usable").is_plain();
        assert!(plain("us-east_1.a"));
        for name in ["-a", ".a", "a b", "é", "a/b", "a:b"] {
            assert!(!plain(name), "{name}");
        }
    }
}
