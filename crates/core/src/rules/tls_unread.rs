//! # `tls-unread`
//!
//! ## What it checks
//! TLS between clusters is chosen only for servers that read it: from 1.16 on.
//!
//! ## Why it matters
//! Earlier servers would drop the section without a word, so it is not written for them: they dial other
//! clusters as they dial their own frontends.
//!
//! ## Example
//! `global.tls.remoteClusters` in the file of a server of 1.15.
//!
//! ## Fix
//! Turns it off.
//!
//! ## Source
//! `common/config/config.go` and `common/rpc/rpc.go` at 1.15.0 and 1.16.0.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path};
use crate::edit::Edit;
use crate::reading::Reading;
use crate::release::Capability;

pub(super) const RULE: Rule = Rule::warning("tls-unread", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if !reading.draft.tls || reading.has(Capability::RemoteClusterTls) {
        return Vec::new();
    }
    let (release, _) = reading.oldest_version();
    vec![
        Diagnostic::new(
            Path::Tls,
            format!("Servers of {release} have no TLS settings for other clusters, only from 1.16 on."),
            "They would drop the section without a word, so it is not in their files: they dial other \
             clusters with the TLS settings for their own frontends.",
        )
        .fix("Turn it off", Edit::SetTls(false)),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, said};
    use super::*;
    use crate::draft::Draft;

    fn of(release: &str, tls: bool) -> Draft {
        Draft::default().with(&[
            Edit::SetServerVersion(release.to_owned()),
            Edit::SetTls(tls),
        ])
    }

    #[test]
    fn it_came_with_1_16() {
        assert_eq!(
            said(&RULE, &of("1.15", true)),
            "tls: Servers of 1.15 have no TLS settings for other clusters, only from 1.16 on."
        );
        for (release, tls) in [("1.15", false), ("1.16", true), ("not known", true)] {
            assert_eq!(said(&RULE, &of(release, tls)), "", "{release}");
        }
        assert!(!fixed(&RULE, &of("1.13", true)).tls);
    }
}
