//! What holds for every draft, however hostile.

use multicluster_core::decode::decode;
use multicluster_core::failover::Failovers;
use multicluster_core::model::{RedirectionPolicy, Tool};
use multicluster_core::picture::Picture;
use multicluster_core::release::{Capability, ServerVersion};
use multicluster_core::{
    ArtifactId, Cluster, ClusterField, ClusterId, Diagnostic, Draft, Edit, Setting, Severity,
    resolve,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Pieces that addresses, names and numbers are made of, right and wrong.
const PIECES: &[&str] = &[
    "a",
    "B",
    "clusterA",
    "clusterB",
    "CLUSTERA",
    "us-east",
    "-2",
    "-",
    "_",
    ".",
    "..",
    " ",
    "\n",
    "\0",
    "\t",
    "\u{A0}",
    "\u{200B}",
    "\u{202E}",
    "\u{FEFF}",
    "é",
    "日本",
    "\"",
    "'",
    "\\",
    "$(id)",
    "{{.Name}}",
    "enable-template",
    "#",
    "%",
    "%eth0",
    "@",
    "/",
    "//",
    "?",
    ",",
    "=",
    ":",
    "::",
    "[",
    "]",
    "[::1]",
    "::1",
    "2001:db8::7",
    "127.0.0.1",
    "0.0.0.0",
    "10.0.0.1",
    "localhost",
    ":7233",
    ":8233",
    ":7933",
    ":07233",
    ":0",
    ":65536",
    "http://",
    "dns:///",
    "dns://",
    "grpc://",
    "/path",
    "0",
    "1",
    "2",
    "3",
    "4",
    "6",
    "9",
    "10",
    "12",
    "99",
    "100",
    "101",
    "150",
    "-1",
    "+2",
    "010",
    "1.5",
    "1e2",
    "2147483646",
    "2147483647",
    "2147483648",
    "99999999999999999999",
    "1.13",
    "1.14.0",
    "1.18",
    "1.20",
    "1.32",
    "v1.14.3",
    "latest",
];

/// Whole texts that are often right, so that drafts without an error and collisions are met too.
const NAMES: &[&str] = &[
    "clusterA",
    "clusterB",
    "CLUSTERA",
    "clusterA-2",
    "us-east",
    "-a",
    "a b",
    "standby",
];
const ADDRESSES: &[&str] = &[
    "127.0.0.1:7233",
    "127.0.0.1:8233",
    "LOCALHOST:7233",
    "localhost.:7233",
    "[::1]:7233",
    "[0:0:0:0:0:0:0:1]:7233",
    "a.example:7233",
    "a.example:7933",
    "b.example:7243",
    "0.0.0.0:7233",
    "http://127.0.0.1:7233",
    "dns:///a.example",
    "a.example",
    "b.example:07233",
    "::1",
    " 127.0.0.1:7233",
];
const HOSTS: &[&str] = &["a.example", "/ca.pem", "10.0.0.1", "a.example:7233", "/a "];
const NUMBERS: &[&str] = &[
    "1", "2", "3", "4", "6", "12", "99", "100", "101", "0", "+2", "150",
];
const INCREMENTS: &[&str] = &["100", "10", "1", "2", "3", "1000", "0", "2147483647"];
const RELEASES: &[&str] = &[
    "1.32", "1.30", "1.19", "1.18", "1.15", "1.14.0", "1.13", "1.0",
];

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => vec(select(PIECES), 0..5).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
        1 => "[ -~]{0,12}",
    ]
}

fn text(usual: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(usual).prop_map(str::to_owned),
        1 => Just(String::new()),
        2 => hostile(),
    ]
}

fn field() -> impl Strategy<Value = (ClusterField, String)> {
    use ClusterField::{
        AdminAddress, HistoryShards, HttpAddress, InitialFailoverVersion, Name, RpcAddress,
        ServerVersion, TlsServerName,
    };
    prop_oneof![
        text(NAMES).prop_map(|text| (Name, text)),
        text(ADDRESSES).prop_map(|text| (RpcAddress, text)),
        text(ADDRESSES).prop_map(|text| (AdminAddress, text)),
        text(ADDRESSES).prop_map(|text| (HttpAddress, text)),
        text(NUMBERS).prop_map(|text| (InitialFailoverVersion, text)),
        text(NUMBERS).prop_map(|text| (HistoryShards, text)),
        text(RELEASES).prop_map(|text| (ServerVersion, text)),
        text(HOSTS).prop_map(|text| (TlsServerName, text)),
    ]
}

