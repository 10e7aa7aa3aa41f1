//! # `http-address-unread`
//!
//! ## What it checks
//! An HTTP address is stated only for clusters whose servers read it: from 1.24 on.
//!
//! ## Why it matters
//! Earlier servers would drop the key without a word, so it is not written for them.
//!
//! ## Example
//! `httpAddress: "temporal.example:7243"` on a server of 1.23.
//!
//! ## Fix
//! Leaves it out.
//!
//! ## Source
//! `common/cluster/metadata.go` at every tag.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::HttpAddress;
use crate::edit::Edit;
use crate::reading::Reading;
use crate::release::Capability;

pub(super) const RULE: Rule = Rule::warning("http-address-unread", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let clusters = reading.clusters.iter();
    let unread = clusters.filter(|cluster| {
        let release = cluster.release;
        cluster.http_address.is_some() && release.is_some_and(|it| !it.has(Capability::HttpAddress))
    });
    let found = unread.map(|cluster| {
        Diagnostic::new(
            cluster.path(HttpAddress),
            format!(
                "Servers of {} do not read the HTTP address of {}, only from 1.24 on.",
                cluster.server_version(reading.draft),
                cluster.label()
            ),
            "They would drop the key without a word, so it is not in their file. It is needed for callbacks \
             between clusters (Nexus), which these servers do not have.",
        )
        .fix(
            "Leave it out",
            Edit::SetField(cluster.draft.id, HttpAddress, String::new()),
        )
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, fixed, said};
    use super::*;
    use crate::edit::ClusterField::ServerVersion;

    #[test]
    fn the_release_of_the_cluster_counts() {
        let draft = draft(&[
            (0, HttpAddress, "a:7243"),
            (1, HttpAddress, "b:7243"),
            (1, ServerVersion, "1.23.1"),
        ]);
        assert_eq!(
            said(&RULE, &draft),
            "clusters[1].httpAddress: Servers of 1.23.1 do not read the HTTP address of \
             “clusterB”, only from 1.24 on."
        );
        assert_eq!(fixed(&RULE, &draft).clusters[1].http_address, "");
    }

    #[test]
    fn nothing_is_said_of_what_is_not_stated_or_not_known() {
        for release in ["1.13", "1.24", "not known"] {
            let field = if release == "1.13" { "" } else { "a:7243" };
            let mut draft = draft(&[(0, HttpAddress, field)]);
            draft.server_version = release.to_owned();
            assert_eq!(said(&RULE, &draft), "", "{release}");
        }
    }
}
