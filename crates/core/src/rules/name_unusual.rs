//! # `name-unusual`
//!
//! ## What it checks
//! A cluster name consists of ASCII letters and digits, `-`, `_` and `.`, and begins with a letter
//! or digit.
//!
//! ## Why it matters
//! Servers take any text, and what is exported here is quoted so that it works. But the name can
//! never change, and everybody who types it later has to quote it as well: in a shell, in a query,
//! in a dashboard. Many tools read a `-` at the beginning as an option.
//!
//! ## Example
//! `my cluster.1`, which every server takes.
//!
//! ## Fix
//! `-` instead of other ASCII characters; none for a cluster that runs, whose name stays.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1: names with spaces and dots boot.

use super::Rule;
use super::support::offer_name;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::Name;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("name-unusual", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for cluster in &reading.clusters {
        if cluster.name.as_ref().is_ok_and(|name| !name.is_plain()) {
            let unusual = Diagnostic::new(
                cluster.path(Name),
                format!(
                    "The cluster name {} needs care wherever it is typed.",
                    cluster.label()
                ),
                "The server takes it, but a name can never change after the first start. One of \
                 letters and digits, -, _ and . that begins with a letter or digit needs no \
                 quoting in shells, queries and dashboards, and is never read as an option.",
            );
            let plain = plain_name(&cluster.draft.name);
            // The name that a cluster runs with may be unusual as well, and stays.
            found.push(match cluster.draft.running {
                None => offer_name(unusual, reading, cluster, &plain),
                Some(_) => unusual,
            });
        }
    }
    found
}

/// The name with `-` for what is unusual; empty where too little would be left of it.
fn plain_name(name: &str) -> String {
    if !name.is_ascii() {
        return String::new();
    }
    let plain = |c: char| {
        let is_plain = c.is_ascii_alphanumeric() || "-_.".contains(c);
        if is_plain { c } else { '-' }
    };
    let name: String = name.chars().map(plain).collect();
    name.trim_matches(['-', '_', '.']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;

    #[test]
    fn plain_names_are_not_mentioned() {
        assert_eq!(said(&RULE, &draft(&[(0, Name, "us-east_1.a")])), "");
        for name in ["-a", "my cluster", "été", "a/b", "$(id)"] {
            assert_eq!(
                said(&RULE, &draft(&[(0, Name, name)])),
                format!(
                    "clusters[0].name: The cluster name “{name}” needs care wherever it is typed."
                )
            );
        }
    }

    #[test]
    fn the_fix_is_a_plain_name() {
        for (name, plain) in [
            ("-a", "a"),
            ("my cluster", "my-cluster"),
            ("$(id)", "id"),
            ("a/b", "a-b"),
        ] {
            let fixed = fixed(&RULE, &draft(&[(0, Name, name)]));
            assert_eq!(fixed.clusters[0].name, plain);
        }
    }

    #[test]
    fn no_fix_where_little_is_left_or_the_name_is_taken() {
        for name in ["日本", "été", "...", "-clusterB"] {
            assert_eq!(
                found(&RULE, &draft(&[(0, Name, name)]))[0].fix,
                None,
                "{name}"
            );
        }
    }
}
