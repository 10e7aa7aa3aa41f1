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

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::Name;
use crate::reading::{ClusterReading, Reading};

pub(super) const RULE: Rule = Rule::warning("name-case-only", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let folded = |cluster: &ClusterReading| {
        let name = cluster.name.as_ref().ok()?;
        Some(name.as_str().to_ascii_lowercase())
    };
    let repeated = reading.repeated(&folded);
    repeated
        .filter(|(first, later)| first.name != later.name)
        .map(|(first, later)| diagnostic(first, later))
        .collect()
}

fn diagnostic(first: &ClusterReading, later: &ClusterReading) -> Diagnostic {
    Diagnostic::new(
        later.path(Name),
        format!(
            "The names {} and {} differ only in upper and lower case.",
            first.label(),
            later.label()
        ),
        "To servers these are two clusters, to people one: a failover to the wrong one is a typing \
         error away. Names can never change after the first start.",
    )
    .related(first.path(Name))
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
