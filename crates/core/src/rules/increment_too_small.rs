//! # `increment-too-small`
//!
//! ## What it checks
//! The increment has room for all clusters: initial versions are 1 … increment − 1, each different.
//!
//! ## Why it matters
//! There is no initial version left for the last clusters. An increment can never change once
//! the servers have been started, so it also decides how many clusters there can ever be.
//!
//! ## Example
//! `failoverVersionIncrement: 10` with ten clusters.
//!
//! ## Fix
//! The next of 10, 100, 1000 … with room.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1: an initial version equal to the increment is refused.

use super::Rule;
use super::support::{has_room, offer_increment};
use crate::diagnostics::{Diagnostic, Path};
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("increment-too-small", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let Ok(increment) = reading.increment else {
        return Vec::new();
    };
    if has_room(reading) {
        return Vec::new();
    }
    let found = Diagnostic::new(
        Path::Increment,
        format!(
            "A failover version increment of {increment} has room for {} of the {} clusters.",
            increment.capacity(),
            reading.clusters.len()
        ),
        "Each cluster needs its own initial failover version, from 1 to the increment − 1. All \
         clusters have the same increment, and clusters that have been started keep theirs for \
         ever: change it only before the first start.",
    );
    vec![offer_increment(found, reading, 10)]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, found, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::ClusterField::{InitialFailoverVersion, Name};
    use crate::edit::Edit;

    fn with(increment: &str, clusters: usize) -> Draft {
        let mut draft = draft(&[(clusters - 1, Name, "last")]);
        draft.apply(&Edit::SetIncrement(increment.to_owned()));
        draft
    }

    #[test]
    fn there_is_room_for_one_cluster_less_than_the_increment() {
        assert_eq!(said(&RULE, &with("10", 9)), "");
        assert_eq!(
            said(&RULE, &with("10", 10)),
            "failoverVersionIncrement: A failover version increment of 10 has room for 9 of the \
             10 clusters."
        );
        assert_eq!(said(&RULE, &with("none", 10)), "");
    }

    #[test]
    fn the_fix_is_the_next_power_of_ten_with_room() {
        for (increment, clusters, expected) in [("2", 2, "10"), ("5", 10, "100"), ("10", 10, "100")]
        {
            assert_eq!(fixed(&RULE, &with(increment, clusters)).increment, expected);
        }
    }

    #[test]
    fn the_fix_has_room_for_the_numbers_that_exist() {
        let mut draft = draft(&[(1, InitialFailoverVersion, "150")]);
        draft.apply(&Edit::SetIncrement("2".into()));
        assert_eq!(fixed(&RULE, &draft).increment, "1000");
        let id = draft.clusters[1].id;
        let largest = "2000000000".to_owned();
        draft.apply(&Edit::SetField(id, InitialFailoverVersion, largest));
        assert_eq!(found(&RULE, &draft)[0].fix, None);
    }
}
