//! Paths of files on other machines.

use std::rc::Rc;

use super::is_unusable;

/// The path of a file as a person means it: nothing at its ends that gets lost, and nothing in it that
/// nobody can see. Whether the file is there, only its machine can tell.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FilePath(Rc<str>);

impl FilePath {
    /// Reads a path exactly as it will be written.
    ///
    /// # Errors
    /// `None` if it is empty, begins or ends with white space, or has an invisible character in it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_fine = !text.is_empty() && text.trim() == text && !text.contains(is_unusable);
        is_fine.then(|| Self(text.into()))
    }

    /// The path as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_as_they_are() {
        for (text, is_path) in [
            ("/etc/temporal/ca.pem", true),
            ("ca file.pem", true),
            ("C:\\certs\\ca.pem", true),
            ("日本.pem", true),
            ("", false),
            (" ", false),
            ("/a ", false),
            ("/a\n", false),
            ("/a\u{200B}b", false),
        ] {
            assert_eq!(FilePath::parse(text).is_some(), is_path, "{text:?}");
        }
    }
}
