//! # `redirection-hides-standby`
//!
//! ## What it checks
//! Whether `all-apis-forwarding` is chosen.
//!
//! ## Why it matters
//! Every request for a namespace that is active elsewhere goes there, also one that only reads. Who
//! asks a standby whether a workflow has arrived is answered by the active cluster, and sees it in any
//! case. And while the active cluster cannot be reached, the standby answers nothing.
//!
//! ## Example
//! `temporal workflow list` at the standby shows what the active cluster has.
//!
//! ## Fix
//! None: it may be just what is wanted.
//!
//! ## Source
//! `common/rpc/interceptor/dc_redirection_policy.go` at 1.32.1.

use super::Rule;
use crate::diagnostics::{Diagnostic, Path};
use crate::model::RedirectionPolicy;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::note("redirection-hides-standby", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    if reading.draft.redirection != Some(RedirectionPolicy::AllApis) {
        return Vec::new();
    }
    vec![Diagnostic::new(
        Path::Redirection,
        "With all-apis-forwarding a standby shows what the active cluster has, not what it has itself.",
        "Requests that only read are forwarded too: a workflow that is seen at a standby need not have \
         arrived there, and while the active cluster cannot be reached, the standby answers nothing. \
         selected-apis-forwarding leaves reading where it is asked for, but for queries.",
    )]
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::*;
    use crate::draft::Draft;
    use crate::edit::Edit;

    #[test]
    fn only_forwarding_everything_is_noted() {
        for policy in RedirectionPolicy::ALL {
            let draft = Draft::default().with(&[Edit::SetRedirection(Some(policy))]);
            let noted = policy == RedirectionPolicy::AllApis;
            assert_eq!(found(&RULE, &draft).len(), usize::from(noted), "{policy:?}");
        }
        assert_eq!(found(&RULE, &Draft::default()), []);
    }
}
