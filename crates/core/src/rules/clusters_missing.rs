//! # `clusters-missing`
//!
//! ## What it checks
//! There is a cluster.
//!
//! ## Why it matters
//! Without one there is nothing to write a file for.
//!
//! ## Example
//! The last cluster was removed.
//!
//! ## Fix
//! Adds a cluster.
//!
//! ## Source
//! None needed. (A file without any panics at boot: `Empty cluster information`.)

use super::Rule;
use super::support::offer_cluster;
use crate::diagnostics::{Diagnostic, Path};
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("clusters-missing", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if !reading.clusters.is_empty() {
        return Vec::new();
    }
    let found = Diagnostic::new(
        Path::Clusters,
        "There is no cluster.",
        "Add the clusters that shall replicate to each other, each with its name and address.",
    );
    vec![offer_cluster(found, reading)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;

    #[test]
    fn one_is_needed() {
        assert_eq!(
            said(&RULE, &Draft::empty()),
            "clusters: There is no cluster."
        );
        assert_eq!(said(&RULE, &Draft::empty().with(&[Edit::AddCluster])), "");
    }

    #[test]
    fn the_fix_adds_one() {
        for increment in ["100", "2", "none"] {
            let draft = Draft::empty().with(&[Edit::SetIncrement(increment.into())]);
            let fix = found(&RULE, &draft).remove(0).fix.expect("a fix");
            assert_eq!(said(&RULE, &draft.with(&fix.edits)), "");
        }
    }

    #[test]
    fn no_fix_without_room() {
        let draft = Draft::empty().with(&[Edit::SetIncrement("1".into())]);
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }
}
