//! Scripts and texts, written for the page.

use std::cell::RefCell;
use std::rc::Rc;

use multicluster_core::explain::Explanation;
use multicluster_core::render::packed::{pack, unpack};
use multicluster_core::{Artifact, ArtifactId, Resolution, link, resolve};

/// How many drafts are remembered: the one that is shown, and the one that it is compared with.
const REMEMBERED: usize = 2;

thread_local! {
    static RESOLVED: RefCell<Vec<(String, Rc<Resolution>)>> = const { RefCell::new(Vec::new()) };
}

/// What is known of the draft with this link; nothing if it cannot be read.
pub(crate) fn of(link: &str) -> Option<Rc<Resolution>> {
    RESOLVED.with_borrow_mut(|known| {
        if let Some((_, resolution)) = known.iter().find(|(of, _)| of == link) {
            return Some(resolution.clone());
        }
        let resolution = Rc::new(resolve(&link::decode(link).ok()?));
        known.truncate(REMEMBERED - 1);
        known.insert(0, (link.to_owned(), resolution.clone()));
        Some(resolution)
    })
}

/// A file by its name, packed.
pub(crate) fn file(link: &str, name: &str) -> Option<String> {
    named(&*of(link)?, name).map(|file| pack(&file))
}

/// `multicluster.zip`, with the files of a change behind the others: of each its name, and then itself, packed.
pub(crate) fn zip(link: &str, change: &[String]) -> Option<Vec<u8>> {
    let files = change.chunks_exact(2).filter_map(|file| {
        let ids = [ArtifactId::Change, ArtifactId::ChangeRunbook];
        let id = ids.into_iter().find(|id| id.fixed_name() == file[0])?;
        Some(Artifact::of(
            id,
            id.fixed_name().into(),
            unpack(&file[1], &[]),
        ))
    });
    of(link)?.zip_with(files.collect())
}

/// How the cluster at this place leaves those that run.
pub(crate) fn take_out(link: &str, place: usize) -> Option<String> {
    Some(of(link)?.plan()?.take_out(place)?.text())
}

/// A file by its name, if it is ready.
pub(crate) fn named(resolution: &Resolution, name: &str) -> Option<Artifact> {
    let mut outputs = resolution.outputs().iter();
    let output = outputs.find(|output| *output.name == *name)?;
    output.is_ready().then(|| resolution.render(output.id))?
}

/// What there is to say of every line of a file.
pub(crate) fn explanations(link: &str, name: &str) -> Vec<Option<Explanation>> {
    let explained = of(link).and_then(|resolution| {
        let file = named(&resolution, name)?;
        let lines = 0..file.lines().len();
        Some(
            lines
                .map(|line| resolution.explain_in(&file, line))
                .collect(),
        )
    });
    explained.unwrap_or_default()
}

/// The names of the files that are not those of clusters and differ, a line each.
pub(crate) fn changed(before: &str, now: &str) -> Option<String> {
    let (before, now) = (of(before)?, of(now)?);
    let outputs = now.outputs().iter();
    let outputs = outputs.filter(|output| {
        !matches!(output.id, ArtifactId::Config(_))
            && output.is_ready()
            && differs(&before, &now, output.id)
    });
    Some(outputs.map(|output| format!("{}\n", output.name)).collect())
}

fn differs(before: &Resolution, now: &Resolution, id: ArtifactId) -> bool {
    let text = |of: &Resolution| of.render(id).map(|file| file.text());
    text(before) != text(now)
}

#[cfg(test)]
mod tests {
    use multicluster_core::{ClusterField, Draft, Edit};

    use super::*;

    fn link_of(draft: &Draft) -> String {
        link::encode(draft)
    }

    #[test]
    fn files_are_those_of_core() {
        let draft = Draft::default();
        let files = resolve(&draft).render_all();
        for file in files {
            let packed = super::file(&link_of(&draft), file.name()).expect("a file");
            let lines = unpack(&packed, &draft.clusters);
            let unpacked = Artifact::of(file.id(), file.name().into(), lines);
            assert_eq!(unpacked.text(), file.text());
        }
        assert_eq!(super::file(&link_of(&draft), "clusterC.yaml"), None);
    }

    #[test]
    fn the_archive_has_the_files_of_the_change_too() {
        let link = link_of(&Draft::default());
        let script = Artifact::of(ArtifactId::Change, "change.sh".into(), Vec::new());
        let change = ["change.sh".to_owned(), pack(&script)];
        let alone = zip(&link, &[]).expect("no error");
        assert_eq!(Some(&alone), resolve(&Draft::default()).zip().as_ref());
        let both = zip(&link, &change).expect("no error");
        // In the directory of the archive: other files name it in their text.
        let has = |archive: &[u8]| archive.windows(11).any(|name| name == b"change.shPK");
        assert!(has(&both) && !has(&alone));
        let other = ["other.sh".to_owned(), pack(&script)];
        assert_eq!(zip(&link, &other).expect("no error"), alone);
    }

    #[test]
    fn who_removes_a_cluster_that_runs_is_told_how_it_leaves() {
        let draft = Draft::default();
        let running =
            draft.with(&[0, 1].map(|place: usize| Edit::MarkRunning(draft.clusters[place].id)));
        let text = take_out(&link_of(&running), 1).expect("it runs");
        assert!(text.starts_with("# Take `clusterB` out\n"), "{text}");
        assert_eq!(take_out(&link_of(&draft), 1), None);
    }

    #[test]
    fn only_what_differs_is_named() {
        let before = Draft::default();
        let shards = Edit::SetField(
            before.clusters[0].id,
            ClusterField::HistoryShards,
            "4".into(),
        );
        let now = before.with(&[shards]);
        let (before, now) = (link_of(&before), link_of(&now));
        assert_eq!(changed(&before, &before).as_deref(), Some(""));
        let names = changed(&before, &now).expect("links");
        assert!(names.lines().any(|name| name == "connect.sh"), "{names}");
        assert!(!names.contains(".yaml"), "{names}");
        assert!(!names.contains("commands.txt"), "{names}");
    }

    #[test]
    fn blocked_files_are_not_there() {
        let mut draft = Draft::default();
        draft.apply(&Edit::SetIncrement("0".into()));
        assert_eq!(super::file(&link_of(&draft), "connect.sh"), None);
        assert_eq!(super::file("v=99", "connect.sh"), None);
    }
}
