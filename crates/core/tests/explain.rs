//! Every line of every file says what it is about.

#[allow(dead_code, reason = "shared with other tests")]
mod common;

use common::{Seen, file, list};
use multicluster_core::change::{Change, between};
use multicluster_core::model::Tool;
use multicluster_core::release::{Capability, RANGES, ServerVersion};
use multicluster_core::render::{Line, Topic};
use multicluster_core::{Artifact, Draft, Edit, Resolution, link, resolve};

/// Set-ups of every range of releases and both tools, of one to thirteen clusters.
fn set_ups() -> Vec<Resolution> {
    let mut all = Vec::new();
    for range in RANGES {
        for tool in tools(range.value) {
            for clusters in [1, 2, 3, 13] {
                let mut draft = Draft::empty();
                draft.apply(&Edit::SetServerVersion(range.value.to_owned()));
                draft.apply(&Edit::SetTool(tool));
                (0..clusters).for_each(|_| draft.apply(&Edit::AddCluster));
                all.push(resolve(&draft));
            }
        }
    }
    assert!(all.iter().all(|set_up| set_up.plan().is_some()));
    all
}

/// The tools that work with a release.
fn tools(release: &str) -> Vec<Tool> {
    let release = ServerVersion::parse(release).expect("a release");
    let works = |tool: &Tool| *tool == Tool::Tctl || release.has(Capability::OperatorApi);
    Tool::ALL.into_iter().filter(works).collect()
}

const A: (&str, &str, i64) = ("clusterA", "10.0.0.1:7233", 1);
const B: (&str, &str, i64) = ("clusterB", "10.0.0.2:7233", 2);
const C: (&str, &str, i64) = ("clusterC", "10.0.0.3:7233", 3);

/// Changes of every kind, for every range of releases and both tools.
fn changes() -> Vec<Change> {
    let mut all = Vec::new();
    for range in RANGES {
        for tool in tools(range.value) {
            for seen in [
                // A third one comes, and one direction is missing.
                Seen::of([list(A, &[(B, true)]), list(B, &[])]),
                // One leaves, and a connection is off.
                Seen::of([
                    list(A, &[(B, true), (("quo'te", "10.0.0.9:7233", 9), true)]),
                    list(B, &[(A, false)]),
                    list(C, &[(A, true)]),
                    list(("quo'te", "10.0.0.9:7233", 9), &[(A, true)]),
                ]),
                // Files of an older release; one with other values.
                Seen::of([
                    file(A, true, 100, &[A, B]).release("1.13.0"),
                    file(B, true, 100, &[A, B]).release("1.13.0"),
                ]),
                Seen::of([file(A, false, 10, &[A]), list(B, &[])]),
                // What cannot be had.
                Seen::of([list(("clusterA", "10.0.0.1:7233", 7), &[(B, true)])]),
                // Nothing is to be done.
                Seen::of([
                    list(A, &[(B, true), (C, true)]),
                    list(B, &[(A, true), (C, true)]),
                    list(C, &[(A, true), (B, true)]),
                ]),
                Seen::of([]),
            ] {
                let (server, tool) = (range.value, tool.program());
                let clusters = [A, B, C]
                    .map(|(name, address, number)| format!("&cluster={name},{address},{number}"));
                let text = format!("v=1&server={server}&tool={tool}&increment=100");
                let draft = link::decode(&(text + &clusters.concat())).expect("a link");
                let resolution = resolve(&draft);
                all.push(between(resolution.plan().expect("a plan"), &seen.merge()));
            }
        }
    }
    all
}

fn files() -> Vec<Artifact> {
    let planned = set_ups().into_iter().flat_map(|set_up| set_up.render_all());
    let changed = changes().into_iter().flat_map(|change| change.artifacts());
    planned.chain(changed).collect()
}

fn is_blank(line: &Line) -> bool {
    line.segments.iter().all(|segment| segment.text.is_empty())
}

#[test]
fn exactly_the_lines_that_are_not_blank_are_about_something() {
    for file in files() {
        for (at, line) in file.lines().iter().enumerate() {
            let is_nothing = line.topic == Topic::Nothing;
            assert_eq!(is_nothing, is_blank(line), "{}:{}", file.name(), at + 1);
        }
    }
}

#[test]
fn nothing_that_can_be_explained_is_never_written() {
    let files = files();
    let lines = || files.iter().flat_map(Artifact::lines);
    for topic in Topic::all() {
        assert!(lines().any(|line| line.topic == topic), "{topic:?}");
    }
}
