//! Our own links: a whole set-up in the fragment of an address.

use multicluster_core::link;

use super::Reader;
use crate::finding;
use crate::text::Place;

/// Where the text of a link begins in a line, if there is one.
pub(crate) fn find(line: &str) -> Option<usize> {
    let is_version = |at: usize| line[at..].starts_with(|c: char| c.is_ascii_digit());
    if let Some(at) = line.find("#v=").filter(|at| is_version(at + 3)) {
        return Some(at + 1);
    }
    let begin = line.len() - line.trim_start().len();
    let bare = line[begin..].strip_prefix('#').map_or(begin, |_| begin + 1);
    let is_bare = line[bare..].starts_with("v=") && is_version(bare + 2) && line.contains('&');
    is_bare.then_some(bare)
}

impl Reader<'_> {
    /// Reads the link that begins at this byte of a line.
    pub(crate) fn link(&mut self, line: usize, begin: usize) {
        let rest = &self.text.lines[line][begin..];
        let ends = |c: char| c.is_whitespace() || "\"'<>`)]}".contains(c);
        let link = rest.split(ends).next().unwrap_or_default();
        let at = Place::new(line, self.text.lines[line][..begin].chars().count());
        match link::decode(link) {
            Ok(draft) => self.outcome.add_draft(self.text.location(at), draft),
            Err(error) => self.report(at, &finding::LINK_UNREADABLE, error.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_in_lines() {
        for (line, expected) in [
            ("https://example.org/x/#v=1&server=1.32", Some(23)),
            ("see <https://example.org/#v=1&a> there", Some(26)),
            ("  v=1&server=1.32", Some(2)),
            ("#v=1&server=1.32", Some(1)),
            ("v=1", None),
            ("a v=1&b", None),
            ("# v=1&b", None),
            ("#v=x&b", None),
        ] {
            assert_eq!(find(line), expected, "{line}");
        }
    }
}
