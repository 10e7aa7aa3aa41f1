//! # `name-case-only`
//!
//! ## What it checks
//! No two clusters have names that differ only in upper and lower case.
//!
//! ## Why it matters
//! To servers these are two clusters, to people and to some file systems and dashboards one. A
//! failover to the wrong one is a typing error away.
//!
//! ## Example
//! `clusterA` and `clustera`
//!
//! ## Fix
//! None: which of the two should change is not to be seen here.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1: names are compared letter by letter.

use std::collections::HashMap;

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::Name;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("name-case-only", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let mut first_with = HashMap::new();
    let mut found = Vec::new();
    for cluster in &reading.clusters {
        let Ok(name) = &cluster.name else { continue };
        let folded = name.as_str().to_ascii_lowercase();
        let first = *first_with.entry(folded).or_insert(cluster);
        if first.name != cluster.name {
            let diagnostic = Diagnostic::new(
                cluster.path(Name),
                format!(
                    "The names {} and {} differ only in upper and lower case.",
                    first.label(),
                    cluster.label()
                ),
                "To servers these are two clusters, to people one: a failover to the wrong one is \
                 a typing error away. Names can never change after the first start.",
            );
            found.push(diagnostic.related(first.path(Name)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;

    #[test]
    fn only_case_makes_the_difference() {
        assert_eq!(
            said(&RULE, &draft(&[(1, Name, "CLUSTERa")])),
            "clusters[1].name: The names “clusterA” and “CLUSTERa” differ only in upper and lower \
             case."
        );
        assert_eq!(said(&RULE, &draft(&[(1, Name, "clusterA")])), "");
        assert_eq!(said(&RULE, &draft(&[(1, Name, "clusterA-")])), "");
    }
}
