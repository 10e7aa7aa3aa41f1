//! What holds for every source, however hostile, and for everything that we export.

use multicluster_core::change::between;
use multicluster_core::model::{RedirectionPolicy, Tool};
use std::rc::Rc;

use multicluster_core::{
    Artifact, ArtifactId, ClusterField, Draft, Edit, Running, Setting, Severity, link, resolve,
};
use multicluster_import::{Import, Source, import, topology};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Lines of everything that is read, right and wrong.
const LINES: &[&str] = &[
    "clusterMetadata:",
    "\"clusterMetadata\": {",
    "clusterMetadata: {currentClusterName: a, clusterInformation: {a: {",
    "# clusterMetadata:",
    "clusterMetadata = {",
    "clusterGroupMetadata:",
    "enableGlobalNamespace: true",
    "failoverVersionIncrement: 100",
    "failoverVersionIncrement: \"100",
    "masterClusterName: a",
    "currentClusterName: \"a\"",
    "clusterInformation:",
    "a:",
    "a: &x",
    "b: *x",
    "<<: *x",
    "enabled: yes",
    "initialFailoverVersion: 010",
    "initialFailoverVersion: {{ .X }}",
    "rpcAddress: \"127.0.0.1:7233\"",
    "rpcAddress: {{ default .Env.X \"x\" }}:7233",
    "rpcAddress: 'é\u{2028}$HOST:1'",
    "config.yaml: |",
    "config.yaml: &x !!str |2-",
    "dcRedirectionPolicy: {policy: noop}",
    "persistance:",
    "global: {tls: {remoteClusters: {h: {client: {serverName: x}}}}}",
    "PASSWORD='é\\",
    "password: \\\"",
    "u:é@h",
    "/ # tctl --address h:1 admin cluster list",
    "[ tctl é$ admin cluster list",
    "PS C:\\>",
    "config.yaml: \"clusterMetadata:\\n  currentClusterName: q\\n\"",
    "persistence:",
    "numHistoryShards: 4",
    "{{- if .X }}",
    "{{ multi",
    "}}",
    "---",
    "```yaml",
    "- x",
    "[",
    "]",
    "{",
    "}}}",
    "{\"clusterName\":\"a\",\"address\":\"h:1\",\"initialFailoverVersion\":\"1\"}",
    "{\"clusterName\":\"a\",\"serverVersion\":\"1.29\",\"failoverVersionIncrement\":100}",
    "Name  ClusterId  Address  HistoryShardCount  InitialFailoverVersion  IsConnectionEnabled",
    "a  91378a3f-f071-42ec-9ef9-d5ac03b63bce  h:1  4  1  true",
    "|é|b  |c|",
    "ClusterName  PersistenceStore  VisibilityStore",
    "$ temporal operator cluster list --address h:1",
    "tctl -address h:1 admin cluster upsert-remote-cluster --frontend_address \"i:1\" --enable_connection false",
    "temporal operator cluster upsert --frontend-address $X --enable-connection \\",
    "X=\"é",
    "{/* tctl admin cluster urc --fad x:1",
    "*/}",
    "https://example.org/#v=1&server=1.32&cluster=a,h:1,1",
    "multicluster: 1",
    "clusters:",
    "\u{1b}[35mName\u{1b}[0m",
    "",
];

fn soup() -> impl Strategy<Value = String> {
    let line = (0..5_usize, select(LINES)).prop_map(|(depth, line)| "  ".repeat(depth) + line);
    let line =
        prop_oneof![8 => line, 1 => "\\PC{0,20}", 1 => select(LINES).prop_map(str::to_owned)];
    vec(line, 0..30).prop_map(|lines| lines.join("\n"))
}

