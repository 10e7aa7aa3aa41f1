//! `CHANGE.md`: from the clusters as they were read to the plan; only what must change.

mod steps;
mod summary;

use std::rc::Rc;

use crate::change::Change;
use crate::release::Layout;

use super::super::artifact::{Artifact, ArtifactId};
use super::super::markdown::Document;
use super::super::topic::GuideTopic;
use super::{markdown_subject, releases};

/// Writes `CHANGE.md`.
pub(in super::super) fn change(change: &Change, name: Rc<str>) -> Artifact {
    let mut document = Document::about(GuideTopic::Change);
    introduction(&mut document, change);
    if !change.impossible.is_empty() {
        summary::impossible(&mut document, change);
        summary::assumptions(&mut document, change);
    } else if change.is_nothing() {
        nothing(&mut document, change);
        summary::assumptions(&mut document, change);
    } else if change.has_no_steps() {
        document.turn_to(GuideTopic::NothingToChange);
        document.paragraph(
            "Nothing that was read is to be changed, and not everything was read: whether all is as planned is not known.",
        );
        summary::assumptions(&mut document, change);
    } else {
        summary::files(&mut document, change);
        summary::connections(&mut document, change);
        summary::assumptions(&mut document, change);
        steps::chapter(&mut document, change);
    }
    Artifact {
        id: ArtifactId::ChangeRunbook,
        name,
        lines: document.finish(),
    }
}

fn introduction(document: &mut Document, change: &Change) {
    let plan = &change.wanted;
    document.heading(
        GuideTopic::Change,
        1,
        &format!("Change to {}", markdown_subject(plan)),
    );
    document.paragraph(format!(
        "From the clusters as they were read to the plan, for Temporal {}, with `{}`. Only what must change is in here; \
         everything else is in `RUNBOOK.md`. `NAMESPACE` in a command stands for the name of a namespace.",
        releases(plan),
        plan.tool.program(),
    ));
}

fn nothing(document: &mut Document, change: &Change) {
    document.turn_to(GuideTopic::NothingToChange);
    document.paragraph(if change.assumptions.is_empty() {
        "Nothing is to be changed: what was read is what is planned."
    } else {
        "Nothing is to be changed in what was read. What that does not tell, or what is to be kept, stands at the end."
    });
    if change.wanted.release.layout() == Layout::OwnCluster && change.wanted.clusters.len() > 1 {
        document.paragraph("To see it at any time, `sh verify.sh`.");
    }
}
