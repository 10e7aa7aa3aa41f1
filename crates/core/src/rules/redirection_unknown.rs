//! # `redirection-unknown`
//!
//! ## What it checks
//! `all-apis-forwarding` is chosen only for servers of 1.15 or later.
//!
//! ## Why it matters
//! Earlier servers do not know it, and their frontends end with a panic at every start.
//!
//! ## Example
//! `dcRedirectionPolicy: {policy: "all-apis-forwarding"}` on a server of 1.14.
//!
//! ## Fix
//! `selected-apis-forwarding`, which every release knows.
//!
//! ## Source
//! Measured on 1.13.0 and 1.14.1; `service/frontend/dcRedirectionPolicy.go` at 1.14.6 and 1.15.0.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path};
use crate::edit::Edit;
use crate::model::RedirectionPolicy;
use crate::reading::Reading;
use crate::release::Capability;
use crate::server_messages::{UNKNOWN_REDIRECTION_POLICY, fill};

pub(super) const RULE: Rule = Rule::error("redirection-unknown", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let policy = RedirectionPolicy::AllApis;
    if reading.draft.redirection != Some(policy) || reading.has(Capability::ForwardsAllApis) {
        return Vec::new();
    }
    let (release, _) = reading.oldest_version();
    vec![
        Diagnostic::new(
            Path::Redirection,
            format!("Servers of {release} do not know all-apis-forwarding, only from 1.15 on."),
            "Their frontends end with a panic at every start. selected-apis-forwarding is known by \
             every release: it forwards starts, signals, cancellations, terminations and queries.",
        )
        .server_if(|| {
            Some(fill(
                UNKNOWN_REDIRECTION_POLICY,
                &[("policy", policy.name())],
            ))
        })
        .fix(
            "Use selected-apis-forwarding",
            Edit::SetRedirection(Some(RedirectionPolicy::SelectedApis)),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, found, said};
    use super::*;
    use crate::draft::Draft;

    fn of(release: &str, policy: RedirectionPolicy) -> Draft {
        Draft::default().with(&[
            Edit::SetServerVersion(release.to_owned()),
            Edit::SetRedirection(Some(policy)),
        ])
    }

    #[test]
    fn forwarding_everything_came_with_1_15() {
        for release in ["1.13", "1.14.0", "1.14.6"] {
            let draft = of(release, RedirectionPolicy::AllApis);
            assert_eq!(
                said(&RULE, &draft),
                format!(
                    "dcRedirectionPolicy: Servers of {release} do not know all-apis-forwarding, \
                     only from 1.15 on."
                )
            );
            let says = found(&RULE, &draft)[0].server.clone();
            let expected = "Unknown DC redirection policy all-apis-forwarding";
            assert_eq!(says.as_deref(), Some(expected));
        }
        for release in ["1.15", "1.32", "not known"] {
            assert_eq!(said(&RULE, &of(release, RedirectionPolicy::AllApis)), "");
        }
    }

    #[test]
    fn every_release_knows_the_others() {
        for policy in [RedirectionPolicy::Noop, RedirectionPolicy::SelectedApis] {
            assert_eq!(said(&RULE, &of("1.13", policy)), "");
        }
        assert_eq!(said(&RULE, &Draft::default()), "");
    }

    #[test]
    fn the_fix_is_the_policy_that_every_release_knows() {
        let fixed = fixed(&RULE, &of("1.14.0", RedirectionPolicy::AllApis));
        assert_eq!(fixed.redirection, Some(RedirectionPolicy::SelectedApis));
    }
}
