//! # `increment-out-of-range`
//!
//! ## What it checks
//! `failoverVersionIncrement` is a whole number in 1 … 2147483647. (That it leaves room for the
//! clusters is the rule `increment-too-small`.)
//!
//! ## Why it matters
//! With 0, as which a missing number is read, the server panics at its first boot, and since 1.14 it
//! has saved the wrong number before: the database then panics on every start, even after the file
//! was corrected. Numbers above 2147483647 do not fit into replication streams; servers before 1.30
//! take them without a word.
//!
//! ## Example
//! `failoverVersionIncrement: 0`
//!
//! ## Fix
//! 100, as in the guide, or the next of 1000, 10000 … that has room for the numbers that exist. It
//! is chosen once for life.
//!
//! ## Source
//! Measured on 1.13.0, 1.14.1, 1.31.2 and 1.32.1; `common/cluster/metadata.go`.

use super::Rule;
use super::support::offer_increment;
use crate::diagnostics::{Diagnostic, Path, quoted};
use crate::model::NumberError;
use crate::reading::Reading;
use crate::server_messages;

pub(super) const RULE: Rule = Rule::error("increment-out-of-range", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let Err(error) = reading.increment else {
        return Vec::new();
    };
    let typed = quoted(reading.draft.increment.trim());
    let message = match error {
        NumberError::Missing => "The failover version increment is missing.".to_owned(),
        NumberError::NotANumber => {
            format!("The failover version increment {typed} is not a whole number.")
        }
        NumberError::OutOfRange(number) => {
            format!("The failover version increment {number} is outside of 1 to 2147483647.")
        }
    };
    let found = Diagnostic::new(
        Path::Increment,
        message,
        "It is the distance between two failover versions of one cluster, the same in all \
         clusters, and can never change after the first start. Since 1.14 a wrong one is saved at \
         the first start, and then keeps the server from starting for ever, even after the file \
         was corrected.",
    );
    let found = match error {
        NumberError::OutOfRange(number) => found.server_if(|| server_message(reading, number)),
        NumberError::Missing | NumberError::NotANumber => found,
    };
    vec![offer_increment(found, reading, 100)]
}

fn server_message(reading: &Reading, increment: i64) -> Option<String> {
    let cluster = reading.clusters.first()?;
    let initial = i64::from(cluster.initial_version.ok()?.get());
    let entry = (&*cluster.draft.name, initial);
    server_messages::increment_out_of_range(cluster.release, increment, entry)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, found, said};
    use super::*;
    use crate::draft::Draft;
    use crate::edit::{ClusterField::InitialFailoverVersion, Edit};

    fn with_increment(text: &str) -> Draft {
        Draft::default().with(&[Edit::SetIncrement(text.to_owned())])
    }

    #[test]
    fn names_the_value_and_the_range() {
        for (text, message) in [
            ("", "The failover version increment is missing."),
            (
                "1e2",
                "The failover version increment “1e2” is not a whole number.",
            ),
            (
                "0",
                "The failover version increment 0 is outside of 1 to 2147483647.",
            ),
            (
                "2147483648",
                "The failover version increment 2147483648 is outside of 1 to 2147483647.",
            ),
        ] {
            assert_eq!(
                said(&RULE, &with_increment(text)),
                format!("failoverVersionIncrement: {message}")
            );
        }
        for text in ["100", "2147483647"] {
            assert_eq!(said(&RULE, &with_increment(text)), "");
        }
    }

    #[test]
    fn repeats_what_the_server_says() {
        for (release, text, says) in [
            ("1.13", "0", Some("Version increment is 0")),
            ("1.14.0", "", None),
            (
                "1.13",
                "-100",
                Some("Version increment -100 is smaller than initial version: 1."),
            ),
            (
                "1.14.0",
                "-100",
                Some("Version increment -100 is smaller than initial version: map[…]."),
            ),
            (
                "1.32",
                "-100",
                Some(
                    "cluster \"clusterA\": InitialFailoverVersion (1) must be < \
                     FailoverVersionIncrement (-100)",
                ),
            ),
            ("1.14.0", "3000000000", None),
            ("1.32", "0", Some("Version increment <= 0 or > 2147483647")),
            (
                "1.32",
                "3000000000",
                Some("Version increment <= 0 or > 2147483647"),
            ),
        ] {
            let mut draft = with_increment(text);
            draft.server_version = release.to_owned();
            assert_eq!(
                found(&RULE, &draft)[0].server.as_deref(),
                says,
                "{release} {text}"
            );
        }
    }

    #[test]
    fn the_fix_is_the_guides_increment() {
        assert_eq!(fixed(&RULE, &with_increment("0")).increment, "100");
    }

    #[test]
    fn the_fix_has_room_for_the_numbers_that_exist() {
        let mut draft = with_increment("0");
        let id = draft.clusters[1].id;
        draft.apply(&Edit::SetField(id, InitialFailoverVersion, "100".into()));
        assert_eq!(fixed(&RULE, &draft).increment, "1000");
    }
}
