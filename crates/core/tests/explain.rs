//! Every line of every file says what it is about, and is explained.

#[allow(dead_code, reason = "shared with other tests")]
mod common;

use std::collections::BTreeMap;

use common::{Seen, file, list};
use multicluster_core::change::{Change, between};
use multicluster_core::explain::Explanation;
use multicluster_core::model::Tool;
use multicluster_core::release::{Capability, RANGES, ServerVersion};
use multicluster_core::render::extra::{Flavour, render_extra};
use multicluster_core::render::{CommandTopic, ConfigTopic, GuideTopic, Line, ScriptTopic, Topic};
use multicluster_core::{
    Artifact, ArtifactId, ClusterField, Draft, Edit, Resolution, link, resolve,
};

/// Set-ups of every range of releases and both tools, of one to three clusters.
fn set_ups() -> Vec<Resolution> {
    let mut all = Vec::new();
    for range in RANGES {
        for tool in tools(range.value) {
            all.extend([1, 2, 3].map(|clusters| set_up(range.value, tool, clusters)));
        }
    }
    all.push(with_options());
    all.extend(
        RANGES
            .iter()
            .flat_map(|range| [1, 2].map(|running| beside_running(range.value, running))),
    );
    assert!(all.iter().all(|set_up| set_up.plan().is_some()));
    all
}

fn set_up(release: &str, tool: Tool, clusters: usize) -> Resolution {
    let mut draft = Draft::empty();
    draft.apply(&Edit::SetServerVersion(release.to_owned()));
    draft.apply(&Edit::SetTool(tool));
    (0..clusters).for_each(|_| draft.apply(&Edit::AddCluster));
    let first = draft.clusters[0].id;
    draft.apply(&Edit::SetField(
        first,
        ClusterField::HistoryShards,
        "512".to_owned(),
    ));
    resolve(&draft)
}

/// Clusters of which so many run already.
fn beside_running(release: &str, running: usize) -> Resolution {
    let mut draft = Draft::empty();
    draft.apply(&Edit::SetServerVersion(release.to_owned()));
    (0..2).for_each(|_| draft.apply(&Edit::AddCluster));
    for cluster in draft.clusters.clone().iter().take(running) {
        draft.apply(&Edit::MarkRunning(cluster.id));
    }
    resolve(&draft)
}

/// Everything that is written only where it is wanted.
fn with_options() -> Resolution {
    let link = "v=3&server=1.32&tool=tctl&increment=100&redirection=noop&tls=on&tlsCaFile=%2Fca.pem\
                &tlsCertFile=%2Fc.pem&tlsKeyFile=%2Fc.key&cluster=a,a.example:7233,1&http=a.example:7243\
                &cluster=b,b.example:7233,2&name=b.internal&from=1,nat.example:7233";
    resolve(&link::decode(link).expect("a link"))
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
    let planned = set_ups().into_iter().flat_map(|set_up| files_of(&set_up));
    let changed = changes().into_iter().flat_map(|change| change.artifacts());
    planned.chain(changed).collect()
}