fn increments() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just("100".to_owned()), 3 => text(INCREMENTS)]
}

/// Clusters that run, and what is typed over after they were started.
fn running() -> impl Strategy<Value = Vec<(usize, Option<(ClusterField, String)>)>> {
    prop_oneof![
        3 => Just(Vec::new()),
        2 => vec((0_usize..5, proptest::option::of(field())), 1..4),
    ]
}

/// What is set only where it is wanted, often nothing.
fn options() -> impl Strategy<Value = Vec<Edit>> {
    let option = prop_oneof![
        proptest::option::of(select(&RedirectionPolicy::ALL[..])).prop_map(Edit::SetRedirection),
        any::<bool>().prop_map(Edit::SetKeepsCloudOpen),
        any::<bool>().prop_map(Edit::SetTls),
        (select(&Setting::ALL[..]), text(HOSTS)).prop_map(|(of, text)| Edit::SetSetting(of, text)),
    ];
    prop_oneof![1 => Just(Vec::new()), 1 => vec(option, 1..3)]
}

/// A draft of up to five clusters: what adding gives, then some fields typed over, then some clusters
/// started, then some of their fields and the increment typed over again.
fn drafts() -> impl Strategy<Value = Draft> {
    let fields = vec((0_usize..5, field()), 0..6);
    let tools = select(&Tool::ALL[..]);
    let release = prop_oneof![4 => Just("1.32".to_owned()), 4 => text(RELEASES)];
    let running = (running(), proptest::option::of(increments()));
    let seen = prop_oneof![
        2 => Just(Vec::new()),
        1 => vec((0_usize..4, 0_usize..4, text(ADDRESSES)), 1..3),
    ];
    let shared = (any::<bool>(), options(), seen);
    let parts = (
        0_usize..5,
        fields,
        tools,
        release,
        increments(),
        shared,
        running,
    );
    parts.prop_map(
        |(clusters, fields, tool, release, increment, (master, options, seen), running)| {
            let mut draft = Draft::empty();
            for _ in 0..clusters {
                draft.apply(&Edit::AddCluster);
            }
            draft.apply(&Edit::SetTool(tool));
            draft.apply(&Edit::SetServerVersion(release));
            draft.apply(&Edit::SetIncrement(increment));
            draft = draft.with(&options);
            for (at, (field, text)) in fields {
                if let Some(id) = draft.clusters.get(at).map(|cluster| cluster.id) {
                    draft.apply(&Edit::SetField(id, field, text));
                }
            }
            let (running, changed_increment) = running;
            for (at, _) in &running {
                if let Some(cluster) = draft.clusters.get(*at) {
                    draft.apply(&Edit::MarkRunning(cluster.id));
                }
            }
            for (at, changed) in running {
                if let (Some(cluster), Some((field, text))) = (draft.clusters.get(at), changed) {
                    draft.apply(&Edit::SetField(cluster.id, field, text));
                }
            }
            if let Some(increment) = changed_increment {
                draft.apply(&Edit::SetIncrement(increment));
            }
            for (of, by, text) in seen {
                let id = |at: usize| draft.clusters.get(at).map(|cluster| cluster.id);
                if let (Some(of), Some(by)) = (id(of), id(by)) {
                    draft.apply(&Edit::SetField(of, ClusterField::AddressFrom(by), text));
                }
            }
            if master && let Some(last) = draft.clusters.last() {
                draft.apply(&Edit::SetMaster(last.id));
            }
            draft
        },
    )
}

fn count(draft: &Draft, severity: Severity) -> usize {
    resolve(draft).count(severity)
}

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 2000,
        // A failure belongs into a table of some test, not into a file of seeds.
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{FEFF}')
}

/// What a person would recognise a problem by.
fn identity(found: &Diagnostic) -> (&'static str, String) {
    (found.code.as_str(), found.path.to_string())
}