fn read(text: &str) -> Import {
    import(&[Source::new("x", text)])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_it_panic(text in soup()) {
        let import = read(&text);
        let places = import.findings.iter().map(|finding| &finding.at);
        let views = import.observed.views.iter().map(|view| &view.at);
        let lines = text.split('\n').count();
        for at in places.chain(views) {
            prop_assert!((1..=lines).contains(&(at.line as usize)), "{at} of {lines} lines");
        }
        let _ = import.to_draft(&Draft::default());
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in vec(any::<u8>(), 0..200), zip in any::<bool>()) {
        let mut source = if zip { b"PK\x03\x04".to_vec() } else { Vec::new() };
        source.extend(bytes);
        let _ = import(&[Source::new("x", source)]);
    }

    #[test]
    fn nothing_that_is_filled_in_later_becomes_a_value(text in soup()) {
        for view in read(&text).observed.views {
            let addresses = view.entries.iter().filter_map(|entry| entry.rpc_address.as_ref());
            for address in addresses.chain(&view.server_address) {
                let hostile = ["{{", "$HOST", "$X", "\u{E000}"];
                prop_assert!(!hostile.iter().any(|mark| address.value.contains(mark)), "{}", address.value);
            }
        }
    }

    #[test]
    fn every_text_is_read_or_something_is_said(text in soup()) {
        let import = read(&text);
        prop_assert!(!import.is_empty() || !import.findings.is_empty());
    }
}

/// A right draft: what a plan can be made of.
fn drafts() -> impl Strategy<Value = Draft> {
    let cluster = (
        select(&["", "eu-", "a b.", "é", "\"#: ", "010", "yes", "~", "x: {"][..]),
        1..90_u32,
        1..60_000_u16,
    );
    let release = select(&["1.32", "1.20", "1.14.0", "1.13"][..]);
    let increment = select(&["100", "1000", "2147483647"][..]);
    let redirection = proptest::option::of(select(&RedirectionPolicy::ALL[..]));
    let options = (redirection, any::<bool>(), tls());
    (vec(cluster, 1..5), release, increment, 0..5_usize, options).prop_map(
        |(clusters, release, increment, master, (redirection, http, tls))| {
            let mut draft = Draft::empty();
            draft.apply(&Edit::SetServerVersion(release.to_owned()));
            draft.apply(&Edit::SetTool(Tool::ALL[0]));
            draft.apply(&Edit::SetIncrement(increment.to_owned()));
            draft.apply(&Edit::SetRedirection(redirection));
            for (at, (name, version, port)) in clusters.into_iter().enumerate() {
                let id = draft.add_named(&format!("{name}{at}"));
                let version = version.to_string();
                draft.apply(&Edit::SetField(
                    id,
                    ClusterField::InitialFailoverVersion,
                    version,
                ));
                draft.apply(&Edit::SetField(
                    id,
                    ClusterField::RpcAddress,
                    format!("host-{at}.example:{port}"),
                ));
                if http {
                    let address = format!("http-{at}.example:{port}");
                    draft.apply(&Edit::SetField(id, ClusterField::HttpAddress, address));
                }
            }
            if let Some(cluster) = draft.clusters.get(master) {
                draft.apply(&Edit::SetMaster(cluster.id));
            }
            // Where nobody dials, or no server reads it, files tell nothing of it.
            let is_written = draft.clusters.len() > 1 && !draft.server_version.starts_with("1.1");
            if !is_written {
                return draft;
            }
            for (cluster, name) in draft.clusters.clone().iter().zip(tls.1) {
                draft.apply(&Edit::SetField(
                    cluster.id,
                    ClusterField::TlsServerName,
                    name,
                ));
            }
            draft.with(&tls.0)
        },
    )
}

/// Settings that are stated together, by their places.
const FILES: &[&[usize]] = &[&[], &[0], &[1, 2], &[0, 1, 2], &[0, 3, 4, 5, 6]];

/// What is set of TLS, if it is on, and the names of the clusters.
fn tls() -> impl Strategy<Value = (Vec<Edit>, Vec<String>)> {
    let files = select(FILES);
    let path = select(&["/etc/t.pem", "C:\\t é.pem", "a: {#}"][..]);
    let name = select(&["", "a.example", "10.0.0.1"][..]).prop_map(str::to_owned);
    let on = (files, path, vec(name, 5)).prop_map(|(files, path, names)| {
        let settings = files.iter().map(|at| Setting::ALL[*at]);
        let settings = settings.map(|it| {
            let is_name = it == Setting::ToolServerName;
            let text = if is_name { "a.example" } else { path };
            Edit::SetSetting(it, text.to_owned())
        });
        (settings.chain([Edit::SetTls(true)]).collect(), names)
    });
    prop_oneof![1 => Just(Default::default()), 2 => on]
}

