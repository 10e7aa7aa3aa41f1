//! # `cloud-increment`
//!
//! ## What it checks
//! Where the way to Temporal Cloud is kept open, the increment divides 1,000,000.
//!
//! ## Why it matters
//! Namespaces are moved to Temporal Cloud by replication, as between any two clusters, and it takes
//! them only from a cluster with such an increment. The increment of a cluster can never change.
//!
//! ## Example
//! 10, 100, 1000 and also 64 divide it; 128 and 300 do not.
//!
//! ## Fix
//! 100, or ten times that … with room for all clusters; none once a cluster runs.
//!
//! ## Source
//! Temporal's documentation of the automated migration to Temporal Cloud.

use super::Rule;
use super::support::offer_increment;
use crate::diagnostics::{Diagnostic, Path};
use crate::edit::Edit;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("cloud-increment", check);

/// What the increment must divide, and the largest initial version.
pub(super) const OF_CLOUD: u32 = 1_000_000;

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let increment = reading.increment.ok().map(|increment| increment.get());
    let Some(increment) = increment.filter(|_| reading.draft.keeps_cloud_open) else {
        return Vec::new();
    };
    if divides(increment) {
        return Vec::new();
    }
    let found = Diagnostic::new(
        Path::Increment,
        format!("The failover version increment {increment} closes the way to Temporal Cloud."),
        "It takes only one that divides 1,000,000, as 100, 1000 and 10000 do, and it can never change after the \
         first start.",
    );
    let mut found = offer_increment(found, reading, 100);
    let leads_there = |edit: &Edit| match edit {
        Edit::SetIncrement(text) => text.parse().is_ok_and(divides),
        _ => false,
    };
    found.fix = found.fix.filter(|fix| fix.edits.iter().all(leads_there));
    vec![found]
}

const fn divides(increment: u32) -> bool {
    OF_CLOUD.is_multiple_of(increment)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, found, running, said};
    use super::*;
    use crate::draft::Draft;

    fn with(increment: &str, open: bool) -> Draft {
        Draft::default().with(&[
            Edit::SetIncrement(increment.to_owned()),
            Edit::SetKeepsCloudOpen(open),
        ])
    }

    #[test]
    fn the_increment_divides_a_million() {
        for (increment, is_fine) in [
            ("100", true),
            ("64", true),
            ("10", true),
            ("1000000", true),
            ("not a number", true),
            ("128", false),
            ("300", false),
            ("2000000", false),
        ] {
            let said = said(&RULE, &with(increment, true));
            assert_eq!(said.is_empty(), is_fine, "{increment}: {said}");
            assert_eq!(found(&RULE, &with(increment, false)), []);
        }
    }

    #[test]
    fn the_fix_has_room_for_all_and_leaves_what_runs() {
        assert_eq!(fixed(&RULE, &with("128", true)).increment, "100");
        let runs = running(&with("128", true), 0);
        assert_eq!(found(&RULE, &runs)[0].fix, None);
    }
}