/// The files of a set-up in every format.
fn files_of(set_up: &Resolution) -> Vec<Artifact> {
    let plan = set_up.plan().expect("a plan");
    let others = Flavour::ALL.into_iter();
    let others = others.flat_map(|flavour| render_extra(plan, flavour));
    set_up.render_all().into_iter().chain(others).collect()
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
fn no_block_of_commands_is_empty() {
    for file in files() {
        let text = file.text();
        assert!(!text.contains("```sh\n```"), "{}: {text}", file.name());
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

/// Every file, with the explanation of each of its lines, and of one line more.
fn explained() -> Vec<(Artifact, Vec<Option<Explanation>>)> {
    let mut all = Vec::new();
    for set_up in set_ups() {
        for file in files_of(&set_up) {
            let lines = 0..=file.lines().len();
            let explanations = lines.map(|at| set_up.explain_in(&file, at)).collect();
            all.push((file, explanations));
        }
    }
    for change in changes() {
        for file in change.artifacts() {
            let lines = 0..=file.lines().len();
            let explanations = lines.map(|at| change.explain_in(&file, at)).collect();
            all.push((file, explanations));
        }
    }
    all
}

/// Every explanation of every topic.
fn by_topic() -> Vec<(Topic, Explanation)> {
    let mut all = Vec::new();
    for (file, explanations) in explained() {
        let lines = file.lines().iter().zip(explanations);
        all.extend(lines.filter_map(|(line, said)| Some((line.topic, said?))));
    }
    all
}

#[test]
fn exactly_the_lines_that_are_not_blank_are_explained() {
    for (file, explanations) in explained() {
        for (at, line) in file.lines().iter().enumerate() {
            let is_explained = explanations[at].is_some();
            assert_eq!(is_explained, !is_blank(line), "{}:{}", file.name(), at + 1);
        }
        assert_eq!(explanations.last(), Some(&None), "there is no such line");
    }
}

#[test]
fn an_explanation_names_the_field_of_its_line() {
    for (file, explanations) in explained() {
        for (line, said) in file.lines().iter().zip(explanations) {
            assert_eq!(said.and_then(|said| said.source), line.source);
        }
    }
}

#[test]
fn texts_are_whole_short_sentences() {
    for (topic, said) in by_topic() {
        assert!(
            !said.title.is_empty() && !said.title.ends_with('.'),
            "{topic:?}"
        );
        for text in [Some(said.what), Some(said.change), said.guide]
            .into_iter()
            .flatten()
        {
            let is_sentence = text.trim_end_matches('`').ends_with('.');
            assert!(is_sentence, "{topic:?}: {text}");
            assert!(text.chars().count() <= 330, "{topic:?}: {text}");
            assert!(!text.contains("  "), "{topic:?}: {text}");
            assert_eq!(text.matches('`').count() % 2, 0, "{topic:?}: {text}");
        }
    }
}

#[test]
fn no_two_topics_share_a_text() {
    let mut titles = BTreeMap::new();
    let mut whats = BTreeMap::new();
    for (topic, said) in by_topic() {
        assert_eq!(
            *titles.entry(said.title).or_insert(topic),
            topic,
            "{}",
            said.title
        );
        assert_eq!(
            *whats.entry(said.what).or_insert(topic),
            topic,
            "{}",
            said.what
        );
    }
}

/// What a release and a tool say of a topic, in words that must stand there.
#[test]
fn texts_are_exact_by_release_and_tool() {
    use ConfigTopic::{CurrentCluster, GlobalNamespace, InitialVersion, RpcAddress};
    let config = Topic::Config;
    let command = Topic::Command;
    let script = Topic::Script;
    for (release, tool, topic, words) in [
        (
            "1.13",
            Tool::Tctl,
            config(GlobalNamespace),
            "follows the file",
        ),
        ("1.14.0", Tool::Tctl, config(GlobalNamespace), "`false` too"),
        (
            "1.15",
            Tool::Tctl,
            config(GlobalNamespace),
            "Once, from `false` to `true`",
        ),
        (
            "1.14.4",
            Tool::Tctl,
            config(InitialVersion),
            "the log only says",
        ),
        ("1.32", Tool::Tctl, config(InitialVersion), "without a word"),
        (
            "1.14.4",
            Tool::Tctl,
            config(CurrentCluster),
            "with the old file it does again",
        ),
        (
            "1.15",
            Tool::Tctl,
            config(CurrentCluster),
            "panics with the old file too",
        ),
        ("1.15", Tool::Tctl, config(RpcAddress), "from 1.16 on"),
        (
            "1.32",
            Tool::Temporal,
            config(RpcAddress),
            "Invalid rpcAddress for remote cluster",
        ),
        (
            "1.30",
            Tool::Tctl,
            command(CommandTopic::Remove),
            "do not look",
        ),
        (
            "1.32",
            Tool::Temporal,
            command(CommandTopic::Remove),
            "refuses while a namespace",
        ),
        (
            "1.32",
            Tool::Tctl,
            command(CommandTopic::CreateNamespace),
            "only the last",
        ),
        (
            "1.32",
            Tool::Temporal,
            command(CommandTopic::CreateNamespace),
            "is repeated",
        ),
        (
            "1.18",
            Tool::Temporal,
            script(ScriptTopic::Shards),
            "must be equal",
        ),
        (
            "1.20",
            Tool::Temporal,
            script(ScriptTopic::Shards),
            "a multiple",
        ),
        (
            "1.14.0",
            Tool::Tctl,
            script(ScriptTopic::Restart),
            "when they start",
        ),
    ] {
        assert!(
            says(release, tool, topic, words),
            "{release} {topic:?}: {words}"
        );
    }
}

/// The mistakes in official texts (field guide 1.4) that concern what is exported here, and where it is
/// said why ours differs.
#[test]
fn every_mistake_of_the_official_texts_is_noted_where_we_differ() {
    let config = Topic::Config;
    let command = Topic::Command;
    for (tool, topic, words) in [
        // Set-up page: disable lines, for both tools; the second also in the tool's own help.
        (
            Tool::Tctl,
            command(CommandTopic::Disable),
            "leaves the connection on",
        ),
        (
            Tool::Temporal,
            command(CommandTopic::Disable),
            "the tool's own help",
        ),
        // Set-up page: flags of the other tool; an edition that connects a cluster to itself.
        (
            Tool::Temporal,
            command(CommandTopic::Connect),
            "`--frontend_address`",
        ),
        (Tool::Tctl, command(CommandTopic::Connect), "to itself"),
        // Documents of operators: `--enable-connection true`.
        (
            Tool::Temporal,
            command(CommandTopic::Connect),
            "`--enable-connection true`",
        ),
        // Comments of the development files: flags inside of the quotation marks.
        (
            Tool::Temporal,
            command(CommandTopic::Connect),
            "quotation marks",
        ),
        // Recipes with a line continuation that is missing.
        (
            Tool::Tctl,
            command(CommandTopic::ListIntroduction),
            "is missing",
        ),
        // Older set-up page, and the example of the reference.
        (Tool::Tctl, config(ConfigTopic::GlobalNamespace), "`false`"),
        (Tool::Tctl, config(ConfigTopic::InitialVersion), "has 0"),
        (Tool::Tctl, config(ConfigTopic::RpcAddress), "`dns:///`"),
        // Helm sample: one master for all. Sample files: a key that no server knows.
        (Tool::Tctl, config(ConfigTopic::Master), "Helm sample"),
        (Tool::Tctl, config(ConfigTopic::Member), "`rpcName`"),
        // Older texts: requests are forwarded by default.
        (Tool::Tctl, Topic::Guide(GuideTopic::Workers), "`noop`"),
        // The order of the guide: at once, and disable before remove.
        (
            Tool::Tctl,
            Topic::Script(ScriptTopic::Wait),
            "goes on at once",
        ),
        (
            Tool::Tctl,
            command(CommandTopic::Remove),
            "turns the connection off before",
        ),
        (Tool::Tctl, Topic::Guide(GuideTopic::TakeApart), "at once"),
    ] {
        let noted = texts("1.32", tool, topic);
        let noted = noted.iter().filter_map(|said| said.guide);
        assert!(
            noted.clone().any(|why| why.contains(words)),
            "{topic:?}: {words}"
        );
    }
}

fn says(release: &str, tool: Tool, topic: Topic, words: &str) -> bool {
    let texts = texts(release, tool, topic);
    let all = texts
        .iter()
        .flat_map(|said| [Some(said.what), Some(said.change), said.guide]);
    all.flatten().any(|text| text.contains(words))
}

/// What is said of a topic in a set-up of three clusters.
fn texts(release: &str, tool: Tool, topic: Topic) -> Vec<Explanation> {
    let set_up = set_up(release, tool, 3);
    let mut all = Vec::new();
    for file in set_up.render_all() {
        let lines = file.lines().iter().enumerate();
        let about = lines.filter(|(_, line)| line.topic == topic);
        all.extend(about.filter_map(|(at, _)| set_up.explain_in(&file, at)));
    }
    assert!(!all.is_empty(), "{release} writes nothing about {topic:?}");
    all
}

/// Prior to 1.14 a file has entries of other clusters too.
#[test]
fn entries_of_other_clusters_are_told_apart() {
    let set_up = set_up("1.13", Tool::Tctl, 2);
    let second = set_up
        .render_all()
        .into_iter()
        .nth(1)
        .expect("the second file");
    let lines = second.lines().iter().enumerate();
    let entries = lines.filter(|(_, line)| line.topic == Topic::Config(ConfigTopic::Member));
    let titles: Vec<_> = entries
        .map(|(at, _)| set_up.explain_in(&second, at).map(|said| said.title))
        .collect();
    assert_eq!(
        titles,
        [Some("Another cluster"), Some("The cluster itself")]
    );
}

/// A file that is ready is explained even where an error in another cluster leaves no plan.
#[test]
fn a_file_beside_a_blocked_one_is_explained() {
    let mut draft = Draft::default();
    let [first, second] = [draft.clusters[0].id, draft.clusters[1].id];
    draft.apply(&Edit::SetField(
        second,
        ClusterField::RpcAddress,
        "nowhere".to_owned(),
    ));
    let resolution = resolve(&draft);
    assert!(resolution.plan().is_none());
    assert!(resolution.explain(ArtifactId::Config(first), 2).is_some());
    assert_eq!(resolution.explain(ArtifactId::Config(second), 2), None);
    assert_eq!(resolution.explain(ArtifactId::Connect, 2), None);
}

/// Containers may have another tool than the one that was chosen.
#[test]
fn scripts_in_containers_are_explained_for_the_tool_that_they_call() {
    let set_up = set_up("1.32", Tool::Tctl, 2);
    let plan = set_up.plan().expect("a plan");
    for flavour in [Flavour::Kubectl, Flavour::Docker, Flavour::Compose] {
        let files = render_extra(plan, flavour);
        let is_call = |line: &Line| line.topic == Topic::Script(ScriptTopic::Ask);
        let calls = files
            .iter()
            .filter_map(|file| Some((file, file.lines().iter().position(is_call)?)));
        let said: Vec<_> = calls
            .filter_map(|(file, at)| set_up.explain_in(file, at))
            .collect();
        assert!(!said.is_empty(), "{flavour:?}");
        for said in said {
            assert!(
                said.what.contains("`temporal`"),
                "{flavour:?}: {}",
                said.what
            );
        }
    }
}