/// Where some clusters reach others: the place of the other, their own, and a port.
fn seen() -> impl Strategy<Value = Vec<(usize, usize, u16)>> {
    vec((0..5_usize, 0..5_usize, 1..60_000_u16), 0..4)
}

fn with_seen(mut draft: Draft, seen: &[(usize, usize, u16)]) -> Draft {
    for (of, by, port) in seen {
        let id = |at: usize| draft.clusters.get(at).map(|cluster| cluster.id);
        if let (Some(id), Some(by)) = (id(*of), id(*by)) {
            let address = format!("gate-{of}.example:{port}");
            draft.apply(&Edit::SetField(id, ClusterField::AddressFrom(by), address));
        }
    }
    draft
}

/// Where the tool reaches each cluster.
fn with_admin(mut draft: Draft) -> Draft {
    for (at, cluster) in draft.clusters.clone().iter().enumerate() {
        let address = format!("10.0.0.{at}:7233");
        draft.apply(&Edit::SetField(
            cluster.id,
            ClusterField::AdminAddress,
            address,
        ));
    }
    draft
}

/// A number of four digits at most, or nothing.
fn number() -> impl Strategy<Value = String> {
    proptest::option::of(1..9000_u32)
        .prop_map(|number| number.map_or(String::new(), |number| number.to_string()))
}

fn any_running() -> impl Strategy<Value = Running> {
    let name = prop_oneof![Just("0".to_owned()), "\\PC{0,10}"];
    (name, number(), number(), number()).prop_map(
        |(name, initial_version, increment, history_shards)| Running {
            name,
            initial_version,
            increment,
            history_shards,
        },
    )
}

/// What a person has before the import: the same choices, and no clusters.
fn without_clusters(draft: &Draft) -> Draft {
    let mut empty = Draft::empty();
    empty.apply(&Edit::SetServerVersion(draft.server_version.clone()));
    empty.apply(&Edit::SetTool(draft.tool));
    let settings = Setting::ALL.into_iter();
    // The files of servers do not tell of the tool.
    for setting in settings.filter(|setting| setting.key().starts_with("tool")) {
        let text = draft.settings.get(setting).to_owned();
        empty.apply(&Edit::SetSetting(setting, text));
    }
    empty
}

/// What each cluster answers if it is asked for its list, as the tool prints it for programs.
fn lists(draft: &Draft) -> Vec<Source> {
    let lists = draft.clusters.iter().map(|by| {
        let entries = draft.clusters.iter().map(|of| {
            let seen = of.field(ClusterField::AddressFrom(by.id));
            let address = if seen.is_empty() { &of.rpc_address } else { seen };
            let name = multicluster_core::render::double_quoted(&of.name);
            let version = &of.initial_version;
            format!(
                "{{\"clusterName\": {name}, \"address\": \"{address}\", \"initialFailoverVersion\": \"{version}\", \
                 \"isConnectionEnabled\": true}}"
            )
        });
        let entries: Vec<String> = entries.collect();
        let address = &by.rpc_address;
        let list = entries.join(",\n");
        let command = format!("temporal operator cluster list --address {address} -o json");
        Source::new(format!("list of {}", by.name), format!("$ {command}\n[{list}]\n"))
    });
    lists.collect()
}

/// Findings that say that something is wrong, or might be.
fn complaints(import: &Import) -> Vec<&'static str> {
    let findings = import.findings.iter();
    let codes = findings.map(multicluster_import::Finding::code);
    codes
        .filter(|code| !["second-block", "dialled-elsewhere"].contains(code))
        .collect()
}

fn files(draft: &Draft) -> Vec<Source> {
    let artifacts = resolve(draft).render_all();
    let files = artifacts
        .into_iter()
        .filter(|artifact| matches!(artifact.id(), ArtifactId::Config(_)));
    files
        .map(|artifact| Source::new(artifact.name().to_string(), artifact.text()))
        .collect()
}

/// What is exported; that a cluster runs, which the runbook tells of, is what an import adds.
fn exported(draft: &Draft) -> Vec<(String, String)> {
    let ids = draft.clusters.iter().map(|cluster| cluster.id);
    let as_planned: Vec<Edit> = ids.map(|id| Edit::SetRunning(id, None)).collect();
    let artifacts = resolve(&draft.with(&as_planned)).render_all();
    artifacts
        .iter()
        .map(|artifact| (artifact.name().to_string(), artifact.text()))
        .collect()
}

