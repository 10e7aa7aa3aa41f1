//! # `clusters-one`
//!
//! ## What it checks
//! Whether there is only one cluster.
//!
//! ## Why it matters
//! Its file is right, and a cluster may well be started alone. There is nothing to connect yet, so
//! there are no connection commands.
//!
//! ## Example
//! All clusters but one were removed.
//!
//! ## Fix
//! Adds a cluster, if its address is obvious.
//!
//! ## Source
//! None needed.

use super::Rule;
use super::support::offer_cluster;
use crate::diagnostics::{Diagnostic, Path};
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::note("clusters-one", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let [only] = &*reading.clusters else {
        return Vec::new();
    };
    let found = Diagnostic::new(
        Path::Clusters,
        format!(
            "There is only {}, and nothing to connect it to yet.",
            only.label()
        ),
        "Its file can be used as it is. Add the cluster that it shall replicate to.",
    );
    vec![offer_cluster(found, reading)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::{
        ClusterField::{RpcAddress, ServerVersion},
        Edit,
    };

    fn alone() -> Draft {
        Draft::empty().with(&[Edit::AddCluster])
    }

    #[test]
    fn one_alone_is_noted() {
        assert_eq!(
            said(&RULE, &alone()),
            "clusters: There is only “clusterA”, and nothing to connect it to yet."
        );
        assert_eq!(said(&RULE, &Draft::empty()), "");
        assert_eq!(said(&RULE, &Draft::default()), "");
    }

    #[test]
    fn the_fix_adds_another() {
        let fix = found(&RULE, &alone()).remove(0).fix.expect("a fix");
        assert_eq!(alone().with(&fix.edits), Draft::default());
    }

    #[test]
    fn no_fix_where_it_could_be_wrong() {
        let id = alone().clusters[0].id;
        let away = Edit::SetField(id, RpcAddress, "a.example:7233".into());
        assert_eq!(found(&RULE, &alone().with(&[away]))[0].fix, None);
        let no_room = Edit::SetIncrement("2".into());
        assert_eq!(found(&RULE, &alone().with(&[no_room]))[0].fix, None);
        let older = [
            Edit::SetServerVersion("1.14.0".into()),
            Edit::SetField(id, ServerVersion, "1.32".into()),
        ];
        assert_eq!(found(&RULE, &alone().with(&older))[0].fix, None);
    }
}
