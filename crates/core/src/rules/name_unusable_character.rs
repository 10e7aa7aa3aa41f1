//! # `name-unusable-character`
//!
//! ## What it checks
//! A cluster name has no control character, no line break, and nothing that cannot be seen or that
//! turns the direction of its surroundings.
//!
//! ## Why it matters
//! Servers take any text, and keep it for ever. A name with such a character looks like another one,
//! cannot be typed again, and breaks logs, dashboards and terminals.
//!
//! ## Example
//! `clusterA` with a zero-width space (U+200B) that came along when it was copied from a web page.
//!
//! ## Fix
//! Removes these characters, and white space at the ends.
//!
//! ## Source
//! The server checks only that a name is not empty: `common/cluster/metadata.go`.

use super::Rule;
use super::support::offer_name;
use crate::diagnostics::{Diagnostic, visible};
use crate::edit::ClusterField::Name;
use crate::model::{ClusterNameError, is_unusable};
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("name-unusable-character", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_names(&|cluster, error| {
        let ClusterNameError::Unusable(character) = error else {
            return None;
        };
        let found = Diagnostic::new(
            cluster.path(Name),
            format!(
                "The cluster name {} contains {}, which cannot be seen.",
                cluster.label(),
                visible(character)
            ),
            "The server would take it, and a name can never change after the first start. It looks \
             like another name, cannot be typed again, and breaks logs and terminals.",
        );
        let usable: String = cluster
            .draft
            .name
            .chars()
            .filter(|&c| !is_unusable(c))
            .collect();
        Some(offer_name(found, reading, cluster, usable.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;

    #[test]
    fn the_first_such_character_is_named() {
        for (name, shown, character) in [
            ("a\nb", "aU+000Ab", "U+000A"),
            ("a\0", "aU+0000", "U+0000"),
            ("\u{202E}abc", "U+202Eabc", "U+202E"),
            ("a\u{200B}\u{FEFF}", "aU+200BU+FEFF", "U+200B"),
        ] {
            assert_eq!(
                said(&RULE, &draft(&[(0, Name, name)])),
                format!(
                    "clusters[0].name: The cluster name “{shown}” contains {character}, which \
                     cannot be seen."
                )
            );
        }
        assert_eq!(said(&RULE, &draft(&[(0, Name, "日本 $(id)")])), "");
    }

    #[test]
    fn the_fix_removes_them() {
        for name in ["us\u{200B}-east", " us-east\n", "\u{FEFF}us\0-east"] {
            let fixed = fixed(&RULE, &draft(&[(0, Name, name)]));
            assert_eq!(fixed.clusters[0].name, "us-east");
        }
    }

    #[test]
    fn no_fix_where_nothing_is_left_or_the_name_is_taken() {
        for name in ["\u{200B}", "clusterB\0", "CLUSTERB\0"] {
            assert_eq!(found(&RULE, &draft(&[(0, Name, name)]))[0].fix, None);
        }
    }
}