proptest! {
    #[test]
    fn exported_files_are_imported_equal(draft in drafts(), seen in seen()) {
        // Later files tell nothing of where others are reached.
        let seen = if draft.server_version == "1.13" { &seen[..] } else { &[] };
        let draft = with_seen(draft, seen);
        prop_assume!(resolve(&draft).count(Severity::Error) == 0);
        let import = import(&files(&draft));
        prop_assert_eq!(complaints(&import), [""; 0]);
        let (again, _) = import.to_draft(&without_clusters(&draft));
        prop_assert_eq!(exported(&again), exported(&draft));
        let (twice, changes) = import.to_draft(&again);
        prop_assert_eq!((twice, changes), (again, Vec::new()), "a second time changes nothing");
    }

    /// Where others are reached stands in the lists of servers.
    #[test]
    fn files_and_lists_together_are_imported_equal(draft in drafts(), seen in seen()) {
        let draft = with_seen(draft, &seen);
        prop_assume!(resolve(&draft).count(Severity::Error) == 0);
        let import = import(&[files(&draft), lists(&draft)].concat());
        prop_assert_eq!(complaints(&import), [""; 0]);
        let (mut again, _) = import.to_draft(&without_clusters(&draft));
        // All of them were asked with one tool, which is taken for the one in use.
        again.apply(&Edit::SetTool(draft.tool));
        prop_assert_eq!(exported(&again), exported(&draft));
    }

    #[test]
    fn an_exported_archive_is_imported_equal(draft in drafts(), seen in seen(), admin in any::<bool>()) {
        // Where there is one cluster, or servers read connections from files, there is nothing to run.
        let has_scripts = draft.clusters.len() > 1 && draft.server_version != "1.13";
        let draft = with_seen(draft, &seen);
        let draft = if admin && has_scripts { with_admin(draft) } else { draft };
        prop_assume!(resolve(&draft).count(Severity::Error) == 0);
        let resolution = resolve(&draft);
        let read = import(&files(&draft)).observed.merge();
        let change = between(resolution.plan().expect("no error"), &read).artifacts();
        prop_assert_eq!(change.last().map(Artifact::name), Some("CHANGE.md"));
        let base = if has_scripts { Draft::empty() } else { without_clusters(&draft) };
        for archive in [resolution.zip(), resolution.zip_with(change)] {
            let import = import(&[Source::new("multicluster.zip", archive.expect("no error"))]);
            let skipped = ["archive-member-skipped"];
            prop_assert!(complaints(&import).iter().all(|code| skipped.contains(code)), "{:?}", import.findings);
            let (again, _) = import.to_draft(&base);
            prop_assert_eq!(exported(&again), exported(&draft));
        }
    }

    #[test]
    fn an_exported_script_alone_is_imported_as_far_as_it_tells(draft in drafts(), seen in seen()) {
        let draft = with_admin(with_seen(draft, &seen));
        prop_assume!(resolve(&draft).count(Severity::Error) == 0);
        let is_script = |(name, _): &(String, String)| name.ends_with(".sh");
        let scripts = |draft: &Draft| exported(draft).into_iter().filter(is_script).collect::<Vec<_>>();
        for (name, text) in scripts(&draft) {
            let import = read(&text);
            prop_assert_eq!(complaints(&import), [""; 0], "{}", name);
            let (again, _) = import.to_draft(&Draft::empty());
            prop_assert_eq!(scripts(&again), scripts(&draft), "{}", name);
            prop_assert!(again.clusters.iter().all(|of| of.running.is_none()), "a plan is no server");
        }
    }

    #[test]
    fn a_link_is_imported_equal(draft in drafts()) {
        let text = format!("See https://example.org/multicluster/#{} there.", link::encode(&draft));
        let (again, _) = read(&text).to_draft(&Draft::empty());
        prop_assert_eq!(exported(&again), exported(&draft));
    }

    #[test]
    fn a_topology_file_is_read_back_equal(
        draft in drafts(),
        shards in number(),
        admin in "\\PC{0,10}",
        release in select(&["", "1.14.3", "latest"][..]),
        running in proptest::option::of(any_running()),
        marked in any::<bool>(),
    ) {
        let mut draft = draft;
        let id = draft.clusters[0].id;
        draft.apply(&Edit::SetField(id, ClusterField::HistoryShards, shards));
        draft.apply(&Edit::SetField(id, ClusterField::AdminAddress, admin.clone()));
        draft.apply(&Edit::SetKeepsCloudOpen(marked));
        draft.apply(&Edit::SetTls(marked));
        draft.apply(&Edit::SetSetting(Setting::ToolCa, admin.clone()));
        draft.apply(&Edit::SetField(id, ClusterField::TlsServerName, admin.clone()));
        if let Some(other) = draft.clusters.get(1).map(|cluster| cluster.id) {
            draft.apply(&Edit::SetField(id, ClusterField::AddressFrom(other), admin.clone()));
            draft.apply(&Edit::SetField(other, ClusterField::AddressFrom(id), "a:1".to_owned()));
        }
        draft.apply(&Edit::SetField(id, ClusterField::ServerVersion, release.to_owned()));
        draft.apply(&Edit::SetRunning(id, running.map(Rc::new)));
        if let Some(last) = draft.clusters.last().filter(|_| marked) {
            draft.apply(&Edit::MarkRunning(last.id));
        }
        let file = topology::write(&draft);
        prop_assert_eq!(topology::read("topology.yaml", &file), Ok(draft.clone()));
        prop_assert_eq!(read(&file).drafts[0].draft.clone(), draft);
    }

    #[test]
    fn any_typed_draft_is_written_and_what_is_wrong_is_said(name in any::<String>(), version in any::<String>(), increment in any::<String>()) {
        let mut draft = Draft::empty();
        draft.apply(&Edit::SetIncrement(increment.clone()));
        let id = draft.add_named(&name);
        draft.apply(&Edit::SetField(id, ClusterField::InitialFailoverVersion, version.clone()));
        match topology::read("t", &topology::write(&draft)) {
            Ok(again) => prop_assert_eq!(again, draft),
            Err(findings) => prop_assert!(!findings.is_empty()),
        }
    }
}

