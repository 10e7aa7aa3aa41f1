//! # `name-surrounding-space`
//!
//! ## What it checks
//! A cluster name neither begins nor ends with white space.
//!
//! ## Why it matters
//! Servers take `clusterA` and `clusterA` with a space for two clusters, and keep the name for ever.
//! Every later command has to repeat the space that nobody sees.
//!
//! ## Example
//! A name that was copied with the space behind it.
//!
//! ## Fix
//! Removes it.
//!
//! ## Source
//! The server checks only that a name is not empty: `common/cluster/metadata.go`.

use super::Rule;
use super::support::offer_name;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::Name;
use crate::model::ClusterNameError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("name-surrounding-space", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_names(&|cluster, error| {
        if error != ClusterNameError::SurroundingSpace {
            return None;
        }
        let found = Diagnostic::new(
            cluster.path(Name),
            format!(
                "The cluster name {} begins or ends with white space.",
                cluster.label()
            ),
            "To the server this is another name than the one without it, and a name can never \
             change after the first start.",
        );
        Some(offer_name(
            found,
            reading,
            cluster,
            cluster.draft.name.trim(),
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;

    #[test]
    fn both_ends_are_checked() {
        for name in [" a", "a ", "a\u{A0}", "\u{3000}a"] {
            assert_eq!(
                said(&RULE, &draft(&[(0, Name, name)])),
                format!(
                    "clusters[0].name: The cluster name “{name}” begins or ends with white space."
                )
            );
        }
        assert_eq!(said(&RULE, &draft(&[(0, Name, "a b")])), "");
    }

    #[test]
    fn the_fix_trims() {
        let fixed = fixed(&RULE, &draft(&[(0, Name, " us-east ")]));
        assert_eq!(fixed.clusters[0].name, "us-east");
    }

    #[test]
    fn no_fix_if_the_name_is_taken() {
        let draft = draft(&[(0, Name, "clusterB ")]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }
}
