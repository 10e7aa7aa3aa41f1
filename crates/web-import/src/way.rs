//! The way from what was read to what the page shows, in one sentence and as files. Pure: the panel only shows it.

use multicluster_core::change::{self, Change, FileChange, FileState};
use multicluster_core::observed::Merged;
use multicluster_core::render::Artifact;
use multicluster_core::{Draft, resolve};

use crate::preview::counted;

/// What leads from here to there.
pub(crate) struct Way {
    /// In one sentence.
    pub(crate) summary: String,
    /// CHANGE.md, and change.sh where there is something to run.
    pub(crate) files: Vec<Artifact>,
}

impl Way {
    /// From what was read to this draft.
    pub(crate) fn new(draft: &Draft, observed: &Merged) -> Self {
        let resolution = resolve(draft);
        match resolution.plan() {
            Some(plan) => {
                let change = change::between(plan, observed);
                Self {
                    summary: summary(&change),
                    files: change.artifacts(),
                }
            }
            None => Self {
                summary: "There is no way while the plan has errors.".to_owned(),
                files: Vec::new(),
            },
        }
    }
}

fn summary(change: &Change) -> String {
    let impossible = change.impossible().len();
    if impossible > 0 {
        let wishes = counted(impossible, "wish", "wishes");
        return format!("{wishes} cannot be had: CHANGE.md says why, and what works.");
    }
    if change.is_nothing() {
        return "What was read is what is planned.".to_owned();
    }
    if change.has_no_steps() {
        return "Not everything was read: CHANGE.md says what is missing.".to_owned();
    }
    let is_changed =
        |file: &&FileChange| matches!(file.state, FileState::New | FileState::Changed { .. });
    let files = change.files().iter().filter(is_changed).count();
    let parts = [
        (files, "new or changed file", "new or changed files"),
        (
            change.connections().len(),
            "connection to change",
            "connections to change",
        ),
        (
            change.upgrades().len(),
            "cluster to upgrade",
            "clusters to upgrade",
        ),
        (
            change.restarts().len(),
            "cluster to restart",
            "clusters to restart",
        ),
        (change.leaving().len(), "cluster leaves", "clusters leave"),
    ];
    let parts = parts.iter().filter(|(count, ..)| *count > 0);
    let parts: Vec<_> = parts
        .map(|(count, one, many)| counted(*count, one, many))
        .collect();
    format!("{}.", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use multicluster_core::link;
    use multicluster_import::{Source, import};

    use super::*;

    const LIST: &str =
        "  Name  ClusterId  Address  HistoryShardCount  InitialFailoverVersion  IsConnectionEnabled
  one  91378a3f-f071-42ec-9ef9-d5ac03b63bce  10.0.0.1:7233  4  1  true
";

    fn way(clusters: &str) -> Way {
        let observed = import(&[Source::new("a", LIST)]).observed.merge();
        let link = format!("v=1&server=1.32&tool=temporal&increment=100{clusters}");
        Way::new(&link::decode(&link).expect("a link"), &observed)
    }

    fn names(way: &Way) -> Vec<&str> {
        way.files.iter().map(Artifact::name).collect()
    }

    #[test]
    fn a_new_cluster_is_a_file_and_connections() {
        let way = way("&cluster=one,10.0.0.1:7233,1!,,4&cluster=two,10.0.0.2:7233,2,,4");
        assert!(
            way.summary.contains("2 connections to change"),
            "{}",
            way.summary
        );
        assert_eq!(names(&way), ["change.sh", "CHANGE.md"]);
    }

    #[test]
    fn what_cannot_be_had_has_no_script() {
        let way = way("&cluster=one,10.0.0.1:7233,9!,,4");
        assert!(
            way.summary.starts_with("1 wish cannot be had"),
            "{}",
            way.summary
        );
        assert_eq!(names(&way), ["CHANGE.md"]);
    }

    #[test]
    fn errors_bar_the_way() {
        let way = way("&cluster=one,nonsense,1");
        assert_eq!(way.summary, "There is no way while the plan has errors.");
        assert!(way.files.is_empty());
    }
}