#[test]
fn what_was_there_is_neither_lost_nor_renumbered() {
    let mut draft = Draft::default();
    let id = draft.clusters[1].id;
    draft.apply(&Edit::SetField(
        id,
        ClusterField::InitialFailoverVersion,
        "7".into(),
    ));
    let text = "clusterMetadata: {failoverVersionIncrement: 100, currentClusterName: c, clusterInformation: {c: {initialFailoverVersion: 1, rpcAddress: \"c:1\"}}}";
    let (merged, changes) = read(text).to_draft(&draft);
    let versions: Vec<_> = merged
        .clusters
        .iter()
        .map(|cluster| (&*cluster.name, &*cluster.initial_version))
        .collect();
    assert_eq!(
        versions,
        [("clusterA", "2"), ("clusterB", "7"), ("c", "1")],
        "an assigned number makes room, a typed one never"
    );
    let shown: Vec<_> = changes
        .iter()
        .map(|change| (change.kind, change.field, &*change.from, &*change.to))
        .collect();
    use multicluster_import::ChangeKind::{Added, Changed, Marked, Reassigned};
    assert_eq!(
        shown,
        [
            (Added, "name", "", "c"),
            (Changed, "rpcAddress", "", "c:1"),
            (Changed, "initialFailoverVersion", "", "1"),
            (
                Marked,
                "running",
                "",
                "initialFailoverVersion 1, failoverVersionIncrement 100"
            ),
            (Reassigned, "initialFailoverVersion", "1", "2"),
        ]
    );
    let (again, changes) = read(text).to_draft(&merged);
    assert_eq!(
        (again, changes),
        (merged, Vec::new()),
        "a second time changes nothing"
    );
}

#[test]
fn a_script_alone_invents_no_names_and_no_numbers() {
    let script = "tctl --address 10.0.0.1:7233 admin cluster urc --fad 10.0.0.2:7233\n";
    let (draft, _) = read(script).to_draft(&Draft::empty());
    let clusters: Vec<_> = draft
        .clusters
        .iter()
        .map(|cluster| {
            (
                &*cluster.name,
                &*cluster.rpc_address,
                &*cluster.initial_version,
            )
        })
        .collect();
    assert_eq!(
        clusters,
        [("", "10.0.0.1:7233", ""), ("", "10.0.0.2:7233", "")]
    );
}

