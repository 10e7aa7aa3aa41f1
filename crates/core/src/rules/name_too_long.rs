//! # `name-too-long`
//!
//! ## What it checks
//! A cluster name has at most 255 bytes.
//!
//! ## Why it matters
//! The databases of MySQL and PostgreSQL hold 255 characters, some 255 bytes. The server itself
//! does not look, so that it is the database that refuses the first start, and in 1.14 every later
//! one, even after the file was corrected.
//!
//! ## Example
//! A name of 128 letters with accents: 256 bytes.
//!
//! ## Fix
//! None: a name is for ever, so nobody else should choose it.
//!
//! ## Source
//! Measured on 1.14.1 with PostgreSQL; `cluster_name VARCHAR(255)` in `schema/mysql/v8/temporal` and `schema/postgresql/v96/temporal`.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::Name;
use crate::model::{ClusterName, ClusterNameError};
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::error("name-too-long", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_names(&|cluster, error| {
        let ClusterNameError::TooLong(bytes) = error else {
            return None;
        };
        Some(Diagnostic::new(
            cluster.path(Name),
            format!(
                "The cluster name {} has {bytes} bytes, and at most {} fit.",
                cluster.label(),
                ClusterName::MAX_BYTES
            ),
            "The server does not check it, but SQL databases hold no more. Choose a short name \
             that stays true, such as a region: us-east-1.",
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, said};
    use super::*;

    #[test]
    fn bytes_are_counted() {
        assert_eq!(said(&RULE, &draft(&[(0, Name, &"x".repeat(255))])), "");
        assert_eq!(
            said(&RULE, &draft(&[(0, Name, &"é".repeat(128))])),
            format!(
                "clusters[0].name: The cluster name “{}…” has 256 bytes, and at most 255 fit.",
                "é".repeat(60)
            )
        );
    }
}
