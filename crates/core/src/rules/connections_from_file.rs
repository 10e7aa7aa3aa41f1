//! # `connections-from-file`
//!
//! ## What it checks
//! Whether the release is prior to 1.14, where clusters are connected by their files alone.
//!
//! ## Why it matters
//! There are no connection commands, and nothing compares the files: both servers boot, and a
//! difference shows only later, as a crash or as lost data. Every change is a change of all files and a restart of
//! all servers.
//!
//! ## Example
//! Server version 1.13.
//!
//! ## Fix
//! None: it is how these releases work.
//!
//! ## Source
//! Measured on 1.13.0.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::reading::Reading;
use crate::release::Layout;
use crate::server_messages::NO_UPSERT_API;

pub(super) const RULE: Rule = Rule::note("connections-from-file", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if reading.common_layout() != Some(Layout::AllClusters) {
        return Vec::new();
    }
    let (release, path) = reading.oldest_version();
    vec![
        Diagnostic::new(
            path,
            format!("Servers of {release} connect by their files alone: there are no commands."),
            "Prior to 1.14 every file lists all clusters. Change the files of all clusters \
             together, and restart all servers: nothing compares the files, and a difference shows \
             only later, as a crash or as lost data.",
        )
        .server(NO_UPSERT_API),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::testing::said;
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;

    #[test]
    fn commands_came_with_1_14() {
        let of = |release: &str| Draft::default().with(&[Edit::SetServerVersion(release.into())]);
        assert_eq!(
            said(&RULE, &of("1.13")),
            "serverVersion: Servers of 1.13 connect by their files alone: there are no commands."
        );
        for release in ["1.14.0", "1.32", "not known"] {
            assert_eq!(said(&RULE, &of(release)), "");
        }
    }
}
