//! What the last change altered: lines of a file, and files.

use std::ops::Range;

use multicluster_core::render::Line;
use multicluster_core::{Artifact, ArtifactId, ConfigFile, Output, Resolution};

/// Beyond this many clusters, their files are not written twice just to compare them.
const CLUSTERS_TO_COMPARE: usize = 64;

/// The lines of `new` that `old` did not have: between the common beginning and the common end, a
/// line is marked if it differs from the one at its place, or, where lines came or went, if it is
/// not among the old ones.
pub(crate) fn changed_lines(old: &Artifact, new: &Artifact) -> Vec<bool> {
    let (old, new) = (old.lines(), new.lines());
    let Range { start, end } = middle(old, new);
    let old_middle = &old[start..old.len() - (new.len() - end)];
    let mut marks = vec![false; new.len()];
    if old_middle.len() == end - start {
        for (at, line) in old_middle.iter().enumerate() {
            marks[start + at] = !same(line, &new[start + at]);
        }
    } else {
        let mut known: Vec<Vec<&str>> = old_middle.iter().map(words).collect();
        known.sort_unstable();
        for at in start..end {
            marks[at] = known.binary_search(&words(&new[at])).is_err();
        }
    }
    marks
}

/// What is left of `new` without the lines that both begin with, and both end with.
fn middle(old: &[Line], new: &[Line]) -> Range<usize> {
    let pairs = old.iter().zip(new);
    let start = pairs.take_while(|(old, new)| same(old, new)).count();
    let pairs = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = pairs.take_while(|(old, new)| same(old, new)).count();
    start..new.len() - end
}

fn same(old: &Line, new: &Line) -> bool {
    old.segments == new.segments
}

fn words(line: &Line) -> Vec<&str> {
    line.segments.iter().map(|segment| &*segment.text).collect()
}

/// The files that differ, or are new; files that are blocked have no content to differ. `others` are the names of those
/// that are no configuration file, where that is known; without, all of them count as changed if anything is.
pub(crate) fn changed_files(
    old: &Resolution,
    new: &Resolution,
    others: Option<String>,
) -> Vec<ArtifactId> {
    let mut changed = changed_configs(old, new);
    let is_changed = |output: &&Output| match &others {
        Some(names) => names.lines().any(|name| *name == *output.name),
        None => old.plan() != new.plan(),
    };
    let ready = new.outputs().iter().filter(|output| output.is_ready());
    let ready = ready.filter(|output| !is_config(output.id));
    changed.extend(ready.filter(is_changed).map(|output| output.id));
    changed
}

fn changed_configs(old: &Resolution, new: &Resolution) -> Vec<ArtifactId> {
    if configs(new).count() > CLUSTERS_TO_COMPARE {
        return changed_in_many(old, new);
    }
    let differs = |id: &ArtifactId| match (old.render_config(*id), new.render_config(*id)) {
        (Some(old), Some(new)) => {
            let pairs = || old.lines().iter().zip(new.lines());
            old.lines().len() != new.lines().len() || !pairs().all(|(old, new)| same(old, new))
        }
        _ => true,
    };
    configs(new).map(|(id, _)| id).filter(differs).collect()
}

/// The same without writing any file, so that it may name a file too many.
fn changed_in_many(old: &Resolution, new: &Resolution) -> Vec<ArtifactId> {
    let before: Vec<_> = configs(old).collect();
    // Clusters mostly keep their order: each is looked for where the one before it was found.
    let mut found = 0;
    let configs = configs(new).filter(|new| {
        let (earlier, later) = before.split_at(found);
        let mut nearest = later.iter().chain(earlier);
        let at = nearest.position(|old| old.0 == new.0);
        at.is_none_or(|at| {
            found = (found + at) % before.len();
            before[found].1 != new.1
        })
    });
    configs.map(|(id, _)| id).collect()
}