/// Pieces of messages of servers, and anything else.
fn any_line() -> impl Strategy<Value = String> {
    let pieces = select(
        &[
            "duplicate InitialFailoverVersion 1 for clusters ",
            "\"clusterA\" and ",
            "Invalid cluster name: ",
            "cluster \\\"",
            "\": InitialFailoverVersion must be > 0, got -1",
            "address a: missing port in address",
            "Supplied configuration key/value mismatches persisted cluster metadata. ",
            "{\"level\":\"error\",\"msg\":\"",
            "\\u003e\\",
            "panic: ",
            "\n",
        ][..],
    );
    prop_oneof![3 => pieces.prop_map(str::to_owned), 1 => hostile(), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn there_is_a_plan_if_and_only_if_there_is_no_error(draft in drafts()) {
        let resolution = resolve(&draft);
        let has_error = resolution.diagnostics().iter().any(Diagnostic::is_error);
        prop_assert_eq!(resolution.plan().is_some(), !has_error);
        prop_assert_eq!(resolution.zip().is_some(), !has_error);
    }

    #[test]
    fn what_is_ready_is_written_and_nothing_else(draft in drafts()) {
        let resolution = resolve(&draft);
        for output in resolution.outputs() {
            let written = resolution.render(output.id);
            prop_assert_eq!(written.is_some(), output.is_ready(), "{}", output.name);
            for &at in &*output.blocked_by {
                prop_assert!(resolution.diagnostics()[at].is_error());
            }
        }
    }

    /// The claims of a plan, checked the slow and simple way.
    #[test]
    fn a_plan_is_right(draft in drafts()) {
        let resolution = resolve(&draft);
        let Some(plan) = resolution.plan() else { return Ok(()) };
        let release = plan.release();
        let uses_temporal = plan.tool() == Tool::Temporal;
        prop_assert!(!uses_temporal || release.has(Capability::OperatorApi));
        let releases = || plan.clusters().iter().map(Cluster::release);
        prop_assert_eq!(Some(release), releases().min());
        let mut layouts = releases().map(ServerVersion::layout);
        let is_connectable = layouts.all(|layout| layout == release.layout());
        let has_runbook = resolution.outputs().iter().any(|output| output.id == ArtifactId::Runbook);
        prop_assert_eq!(has_runbook, is_connectable);
        for (file, cluster) in resolution.config_files().zip(plan.clusters()) {
            prop_assert_eq!(file.layout(), cluster.release().layout());
        }
        prop_assert!(!plan.clusters().is_empty());
        for (at, cluster) in plan.clusters().iter().enumerate() {
            let version = cluster.initial_version().get();
            if let Some(running) = &draft.clusters[at].running {
                prop_assert!(running.name.is_empty() || running.name == cluster.name().as_str());
                let is_other = |text: &str, number: u32| {
                    // What is no number as servers write it tells nothing: `+2`.
                    let running = text.parse::<u32>().ok().filter(|it| it.to_string() == text);
                    running.is_some_and(|running| running > 0 && running != number)
                };
                prop_assert!(!is_other(&running.initial_version, version));
                prop_assert!(!is_other(&running.increment, plan.increment().get()));
            }
            prop_assert!((1..plan.increment().get()).contains(&version));
            for other in &plan.clusters()[..at] {
                prop_assert_ne!(cluster.name(), other.name());
                prop_assert_ne!(version, other.initial_version().get());
                for by in plan.clusters() {
                    // Of itself, its RPC address.
                    let [one, other] = [cluster, other].map(|of| of.address_from(by));
                    prop_assert!(!one.is_same_endpoint(other), "as seen from {}", by.name());
                }
                prop_assert!(!cluster.admin_address().is_same_endpoint(other.admin_address()));
                if let (Some(own), Some(other)) = (cluster.history_shards(), other.history_shards()) {
                    let fits = if release.has(Capability::AcceptsMultipleShardCounts) {
                        own.is_multiple_either_way(other)
                    } else {
                        own == other
                    };
                    prop_assert!(fits);
                }
            }
        }
    }

    #[test]
    fn a_fix_removes_its_problem_and_brings_no_other_error(draft in drafts()) {
        let before = resolve(&draft);
        for found in before.diagnostics() {
            let Some(fix) = &found.fix else { continue };
            let fixed = draft.with(&fix.edits);
            let after = resolve(&fixed);
            prop_assert!(
                !after.diagnostics().iter().any(|other| identity(other) == identity(found)),
                "{found:?} is still there"
            );
            let errors = count(&fixed, Severity::Error);
            prop_assert!(
                errors + usize::from(found.is_error()) <= count(&draft, Severity::Error),
                "{found:?} brings {:?}",
                after.diagnostics()
            );
        }
    }

    #[test]
    fn fixes_come_to_an_end(draft in drafts()) {
        let mut draft = draft;
        for _ in 0..100 {
            let resolution = resolve(&draft);
            let found = resolution.diagnostics().iter();
            let Some(fix) = found.filter(|found| found.severity < Severity::Note)
                .find_map(|found| found.fix.clone()) else { return Ok(()) };
            draft = draft.with(&fix.edits);
        }
        prop_assert!(false, "there is always one more fix: {draft:?}");
    }

    #[test]
    fn what_is_said_can_be_shown(draft in drafts()) {
        for found in resolve(&draft).diagnostics() {
            prop_assert!(found.message.ends_with('.'), "{}", found.message);
            prop_assert!(!found.help.is_empty());
            let label = found.fix.as_ref().map(|fix| &fix.label);
            let texts = [Some(&found.message), Some(&found.help), found.server.as_ref(), label];
            for text in texts.into_iter().flatten() {
                prop_assert!(!text.contains(is_invisible), "{text:?}");
            }
            prop_assert!(found.message.chars().count() < 400, "{}", found.message);
        }
    }

    /// Whatever is typed, each cluster is drawn once, and no line of text breaks what is around it.
    #[test]
    fn every_draft_has_a_picture(draft in drafts(), at in 0_usize..5) {
        let resolution = resolve(&draft);
        let active = draft.clusters.get(at).map(|cluster| cluster.id);
        let picture = Picture::of(&draft, &resolution, active);
        let drawing = picture.drawing();
        let svg = drawing.svg();
        prop_assert_eq!(svg.matches("data-cluster=").count(), draft.clusters.len());
        prop_assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        prop_assert!(!svg.contains(|c: char| c != '\n' && is_invisible(c)), "{svg}");
        let lines = picture.mermaid().lines().filter(|line| line.contains("[\"")).count();
        prop_assert_eq!(lines, draft.clusters.len());
        let shown = picture.shown_connections().count();
        prop_assert_eq!(shown * 2, picture.directions());
        prop_assert!(picture.blocked_directions() <= picture.directions());
        let is_right = resolution.plan().is_some();
        prop_assert!(!is_right || picture.blocked_directions() == 0);
    }

    /// A version always belongs to the cluster that was failed over to, and never falls.
    #[test]
    fn versions_only_grow_and_belong_to_the_active_cluster(draft in drafts(), ways in vec(0_usize..5, 0..20)) {
        let Ok(failovers) = Failovers::of(&draft) else { return Ok(()) };
        let is_right = resolve(&draft).plan().is_some();
        let ids = ways.iter().filter_map(|&at| Some(draft.clusters.get(at)?.id));
        let ids: Vec<ClusterId> = ids.collect();
        for step in failovers.steps(&ids) {
            prop_assert!(step.to >= step.from);
            let verdict = failovers.read(&step.to.get().to_string());
            prop_assert!(!is_right || verdict.owner == Some(step.cluster));
        }
    }

    /// Nothing that can be pasted stops the decoder, and what it says can be shown.
    #[test]
    fn any_text_is_decoded(draft in drafts(), parts in vec(any_line(), 0..12)) {
        let resolution = resolve(&draft);
        let text = parts.concat();
        let decoded = decode(&text, &draft, &resolution);
        for found in &decoded.findings {
            prop_assert!((1..=decoded.lines).contains(&found.line));
            let shown = [&found.message, &found.cause, &found.way_out];
            prop_assert!(shown.iter().all(|text| !text.contains(is_invisible)));
        }
        for line in &decoded.unknown {
            prop_assert!((1..=decoded.lines).contains(&line.line));
        }
    }

    #[test]
    fn problems_are_ordered_and_different(draft in drafts()) {
        let resolution = resolve(&draft);
        let keys: Vec<_> = resolution.diagnostics().iter()
            .map(|found| (found.severity, found.path))
            .collect();
        prop_assert!(keys.is_sorted());
        let mut identities: Vec<_> = resolution.diagnostics().iter().map(identity).collect();
        identities.sort();
        identities.dedup();
        prop_assert_eq!(identities.len(), resolution.diagnostics().len());
    }
}

/// The strategies would prove little if they seldom met a right draft, or a fix.
#[test]
fn the_drafts_are_of_all_kinds() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::deterministic();
    let (mut right, mut wrong) = (0, 0);
    let mut codes = std::collections::BTreeSet::new();
    for _ in 0..3000 {
        let draft = drafts().new_tree(&mut runner).expect("a draft").current();
        let resolution = resolve(&draft);
        match resolution.plan() {
            Some(_) => right += 1,
            None => wrong += 1,
        }
        codes.extend(resolution.diagnostics().iter().map(|found| found.code));
    }
    assert!(right > 300 && wrong > 300, "{right} right, {wrong} wrong");
    assert!(codes.len() > 30, "{codes:?}");
}
