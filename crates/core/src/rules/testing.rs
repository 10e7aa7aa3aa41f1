//! How rules are tested: a draft goes in, what one rule says of it comes out.

use crate::diagnostics::Diagnostic;
use crate::draft::Draft;
use crate::edit::{ClusterField, Edit};
use crate::reading::Reading;

use super::{Rule, check_all};

/// The guide's pair with these fields of its first clusters changed: `(place, field, text)`.
/// Clusters are added until every place exists.
pub(crate) fn draft(fields: &[(usize, ClusterField, &str)]) -> Draft {
    let mut draft = Draft::default();
    for &(at, field, text) in fields {
        while draft.clusters.len() <= at {
            draft.apply(&Edit::AddCluster);
        }
        let id = draft.clusters[at].id;
        draft.apply(&Edit::SetField(id, field, text.to_owned()));
    }
    draft
}

/// What `rule` says of the draft.
pub(crate) fn found(rule: &Rule, draft: &Draft) -> Vec<Diagnostic> {
    super::check(rule, &Reading::of(draft))
}

/// The paths and messages that `rule` finds, one per line.
pub(crate) fn said(rule: &Rule, draft: &Draft) -> String {
    let line = |found: &Diagnostic| format!("{}: {}", found.path, found.message);
    found(rule, draft)
        .iter()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The draft after the first fix that `rule` offers, which must remove that problem and bring no
/// new one.
#[track_caller]
pub(crate) fn fixed(rule: &Rule, draft: &Draft) -> Draft {
    let before = found(rule, draft);
    let fix = before
        .iter()
        .find_map(|found| found.fix.as_ref())
        .expect("a fix is offered");
    let fixed = draft.with(&fix.edits);
    assert!(
        found(rule, &fixed).len() < before.len(),
        "the fix removes the problem"
    );
    let count = |draft: &Draft| check_all(&Reading::of(draft)).len();
    assert!(
        count(&fixed) < count(draft),
        "the fix brings no other problem"
    );
    fixed
}

/// The draft with the cluster at this place running as it is drafted.
pub(crate) fn running(draft: &Draft, at: usize) -> Draft {
    draft.with(&[Edit::MarkRunning(draft.clusters[at].id)])
}
