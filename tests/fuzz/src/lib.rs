//! What fuzzed inputs go through, and what must hold whatever they are.
//!
//! `cargo xtask fuzz TARGET` searches; whatever it finds that is worth keeping is in `corpus/TARGET` and goes through the same
//! functions in every test.

mod drafts;
mod laws;

use multicluster_core::decode::decode;
use multicluster_core::failover::Failovers;
use multicluster_core::{Draft, Edit, link, resolve};
use multicluster_import::{Source, import};

use drafts::{Step, Steps};

/// One thing that is fuzzed.
pub struct Target {
    /// Its name, which is that of its folder in `corpus`.
    pub name: &'static str,
    /// Goes through everything with an input, and panics where something does not hold.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 5] = [
    Target {
        name: "import",
        run: fuzz_import,
    },
    Target {
        name: "link",
        run: fuzz_link,
    },
    Target {
        name: "resolve",
        run: fuzz_resolve,
    },
    Target {
        name: "decode",
        run: fuzz_decode,
    },
    Target {
        name: "edits",
        run: fuzz_edits,
    },
];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// A source in any format: whatever is read can be merged, kept and changed; places are in the source. What becomes of a draft
/// is for the other targets.
fn fuzz_import(bytes: &[u8]) {
    let source = Source::new("x", bytes);
    let lines = source.lines().len().max(1);
    let read = import(&[source]);
    let is_archive = bytes.starts_with(b"PK");
    for finding in &read.findings {
        let line = finding.at.line as usize;
        assert!(is_archive || (1..=lines).contains(&line), "{finding:?}");
    }
    for kept in &read.drafts {
        laws::come_back(&kept.draft);
    }
    let (draft, _) = read.to_draft(&Draft::default());
    laws::come_back(&draft);
    if draft.clusters.len() <= laws::MOST_CLUSTERS {
        let first = draft.clusters.first();
        let without_first = first.map(|first| Edit::RemoveCluster(first.id));
        laws::way(&read, &draft.with(without_first.as_slice()));
    }
    let (again, _) = read.to_draft(&draft);
    assert_eq!(again, draft, "an import adds nothing the second time");
}

/// A link from anywhere.
fn fuzz_link(bytes: &[u8]) {
    if let Ok(draft) = link::decode(&String::from_utf8_lossy(bytes)) {
        laws::hold(&draft);
    }
}

/// Fields with anything in them.
fn fuzz_resolve(bytes: &[u8]) {
    laws::hold(&drafts::of_lines(bytes));
}

/// Edits from the first sight on. What is started in between is what leads to the end.
fn fuzz_edits(bytes: &[u8]) {
    let mut draft = Draft::default();
    let mut steps = Steps::of(bytes);
    let mut running = None;
    for _ in 0..100 {
        match steps.next(&draft) {
            Some(Step::Edit(edit)) => laws::edit(&mut draft, &edit),
            Some(Step::Deploy) => running = laws::deployed(&draft).or(running),
            None => break,
        }
    }
    laws::hold(&draft);
    if let Some(read) = running.filter(|_| draft.clusters.len() <= laws::MOST_CLUSTERS) {
        laws::way(&read, &draft);
    }
}

/// What people paste to have it explained, beside a draft of the same bytes.
fn fuzz_decode(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let first = text.lines().next().unwrap_or_default();
    let draft = link::decode(first).unwrap_or_default();
    let _ = decode(&text, &draft, &resolve(&draft));
    if let Ok(failovers) = Failovers::of(&draft) {
        for line in text.lines().take(20) {
            let _ = failovers.read(line);
        }
    }
}