fn configs(of: &Resolution) -> impl Iterator<Item = (ArtifactId, &ConfigFile)> {
    let ready = of.outputs().iter().filter(|output| output.is_ready());
    let ids = ready.map(|output| output.id).filter(|&id| is_config(id));
    ids.zip(of.config_files())
}

const fn is_config(id: ArtifactId) -> bool {
    matches!(id, ArtifactId::Config(_))
}

#[cfg(test)]
mod tests {
    use multicluster_core::{ClusterField, Draft, Edit, resolve};

    use super::*;

    fn marked(old: &Draft, new: &Draft, place: usize) -> Vec<usize> {
        let (old, new) = (resolve(old), resolve(new));
        let id = new.outputs()[place].id;
        let old = old.render(id).expect("a file");
        let new = new.render(id).expect("a file");
        let marks = changed_lines(&old, &new).into_iter().enumerate();
        marks
            .filter(|(_, mark)| *mark)
            .map(|(at, _)| at + 1)
            .collect()
    }

    fn files(old: &Draft, new: &Draft) -> Vec<String> {
        let (old, new) = (resolve(old), resolve(new));
        let changed = changed_files(&old, &new, None);
        let changed = new
            .outputs()
            .iter()
            .filter(|output| changed.contains(&output.id));
        changed.map(|output| output.name.to_string()).collect()
    }

    fn edited(draft: &Draft, place: usize, field: ClusterField, text: &str) -> Draft {
        draft.with(&[Edit::SetField(draft.clusters[place].id, field, text.into())])
    }

    #[test]
    fn only_the_lines_that_differ_are_marked() {
        let old = Draft::default();
        let new = edited(&old, 0, ClusterField::RpcAddress, "a.example:7233");
        assert_eq!(marked(&old, &new, 0), [11]);
        assert_eq!(marked(&old, &new, 1), [0; 0]);
        let new = edited(&old, 0, ClusterField::Name, "eu");
        assert_eq!(marked(&old, &new, 0), [1, 5, 6, 8]);
    }

    #[test]
    fn lines_that_came_are_marked_and_lines_around_them_are_not() {
        let old = Draft::default().with(&[Edit::SetServerVersion("1.13".into())]);
        let new = old.with(&[Edit::AddCluster]);
        assert_eq!(marked(&old, &new, 0), [16, 17, 18, 19]);
        assert_eq!(marked(&new, &old, 0), [0; 0]);
    }

    #[test]
    fn only_the_files_that_differ_are_named() {
        let old = Draft::default();
        let new = edited(&old, 0, ClusterField::RpcAddress, "127.0.0.1:9000");
        let changed = files(&old, &new);
        assert!(changed.contains(&"clusterA.yaml".into()), "{changed:?}");
        assert!(!changed.contains(&"clusterB.yaml".into()), "{changed:?}");
        assert!(changed.contains(&"connect.sh".into()), "{changed:?}");
        assert_eq!(files(&old, &old), [""; 0]);
    }

    #[test]
    fn files_that_others_compared_are_named() {
        let old = Draft::default();
        let new = edited(&old, 0, ClusterField::HistoryShards, "4");
        let (old, new) = (resolve(&old), resolve(&new));
        let changed = changed_files(&old, &new, Some("verify.sh\nRUNBOOK.md".into()));
        assert_eq!(changed, [ArtifactId::Verify, ArtifactId::Runbook]);
        assert_eq!(changed_files(&old, &new, Some(String::new())), []);
    }

    #[test]
    fn many_clusters_are_compared_without_writing_them() {
        let old = Draft::default().with(&vec![Edit::AddCluster; CLUSTERS_TO_COMPARE]);
        let id = old.clusters[70 - 5].id;
        let port = "127.0.0.1:7999".into();
        let new = old.with(&[Edit::SetField(id, ClusterField::RpcAddress, port)]);
        let changed = files(&old, &new);
        assert!(changed[0].starts_with("cluster"), "{changed:?}");
        assert!(changed.len() < 10, "{changed:?}");
    }
}
