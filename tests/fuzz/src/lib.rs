//! What fuzzed inputs go through, and what must hold whatever they are.
//!
//! `cargo xtask fuzz TARGET` searches; whatever it finds that is worth keeping is in `corpus/TARGET` and goes through the same
//! functions in every test.

use std::rc::Rc;

use multicluster_core::decode::decode;
use multicluster_core::failover::Failovers;
use multicluster_core::model::{RedirectionPolicy, Tool};
use multicluster_core::picture::Picture;
use multicluster_core::{ClusterField, Draft, Edit, Running, link, resolve};
use multicluster_import::{Source, import, topology};

/// One thing that is fuzzed.
pub struct Target {
    /// Its name, which is that of its folder in `corpus`.
    pub name: &'static str,
    /// Goes through everything with an input, and panics where something does not hold.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 4] = [
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
];

/// The target of this name.
#[must_use]
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// A source in any format: whatever is read can be merged, checked and written; places are in the source.
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
        check(&kept.draft);
    }
    let (draft, _) = read.to_draft(&Draft::default());
    check(&draft);
    let (again, _) = read.to_draft(&draft);
    assert_eq!(again, draft, "an import adds nothing the second time");
}

/// A link from anywhere.
fn fuzz_link(bytes: &[u8]) {
    if let Ok(draft) = link::decode(&String::from_utf8_lossy(bytes)) {
        check(&draft);
    }
}

/// Fields with anything in them, by lines: choices, release, increment, and a line for each cluster.
fn fuzz_resolve(bytes: &[u8]) {
    check(&draft(bytes));
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

/// What holds for every draft.
fn check(draft: &Draft) {
    let link = link::encode(draft);
    let again = link::decode(&link).expect("our own link is read");
    assert_eq!(link::encode(&again), link, "a link comes back");
    // More of them take longer, and show nothing else.
    if draft.clusters.len() > 20 {
        return;
    }
    let resolution = resolve(draft);
    for output in resolution.outputs() {
        let file = resolution.render(output.id);
        assert_eq!(file.is_some(), output.is_ready(), "{:?}", output.id);
        if let Some(file) = file {
            let text = file.text();
            assert!(!text.contains("{{"), "{:?} opens a template", output.id);
            assert!(!text.contains(['\0', '\r']), "{:?}", output.id);
        }
    }
    let _ = resolution.zip();
    let picture = Picture::of(draft, &resolution, None);
    assert!(!picture.mermaid().is_empty() && !picture.drawing().svg().is_empty());
    if let Ok(same) = topology::read("t", &topology::write(draft)) {
        assert_eq!(topology::write(&same), topology::write(draft));
    }
}

/// A draft of these bytes.
fn draft(bytes: &[u8]) -> Draft {
    let (&choices, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(rest);
    let mut lines = text.split('\n');
    let mut draft = Draft::empty();
    draft.tool = Tool::ALL[usize::from(choices) % Tool::ALL.len()];
    draft.redirection = RedirectionPolicy::ALL
        .get(usize::from(choices >> 2) % 5)
        .copied();
    draft.keeps_cloud_open = choices & 0x80 != 0;
    for field in [&mut draft.server_version, &mut draft.increment] {
        lines.next().unwrap_or_default().clone_into(field);
    }
    for line in lines.take(20) {
        add(&mut draft, line);
    }
    let master = draft.clusters.last().filter(|_| choices & 0x40 != 0);
    draft.master = master.map(|cluster| cluster.id);
    draft
}

/// A cluster of the fields of a line, with tabs between them.
fn add(draft: &mut Draft, line: &str) {
    use ClusterField::{
        AdminAddress, HistoryShards, HttpAddress, InitialFailoverVersion, RpcAddress, ServerVersion,
    };
    let mut values = line.split('\t').map(str::to_owned);
    let id = draft.add_named(&values.next().unwrap_or_default());
    for field in [
        RpcAddress,
        InitialFailoverVersion,
        AdminAddress,
        HttpAddress,
        HistoryShards,
        ServerVersion,
    ] {
        if let Some(value) = values.next() {
            draft.apply(&Edit::SetField(id, field, value));
        }
    }
    if let Some(name) = values.next() {
        let mut value = || values.next().unwrap_or_default();
        let running = Running {
            name,
            initial_version: value(),
            increment: value(),
            history_shards: value(),
        };
        draft.apply(&Edit::SetRunning(id, Some(Rc::new(running))));
    }
}
