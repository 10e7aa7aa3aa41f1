//! # `initial-version-not-a-number`
//!
//! ## What it checks
//! `initialFailoverVersion` is written in digits, without a leading zero.
//!
//! ## Why it matters
//! The server refuses to read such a file, or reads another number: it takes `1.5` for 1, and `010`
//! for 8.
//!
//! ## Example
//! `initialFailoverVersion: one`
//!
//! ## Fix
//! The lowest number that no cluster has.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1 and 1.32.1.

use super::Rule;
use super::support::offer_free_version;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::InitialFailoverVersion;
use crate::model::NumberError;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("initial-version-not-a-number", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_initial_versions(&|cluster, error| {
        if error != NumberError::NotANumber {
            return None;
        }
        let found = Diagnostic::new(
            cluster.path(InitialFailoverVersion),
            format!(
                "{} is not a whole number.",
                cluster.described(InitialFailoverVersion)
            ),
            "The server would refuse the file, or read another number: 1 for 1.5 and 8 for 010. \
             It can never change after the first start.",
        );
        Some(offer_free_version(found, reading, cluster))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, said};
    use super::*;

    #[test]
    fn only_digits_are_numbers() {
        for text in ["one", "1.5", "010", "1e2", "+2"] {
            assert_eq!(
                said(&RULE, &draft(&[(1, InitialFailoverVersion, text)])),
                format!(
                    "clusters[1].initialFailoverVersion: The initial failover version “{text}” of \
                     “clusterB” is not a whole number."
                )
            );
        }
        for text in ["", "0", "-1", "100", " 5 "] {
            assert_eq!(
                said(&RULE, &draft(&[(1, InitialFailoverVersion, text)])),
                ""
            );
        }
    }

    #[test]
    fn the_fix_is_the_lowest_free_number() {
        for text in ["one", "+2", "010"] {
            let fixed = fixed(&RULE, &draft(&[(1, InitialFailoverVersion, text)]));
            assert_eq!(fixed.clusters[1].initial_version, "2");
        }
    }
}