/// What is known to run of a cluster: its name, initial version, increment and shards.
fn running<'d>(draft: &'d Draft, name: &str) -> Option<[&'d str; 4]> {
    let mut clusters = draft.clusters.iter();
    let running = clusters
        .find(|cluster| cluster.name == name)?
        .running
        .as_ref()?;
    Some([
        &running.name,
        &running.initial_version,
        &running.increment,
        &running.history_shards,
    ])
}

#[test]
fn what_servers_and_files_tell_runs_and_what_they_do_not_tell_is_not_locked() {
    let (draft, _) = import(&[
        Source::new("list", r#"[{"clusterName": "a", "address": "a:1", "initialFailoverVersion": "3", "historyShardCount": 4}]"#),
        Source::new("b.yaml", "clusterMetadata: {failoverVersionIncrement: 10, currentClusterName: b, clusterInformation: {b: {initialFailoverVersion: 2, rpcAddress: \"b:1\"}}}"),
        Source::new("c.yaml", "clusterMetadata: {currentClusterName: c, clusterInformation: {c: {initialFailoverVersion: 0}}}"),
        Source::new("run.sh", "tctl --address d:1 admin cluster urc --fad a:1"),
    ])
    .to_draft(&Draft::default());
    for (name, expected) in [
        ("a", Some(["a", "3", "", "4"])),
        ("b", Some(["b", "2", "10", ""])),
        ("c", Some(["c", "", "", ""])),
        ("", None),
        ("clusterA", None),
    ] {
        assert!(
            draft.clusters.iter().any(|known| known.name == name),
            "{name}"
        );
        assert_eq!(running(&draft, name), expected, "{name}");
    }
    let fields = draft
        .clusters
        .iter()
        .map(|cluster| &*cluster.initial_version);
    assert_eq!(fields.collect::<Vec<_>>(), ["1", "4", "3", "2", "0", ""]);
}

#[test]
fn what_was_known_to_run_stays_where_nothing_else_is_told() {
    let list = |number: u32| {
        read(&format!(
            "[{{\"clusterName\": \"a\", \"address\": \"a:1\", \"initialFailoverVersion\": \"{number}\"}}]"
        ))
    };
    let before = link::decode(
        "v=2&server=1.32&tool=tctl&increment=100&cluster=a,a:1,3!&running=a,3,100,512&cluster=b,b:1,1",
    )
    .expect("a link");
    let (again, changes) = list(3).to_draft(&before);
    assert_eq!((again, changes), (before.clone(), Vec::new()));
    let (draft, _) = list(5).to_draft(&before);
    assert_eq!(running(&draft, "a"), Some(["a", "5", "100", "512"]));
    assert_eq!(running(&draft, "b"), None);
}

#[test]
fn every_cluster_has_the_release_that_it_told() {
    let description = |name: &str, version: &str| {
        Source::new(
            name,
            format!(
                "{{\"clusterName\": \"{name}\", \"serverVersion\": \"{version}\", \"failoverVersionIncrement\": 100}}"
            ),
        )
    };
    let told = |sources: &[Source]| {
        let (draft, _) = import(sources).to_draft(&Draft::empty());
        let own = draft.clusters.iter().map(|it| it.server_version.clone());
        [vec![draft.server_version.clone()], own.collect()].concat()
    };
    let pair = [description("a", "1.14.1"), description("b", "1.14.2")];
    assert_eq!(told(&pair), ["1.14.0", "", ""], "one row of the list");
    let pair = [description("a", "1.32.1"), description("b", "1.14.2")];
    assert_eq!(told(&pair), ["1.14.0", "1.32", "1.14.0"]);
}

/// One cluster as its server describes it, asked at this address.
fn description(name: &str, version: &str, asked: &str) -> Source {
    let answer = format!(
        "$ temporal operator cluster describe --address {asked} -o json\n\
         {{\"clusterName\": \"{name}\", \"serverVersion\": \"{version}\", \"initialFailoverVersion\": \"1\", \
         \"failoverVersionIncrement\": 100, \"historyShardCount\": 512}}\n"
    );
    Source::new(name, answer)
}

/// What a server lists: names, addresses and numbers.
fn listed(asked: &str, entries: &[(&str, &str, u32)]) -> Source {
    let entries = entries.iter().map(|(name, address, version)| {
        format!(
            "{{\"clusterName\": \"{name}\", \"address\": \"{address}\", \"initialFailoverVersion\": \"{version}\", \
             \"isConnectionEnabled\": true}}"
        )
    });
    let entries: Vec<String> = entries.collect();
    let entries = entries.join(",");
    Source::new(
        asked,
        format!("$ temporal operator cluster list --address {asked} -o json\n[{entries}]\n"),
    )
}

/// `name rpcAddress initialVersion (own release)` of each cluster.
fn clusters(draft: &Draft) -> Vec<String> {
    let clusters = draft.clusters.iter();
    let shown = clusters.map(|of| {
        let release = match &*of.server_version {
            "" => String::new(),
            own => format!(" ({own})"),
        };
        format!(
            "{} {} {}{release}",
            of.name, of.rpc_address, of.initial_version
        )
    });
    shown.collect()
}

const EAST_AND_WEST: &str = "v=1&server=1.32&tool=tctl&increment=100\
     &cluster=east,east.example:7233,1,,512&cluster=west,west.example:7233,2,,512";

#[test]
fn a_cluster_of_another_name_is_the_one_that_it_is_for_certain_or_was_chosen() {
    let draft = link::decode(EAST_AND_WEST).expect("a link");
    let [east, west] = [0, 1].map(|at| draft.clusters[at].id);
    let certain = import(&[description("active", "1.32.1", "east.example:7233")]);
    let (merged, changes) = certain.to_draft(&draft);
    assert_eq!(
        clusters(&merged),
        ["active east.example:7233 1", "west west.example:7233 2"]
    );
    assert_eq!(
        running(&merged, "active"),
        Some(["active", "1", "100", "512"])
    );
    let first = &changes[0];
    assert_eq!(
        (first.field, &*first.from, &*first.to),
        ("name", "east", "active")
    );
    assert_eq!(certain.to_draft(&merged), (merged.clone(), Vec::new()));

    let open = import(&[description("active", "1.32.1", "127.0.0.1:7233")]);
    assert_eq!(open.to_draft(&draft).0.clusters.len(), 3);
    let chosen = |is| [("active".to_owned(), is)].into_iter().collect();
    let (merged, _) = open.to_draft_as(&draft, &chosen(Some(west)));
    assert_eq!(
        clusters(&merged),
        ["east east.example:7233 2", "active west.example:7233 1"],
        "an assigned number makes room"
    );
    let (merged, _) = certain.to_draft_as(&draft, &chosen(None));
    assert_eq!(merged.clusters.len(), 3);
    assert_eq!(merged.cluster(east).map(|of| &*of.name), Some("east"));
}

#[test]
fn what_others_can_dial_is_not_replaced_by_what_they_cannot() {
    use multicluster_import::{ChangeKind::Stays, Worse};
    let draft = link::decode(EAST_AND_WEST).expect("a link");
    for own in [
        "127.0.0.1:7233",
        "localhost:7233",
        "[::1]:7233",
        "0.0.0.0:7233",
        "[::]:7233",
    ] {
        let read = import(&[listed(
            own,
            &[("east", own, 1), ("west", "west.example:7233", 2)],
        )]);
        let (merged, changes) = read.to_draft(&draft);
        assert_eq!(clusters(&merged), clusters(&draft), "{own}");
        let stays: Vec<_> = changes
            .iter()
            .filter(|it| it.field == "rpcAddress")
            .collect();
        let [stays] = stays[..] else {
            panic!("{changes:?}");
        };
        assert_eq!(
            (stays.kind, &*stays.from, &*stays.to),
            (Stays(Worse::OwnMachine), "east.example:7233", own)
        );
        // It may fill what is empty.
        let (filled, _) = read.to_draft(&Draft::empty());
        assert_eq!(filled.clusters[0].rpc_address, own);
    }
}

#[test]
fn where_others_dial_a_cluster_is_its_address_if_its_own_word_is_of_no_use_to_them() {
    let sources = [
        listed(
            "127.0.0.1:7233",
            &[
                ("east", "127.0.0.1:7233", 1),
                ("west", "west.example:7233", 2),
            ],
        ),
        listed(
            "west.example:7233",
            &[
                ("east", "east.example:7233", 1),
                ("west", "west.example:7233", 2),
            ],
        ),
    ];
    let expected = ["east east.example:7233 1", "west west.example:7233 2"];
    let together = import(&sources);
    assert_eq!(complaints(&together), [""; 0]);
    let (draft, _) = together.to_draft(&Draft::empty());
    assert_eq!(clusters(&draft), expected);
    assert!(draft.clusters.iter().all(|of| of.seen_from.is_empty()));
    // In whichever order they come.
    let [one, other] = sources.map(|source| import(&[source]));
    for [first, second] in [[&one, &other], [&other, &one]] {
        let (draft, _) = first.to_draft(&Draft::empty());
        let (draft, _) = second.to_draft(&draft);
        assert_eq!(clusters(&draft), expected);
    }
    // A tunnel is what it is: the other one says it of a cluster that has an address.
    let tunnel = listed(
        "east.example:7233",
        &[
            ("east", "east.example:7233", 1),
            ("west", "127.0.0.1:9233", 2),
        ],
    );
    let west = listed("west.example:7233", &[("west", "west.example:7233", 2)]);
    let (draft, _) = import(&[tunnel, west]).to_draft(&Draft::empty());
    assert_eq!(clusters(&draft), expected);
    let east = draft.clusters[0].id;
    assert_eq!(
        draft.clusters[1].field(ClusterField::AddressFrom(east)),
        "127.0.0.1:9233"
    );
}

#[test]
fn what_a_kept_set_up_leaves_empty_stays() {
    let full = "v=3&server=1.32&tool=tctl&increment=100&redirection=noop&cloud=open&tls=on&toolTlsServerName=t\
         &cluster=east,east.example:7233,1,10.0.0.1:7233,512&http=east.example:7243&name=cert.example";
    let full = link::decode(full).expect("a link");
    let (merged, changes) =
        read("v=1&server=&tool=tctl&increment=&cluster=east,,\n").to_draft(&full);
    assert_eq!((merged, changes), (full, Vec::new()));
}

#[test]
fn clusters_that_are_known_to_run_keep_their_release() {
    let read = |name, version| import(&[description(name, version, &format!("{name}.example:1"))]);
    let (draft, _) = read("a", "1.31.2").to_draft(&Draft::empty());
    let (draft, _) = read("b", "1.32.1").to_draft(&draft);
    assert_eq!(draft.server_version, "1.30");
    assert_eq!(clusters(&draft), ["a  1", "b  1 (1.32)"]);
    let (again, changes) = read("b", "1.32.1").to_draft(&draft);
    assert_eq!((again, changes), (draft, Vec::new()));
}

#[test]
fn a_topology_file_in_an_archive_wins_over_the_script() {
    let draft = with_admin(link::decode(EAST_AND_WEST).expect("a link"));
    let verify = exported(&draft)
        .into_iter()
        .find(|(name, _)| name == "verify.sh");
    let verify = verify.expect("a script").1;
    let mut other = draft.clone();
    let east = other.clusters[0].id;
    let address = "10.9.9.9:7233".to_owned();
    other.apply(&Edit::SetField(east, ClusterField::AdminAddress, address));
    let topology = topology::write(&other);
    let members = [("topology.yaml", topology), ("verify.sh", verify)];
    let members = members.iter().map(|(name, text)| (*name, text.as_bytes()));
    let (again, _) = import(&[Source::new("a.zip", stored(members))]).to_draft(&Draft::empty());
    let admins: Vec<_> = again.clusters.iter().map(|of| &*of.admin_address).collect();
    assert_eq!(admins, ["10.9.9.9:7233", "10.0.0.1:7233"]);
}

/// An archive of these files, each with its header only.
fn stored<'m>(members: impl Iterator<Item = (&'m str, &'m [u8])>) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, bytes) in members {
        let to_u32 = |length: usize| u32::try_from(length).expect("short").to_le_bytes();
        archive.extend(b"PK\x03\x04");
        archive.extend([0; 10]);
        archive.extend(multicluster_core::render::crc32(bytes).to_le_bytes());
        archive.extend([to_u32(bytes.len()), to_u32(bytes.len())].concat());
        archive.extend(&to_u32(name.len())[..2]);
        archive.extend([0; 2]);
        archive.extend(name.as_bytes());
        archive.extend(bytes);
    }
    archive
}
