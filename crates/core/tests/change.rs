//! From what was read to a plan: the named cases, as tables, and their files as they leave.

mod common;

use std::fmt::Write as _;

use common::{Seen, file, list};
use expect_test::expect_file;
use multicluster_core::change::{
    Assumption, BootFile, Change, ConnectionAction, DiffLine, FileState, Impossible, RestartReason,
    between,
};
use multicluster_core::{ArtifactId, ClusterField, Draft, Edit, link, resolve};

const A: (&str, &str, i64) = ("clusterA", "10.0.0.1:7233", 1);
const B: (&str, &str, i64) = ("clusterB", "10.0.0.2:7233", 2);
const C: (&str, &str, i64) = ("clusterC", "10.0.0.3:7233", 3);

/// The plan of these clusters for a release, and a tool that goes with it.
fn change(server: &str, clusters: &[(&str, &str, i64)], seen: &Seen) -> Change {
    let tool = if server < "1.18" { "tctl" } else { "temporal" };
    let mut text = format!("v=1&server={server}&tool={tool}&increment=100");
    for (name, address, number) in clusters {
        let _ = write!(text, "&cluster={name},{address},{number}");
    }
    change_to(&text, seen)
}

fn change_to(text: &str, seen: &Seen) -> Change {
    change_of(&link::decode(text).expect("a link"), seen)
}

fn change_of(draft: &Draft, seen: &Seen) -> Change {
    let resolution = resolve(draft);
    let plan = resolution.plan().expect("a plan without an error");
    between(plan, &seen.merge())
}

/// Every connection that changes, as `from>to: action`.
fn connections(change: &Change) -> Vec<String> {
    let words = change.connections().iter().map(|change| {
        let action = match &change.action {
            ConnectionAction::Add => "add".to_owned(),
            ConnectionAction::Complete => "complete".to_owned(),
            ConnectionAction::Enable => "enable".to_owned(),
            ConnectionAction::Redirect { stored } => format!("from {stored}"),
            ConnectionAction::Ensure => "ensure".to_owned(),
            ConnectionAction::Remove => "remove".to_owned(),
        };
        let letter = |name: &str| name.trim_start_matches("cluster").to_owned();
        let (from, to) = (letter(change.from.as_str()), letter(change.to.as_str()));
        format!("{from}>{to}: {action}")
    });
    words.collect()
}

/// The state of every file.
fn files(change: &Change) -> Vec<&'static str> {
    let word = |state: &FileState| match state {
        FileState::New => "new",
        FileState::Unread => "unread",
        FileState::Changed { diff: Some(_) } => "changed",
        FileState::Changed { diff: None } => "differs",
        FileState::Unchanged => "unchanged",
        FileState::Leaving => "leaving",
    };
    change
        .files()
        .iter()
        .map(|file| word(&file.state))
        .collect()
}

fn snapshot(name: &str, change: &Change) {
    let mut text = String::new();
    for artifact in change.artifacts() {
        let _ = write!(text, "==> {} <==\n{}", artifact.name(), artifact.text());
    }
    expect_file![format!("snapshots/change-{name}.txt")].assert_eq(&text);
}

fn ids(change: &Change) -> Vec<ArtifactId> {
    change.artifacts().iter().map(|file| file.id()).collect()
}

/// What a script that runs on servers takes them to.
const BOTH: [ArtifactId; 2] = [ArtifactId::Change, ArtifactId::ChangeRunbook];

/// Two clusters that are connected, each with its list.
fn pair() -> Seen {
    Seen::of([list(A, &[(B, true)]), list(B, &[(A, true)])])
}

#[test]
fn nothing_to_do() {
    let change = change("1.32", &[A, B], &pair());
    assert!(change.is_nothing());
    assert_eq!(ids(&change), [ArtifactId::ChangeRunbook]);
    snapshot("nothing", &change);
    let alone = self::change("1.32", &[A], &Seen::of([list(A, &[])]));
    assert!(alone.is_nothing());
    let text = alone.artifacts()[0].text();
    assert!(
        !text.contains("verify.sh"),
        "there is no such script: {text}"
    );
}

#[test]
fn the_third_cluster_comes_to_a_running_pair() {
    let change = change("1.32", &[A, B, C], &pair());
    assert_eq!(files(&change), ["unchanged", "unchanged", "new"]);
    assert_eq!(
        connections(&change),
        ["A>C: add", "B>C: add", "C>A: add", "C>B: add"]
    );
    assert_eq!(ids(&change), BOTH);
    snapshot("third", &change);
}

/// What is missing in a list that was cut may be there.
#[test]
fn nothing_is_concluded_from_what_is_missing_in_a_list_that_was_cut() {
    let seen = Seen::of([list(A, &[]).cut()]);
    let alone = change("1.32", &[A], &seen);
    assert!(!alone.is_nothing());
    assert_eq!(ids(&alone), [ArtifactId::ChangeRunbook]);
    snapshot("cut-alone", &alone);
    let pair = change("1.32", &[A, B], &seen);
    assert_eq!(files(&pair), ["unchanged", "unread"]);
    assert_eq!(connections(&pair), ["A>B: ensure", "B>A: ensure"]);
    snapshot("cut", &pair);
    // A whole list of the same cluster takes its place.
    let again = Seen::of([list(A, &[]).cut(), list(A, &[])]);
    assert!(change("1.32", &[A], &again).is_nothing());
}

#[test]
fn a_cluster_that_runs_is_not_new_because_it_was_not_read() {
    let runs = |server: &str| {
        let runs =
            |of: (&str, &str, i64)| format!("&cluster={},{},{}&running=same", of.0, of.1, of.2);
        format!(
            "v=2&server={server}&tool=tctl&increment=100{}{}",
            runs(A),
            runs(B)
        )
    };
    let seen = Seen::of([file(A, true, 100, &[]), list(A, &[])]);
    let change = change_to(&runs("1.32"), &seen);
    assert_eq!(files(&change), ["unchanged", "unread"]);
    assert_eq!(connections(&change), ["A>B: add", "B>A: ensure"]);
    assert_eq!(
        change.assumptions(),
        [Assumption::RunsUnread(
            multicluster_core::model::ClusterName::parse("clusterB").expect("a name")
        )]
    );
    snapshot("unread", &change);
    let by_file = change_to(&runs("1.13"), &Seen::of([file(A, true, 100, &[A])]));
    assert_eq!(files(&by_file), ["changed", "unread"]);
}

#[test]
fn one_of_three_is_taken_out() {
    let lists = [
        list(A, &[(B, true), (C, true)]),
        list(B, &[(A, true), (C, true)]),
        list(C, &[(A, true), (B, true)]),
    ];
    let change = change("1.32", &[A, B], &Seen::of(lists));
    assert_eq!(files(&change), ["unchanged", "unchanged", "leaving"]);
    assert_eq!(
        connections(&change),
        ["A>C: remove", "B>C: remove", "C>A: remove", "C>B: remove"]
    );
    snapshot("take-out", &change);
}

/// Servers of 1.14 list nothing, and no namespace leaves them.
#[test]
fn what_is_in_no_list_may_be_connected_and_leaves() {
    let own = |of| file(of, true, 100, &[]);
    let seen = Seen::of([own(A), own(B), own(C)]);
    for (server, name) in [("1.14.4", "take-out-1.14"), ("1.14.0", "take-out-1.14.0")] {
        let change = change(server, &[A, B], &seen);
        let removed = ["A>C: remove", "B>C: remove", "C>A: remove", "C>B: remove"];
        assert_eq!(connections(&change)[2..], removed);
        snapshot(name, &change);
    }
}

#[test]
fn a_cluster_that_leaves_is_asked_where_it_was_read() {
    let lists = [
        list(A, &[(B, true)]),
        list(B, &[(A, true)]).read_at("bastion:9001"),
    ];
    let change = change("1.32", &[A], &Seen::of(lists));
    let script = change.artifacts()[0].text();
    assert!(
        script.contains(r#"  "$@" "clusterB" 2 - "bastion:9001" "10.0.0.2:7233""#),
        "{script}"
    );
}

/// Where the connections are turned off only, they keep the addresses that they have.
#[test]
fn a_pause_is_of_the_connections_that_are_there() {
    let [a, b] = [("clusterA", "nat-a:7300", 1), ("clusterB", "nat-b:7300", 2)];
    let seen = Seen::of([list(A, &[(b, true)]), list(B, &[(a, true)])]);
    let change = change("1.14.4", &[A], &seen);
    let runbook = change.artifacts().pop().expect("CHANGE.md");
    for pause in [
        r#""10.0.0.1:7233" admin cluster upsert-remote-cluster --frontend_address "nat-b:7300" --enable_connection=false"#,
        r#""10.0.0.2:7233" admin cluster upsert-remote-cluster --frontend_address "nat-a:7300" --enable_connection=false"#,
    ] {
        assert!(
            runbook.text().contains(pause),
            "{pause}: {}",
            runbook.text()
        );
    }
}

#[test]
fn one_is_replaced_by_another() {
    let change = change("1.32", &[A, C], &pair());
    let expected = ["A>C: add", "C>A: add", "A>B: remove", "B>A: remove"];
    assert_eq!(connections(&change), expected);
    snapshot("replace", &change);
}

/// A namespace leaves at once every cluster that the command does not name.
#[test]
fn while_a_cluster_leaves_namespaces_are_taken_in_with_it() {
    let text = |server| {
        let mut artifacts = change(server, &[A, C], &pair()).artifacts();
        artifacts.pop().expect("a runbook").text()
    };
    for (server, keeps) in [
        (
            "1.32",
            r#"--cluster "clusterA" --cluster "clusterC" --cluster "clusterB""#,
        ),
        ("1.14.4", r#"--clusters "clusterA" "clusterC" "clusterB""#),
    ] {
        let text = text(server);
        let (_, taken_in) = text.split_once("Take in a namespace").expect("a step");
        let (taken_in, left) = taken_in.split_once("\n## ").expect("another one");
        assert!(taken_in.contains(keeps), "{server}: {text}");
        assert!(!left.contains(keeps), "{server}: {text}");
    }
}

/// The step that connects neither asks about what leaves nor takes it out.
#[test]
fn what_leaves_is_taken_out_in_a_step_of_its_own() {
    for (wanted, calls) in [
        (
            &[A, C][..],
            &["sh change.sh --connect-only", "sh change.sh"][..],
        ),
        (&[A, B, C], &["sh change.sh"]),
        (&[A], &["sh change.sh"]),
    ] {
        let change = change("1.32", wanted, &pair());
        let text = change.artifacts().pop().expect("a runbook").text();
        let called = text.lines().filter(|line| line.starts_with("sh change.sh"));
        assert_eq!(called.collect::<Vec<_>>(), calls, "{text}");
    }
}

/// What was never replicated is sent before the namespace leaves, and what is active is handed over.
#[test]
fn what_only_the_leaving_cluster_has_is_sent_before() {
    let text = |server| {
        let mut artifacts = change(server, &[A], &pair()).artifacts();
        artifacts.pop().expect("a runbook").text()
    };
    let in_order = |text: &str, words: &[&str]| {
        let places: Vec<_> = words.iter().map(|words| text.find(words)).collect();
        assert!(
            places.is_sorted() && places[0].is_some(),
            "{places:?}: {text}"
        );
    };
    let current = text("1.32");
    in_order(
        &current,
        &[
            r#""10.0.0.2:7233" --namespace temporal-system --task-queue default-worker-tq --type force-replication"#,
            r#""10.0.0.2:7233" --namespace temporal-system --task-queue default-worker-tq --type namespace-handover"#,
            "Let the namespaces leave",
            "sh change.sh",
        ],
    );
    assert!(!current.contains("--active-cluster"), "{current}");
    let old = text("1.20");
    in_order(
        &old,
        &[
            "lists of open workflows",
            "--active-cluster",
            "sh change.sh",
        ],
    );
}

#[test]
fn a_connection_in_one_direction_is_completed() {
    let seen = Seen::of([list(A, &[(B, true)]), list(B, &[])]);
    let change = change("1.32", &[A, B], &seen);
    assert_eq!(connections(&change), ["B>A: complete"]);
    assert_eq!(files(&change), ["unchanged", "unchanged"]);
    snapshot("one-way", &change);
}

#[test]
fn repairs_stand_beside_each_other() {
    let moved = ("clusterB", "10.9.9.9:7233", 2);
    let seen = Seen::of([list(A, &[(moved, true), (C, false)]), list(C, &[(A, true)])]);
    let change = change("1.32", &[A, B, C], &seen);
    let expected = [
        "A>B: from 10.9.9.9:7233",
        "A>C: enable",
        "B>A: ensure",
        "B>C: ensure",
        "C>B: add",
    ];
    assert_eq!(connections(&change), expected);
    let unread = change.assumptions().iter();
    let unread: Vec<_> = unread
        .filter(|assumption| matches!(assumption, Assumption::ConnectionsUnread { .. }))
        .collect();
    assert_eq!(unread.len(), 1, "{unread:?}");
    snapshot("repairs", &change);
}

#[test]
fn an_address_changes() {
    let seen = Seen::of([
        list(A, &[(B, true)]),
        list(B, &[(A, true)]),
        file(B, true, 100, &[]),
    ]);
    let new_home = ("clusterB", "b.example:7233", 2);
    let change = change("1.32", &[A, new_home], &seen);
    assert_eq!(connections(&change), ["A>B: from 10.0.0.2:7233"]);
    assert_eq!(files(&change), ["unchanged", "changed"]);
    assert_eq!(change.restarts(), []);
    snapshot("address", &change);
}

#[test]
fn replication_is_enabled_where_it_never_was() {
    let never = |of| file(of, false, 10, &[]);
    let seen = Seen::of([never(("clusterA", A.1, 1)), never(("clusterB", B.1, 1))]);
    let change_on = |server| change(server, &[A, B], &seen);
    let current = change_on("1.32");
    assert_eq!(current.impossible(), []);
    assert_eq!(files(&current), ["changed", "changed"]);
    let reasons: Vec<_> = current
        .restarts()
        .iter()
        .map(|restart| restart.reason)
        .collect();
    assert_eq!(reasons, [RestartReason::EnablesGlobalNamespaces; 2]);
    snapshot("enable", &current);

    // 1.14 keeps what it was first started with.
    let old = change_on("1.14.4");
    let stays_off = |wish: &&Impossible| matches!(wish, Impossible::GlobalNamespacesStayOff { .. });
    assert_eq!(old.impossible().iter().filter(stays_off).count(), 2);
    assert_eq!(ids(&old), [ArtifactId::ChangeRunbook]);
}

#[test]
fn clusters_whose_numbers_collide_are_never_joined() {
    let other = ("clusterB", B.1, 1);
    let seen = Seen::of([list(A, &[]), list(other, &[])]);
    let change = change("1.32", &[A, B], &seen);
    let [
        Impossible::NumbersCollide {
            clusters,
            number: 1,
        },
    ] = change.impossible()
    else {
        panic!("{:?}", change.impossible())
    };
    assert_eq!(
        clusters.each_ref().map(|name| name.as_str()),
        ["clusterA", "clusterB"]
    );
    assert_eq!(ids(&change), [ArtifactId::ChangeRunbook]);
    snapshot("collision", &change);
}

#[test]
fn the_layout_of_before_114_is_left_by_way_of_114() {
    let all = |of| file(of, true, 100, &[A, B]).master(A);
    let seen = Seen::of([all(A).release("1.13.1"), all(B).release("1.13.1")]);
    let change_to = |server| change(server, &[A, B], &seen);
    for (server, boots) in [
        (
            "1.16",
            vec![
                ("1.14.4 to 1.14.6", BootFile::AsItIs),
                ("1.15", BootFile::Planned),
                ("1.16", BootFile::Planned),
            ],
        ),
        (
            "1.14.0",
            vec![
                ("1.14.0 to 1.14.3", BootFile::AsItIs),
                ("1.14.0 to 1.14.3", BootFile::Planned),
            ],
        ),
    ] {
        let change = change_to(server);
        assert_eq!(change.upgrades().len(), 2);
        for upgrade in change.upgrades() {
            let starts: Vec<_> = upgrade
                .boots
                .iter()
                .map(|boot| (&*boot.release, boot.file))
                .collect();
            assert_eq!(starts, boots);
            assert!(upgrade.keeps_file);
        }
    }
    let change = change_to("1.32");
    assert_eq!(files(&change), ["changed", "changed"]);
    assert_eq!(connections(&change), ["A>B: ensure", "B>A: ensure"]);
    snapshot("by-way-of-1.14", &change);
    let with_tls = "v=3&server=1.32&tool=temporal&increment=100&toolTlsCaFile=%2Fca.pem\
                    &cluster=clusterA,10.0.0.1:7233,1&cluster=clusterB,10.0.0.2:7233,2";
    let text = self::change_to(with_tls, &seen).artifacts();
    let text = text.last().expect("a runbook").text();
    let asked = text.lines().filter(|line| line.starts_with("tctl"));
    let is_told: Vec<bool> = asked.map(|line| line.contains("/ca.pem")).collect();
    assert!(!is_told.is_empty() && !is_told.contains(&false), "{text}");
}

#[test]
fn every_minor_release_is_on_the_way_and_a_file_that_lists_others_is_kept_for_114() {
    let (pair, alone) = ([A, B], [A]);
    let as_it_is = "the file that it runs on now";
    for (from, listed, to, told) in [
        (
            "1.13.1",
            &pair[..],
            "1.32",
            format!(
                "1.14.4 to 1.14.6, on {as_it_is}; then with each minor release from 1.15 to 1.32, each on `clusterA.yaml`"
            ),
        ),
        (
            "1.13.1",
            &pair,
            "1.15",
            format!("1.14.4 to 1.14.6, on {as_it_is}; then with 1.15, on `clusterA.yaml`"),
        ),
        (
            "1.13.1",
            &pair,
            "1.14.4",
            format!(
                "1.14.4 to 1.14.6, on {as_it_is}; then with 1.14.4 to 1.14.6, on `clusterA.yaml`"
            ),
        ),
        (
            "1.13.1",
            &alone,
            "1.32",
            "1.14.4 to 1.14.6, then each minor release from 1.15 to 1.32, each on `clusterA.yaml`"
                .to_owned(),
        ),
        (
            "1.11.2",
            &alone,
            "1.15",
            format!(
                "1.12, then 1.13, each on {as_it_is}; then with 1.14.4 to 1.14.6, then 1.15, each on `clusterA.yaml`"
            ),
        ),
        (
            "1.29.1",
            &pair,
            "1.32",
            "1.30, then 1.31, then 1.32, each on `clusterA.yaml`".to_owned(),
        ),
        (
            "1.14.1",
            &alone,
            "1.14.4",
            "1.14.4 to 1.14.6, on `clusterA.yaml`".to_owned(),
        ),
        ("1.32.1", &pair, "1.32", String::new()),
    ] {
        let seen = Seen::of([file(A, true, 100, listed).release(from)]);
        let change = change(to, &[A, B], &seen);
        let runbook = change.artifacts().pop().expect("a runbook").text();
        let starts = runbook.split_once("; starts with ");
        let starts = starts.and_then(|(_, rest)| rest.split_once(".\n"));
        let starts = starts.map_or("", |(starts, _)| starts);
        assert_eq!(starts, told, "{from} {} {to}", listed.len());
    }
}

#[test]
fn a_file_that_lists_others_is_taken_for_an_old_one_unless_a_server_tells() {
    let all = |of| file(of, true, 100, &[A, B]);
    let presumed = change("1.32", &[A, B], &Seen::of([all(A), all(B)]));
    assert_eq!(presumed.upgrades().len(), 2);
    snapshot("presumed-old", &presumed);
    let own = file(B, true, 100, &[]);
    let one = change("1.32", &[A, B], &Seen::of([all(A), own]));
    let presumed: Vec<_> = one
        .upgrades()
        .iter()
        .map(|it| it.cluster.as_str())
        .collect();
    assert_eq!(presumed, ["clusterA"], "only its own file tells");
    let told = Seen::of([all(A), all(B), list(A, &[]), list(B, &[])]);
    let told = change("1.32", &[A, B], &told);
    assert_eq!(told.upgrades(), []);
    assert_eq!(connections(&told), ["A>B: add", "B>A: add"]);
}

#[test]
fn each_cluster_is_upgraded_to_its_own_release() {
    let seen = Seen::of([
        list(A, &[(B, true)]),
        list(B, &[(A, true)]),
        file(A, true, 100, &[]).release("1.30.2"),
        file(B, true, 100, &[]).release("1.30.2"),
    ]);
    let text = "v=1&server=1.30&tool=temporal&increment=100&cluster=clusterA,10.0.0.1:7233,1\
                &cluster=clusterB,10.0.0.2:7233,2";
    let mut draft = link::decode(text).expect("a link");
    let newer = draft.clusters[1].id;
    draft.apply(&Edit::SetField(
        newer,
        ClusterField::ServerVersion,
        "1.32".to_owned(),
    ));
    let change = change_of(&draft, &seen);
    assert_eq!(change.impossible(), []);
    let [upgrade] = change.upgrades() else {
        panic!("{:?}", change.upgrades())
    };
    assert_eq!(upgrade.cluster.as_str(), "clusterB");
    assert_eq!(
        upgrade
            .boots
            .iter()
            .map(|boot| &*boot.release)
            .collect::<Vec<_>>(),
        ["1.31", "1.32"]
    );
    assert!(!upgrade.keeps_file);
    assert_eq!(ids(&change), [ArtifactId::ChangeRunbook]);
}

#[test]
fn files_connect_before_114() {
    let all = |of| file(of, true, 100, &[A, B]).master(A);
    let seen = Seen::of([all(A).release("1.13.1"), all(B).release("1.13.1")]);
    let change = change("1.13", &[A, B, C], &seen);
    assert_eq!(files(&change), ["changed", "changed", "new"]);
    assert_eq!(connections(&change), [] as [&str; 0]);
    let reasons: Vec<_> = change
        .restarts()
        .iter()
        .map(|restart| restart.reason)
        .collect();
    assert_eq!(reasons, [RestartReason::FileConnects; 2]);
    assert_eq!(ids(&change), [ArtifactId::ChangeRunbook]);
    snapshot("by-file", &change);
    assert!(self::change("1.13", &[A, B], &seen).is_nothing());
}

/// No command connects anything while one of them reads the others from its file.
#[test]
fn files_connect_while_one_cluster_runs_a_release_prior_to_114() {
    let all = |of| file(of, true, 100, &[A, B, C]).master(A).release("1.13.1");
    let text = "v=3&server=1.13&tool=tctl&increment=100&cluster=clusterA,10.0.0.1:7233,1\
                &cluster=clusterB,10.0.0.2:7233,2&release=1.15";
    let change = change_to(text, &Seen::of([all(A), all(B), all(C)]));
    assert_eq!(connections(&change), [] as [&str; 0]);
    assert_eq!(files(&change), ["changed", "changed", "leaving"]);
    snapshot("by-file-mixed", &change);
}

#[test]
fn of_many_connections_the_first_are_listed() {
    let told = |count: usize| {
        let mut text = "v=1&server=1.32&tool=temporal&increment=100".to_owned();
        for at in 1..=count {
            let _ = write!(text, "&cluster=c{at},c{at}.example:7233,{at}");
        }
        let runbook = change_to(&text, &Seen::of([])).artifacts().pop();
        let runbook = runbook.expect("a runbook").text();
        let listed = runbook
            .lines()
            .filter(|line| line.contains(" is connected to "));
        let more = runbook.lines().find(|line| line.starts_with("- And "));
        (listed.count(), more.map(str::to_owned))
    };
    assert_eq!(told(6), (30, None));
    assert_eq!(told(7), (40, Some("- And 2 more.".to_owned())));
    assert_eq!(told(8), (40, Some("- And 16 more.".to_owned())));
}

#[test]
fn servers_of_early_114_restart_after_connecting() {
    let change = change("1.14.0", &[A, B], &Seen::of([file(A, true, 100, &[])]));
    let restarted = change.restarts().iter();
    let restarted: Vec<_> = restarted
        .map(|restart| (restart.cluster.as_str(), restart.reason))
        .collect();
    let all = ["clusterA", "clusterB"].map(|name| (name, RestartReason::ReadsConnections));
    assert_eq!(restarted, all);
    snapshot("restart", &change);
}

#[test]
fn what_a_cluster_keeps_cannot_be_wished_away() {
    let seen = |from: (&'static str, &'static str, i64)| {
        Seen::of([file(from, true, 100, &[]).release("1.20.3").shards(512)])
    };
    let link = |server: &str, increment: u32, cluster: &str| {
        format!("v=1&server={server}&tool=temporal&increment={increment}&cluster={cluster}")
    };
    type Is = fn(&Impossible) -> bool;
    for (server, increment, cluster, is) in [
        (
            "1.20",
            100,
            "other,10.0.0.1:7233,1",
            (|wish| matches!(wish, Impossible::Rename { .. })) as Is,
        ),
        ("1.20", 100, "clusterA,10.0.0.1:7233,7", |wish| {
            matches!(wish, Impossible::Renumber { from: 1, to: 7, .. })
        }),
        ("1.20", 1000, "clusterA,10.0.0.1:7233,1", |wish| {
            matches!(
                wish,
                Impossible::OtherIncrement {
                    from: 100,
                    to: 1000,
                    ..
                }
            )
        }),
        ("1.20", 100, "clusterA,10.0.0.1:7233,1,,4", |wish| {
            matches!(
                wish,
                Impossible::OtherShards {
                    from: 512,
                    to: 4,
                    ..
                }
            )
        }),
        ("1.18", 100, "clusterA,10.0.0.1:7233,1", |wish| {
            matches!(wish, Impossible::Downgrade { .. })
        }),
        ("1.20", 100, "fresh,10.0.0.7:7233,1", |wish| {
            matches!(wish, Impossible::NumberReused { .. })
        }),
    ] {
        let change = change_to(&link(server, increment, cluster), &seen(A));
        let [wish] = change.impossible() else {
            panic!("{cluster}: {:?}", change.impossible())
        };
        assert!(is(wish), "{cluster}: {wish:?}");
        assert_eq!(ids(&change), [ArtifactId::ChangeRunbook], "{cluster}");
        let text = change.artifacts()[0].text();
        assert!(
            text.contains("What cannot be had") && !text.contains("## 1."),
            "{text}"
        );
    }
}

/// Every wish that cannot be had, as it is told: in the order of the kinds.
#[test]
fn what_cannot_be_had_is_told_with_the_way_that_works() {
    let running = |of| file(of, true, 100, &[]).release("1.20.3").shards(512);
    let one = |server: &str, increment: u32, cluster: &str| {
        let tool = if server < "1.18" { "tctl" } else { "temporal" };
        format!("v=1&server={server}&tool={tool}&increment={increment}&cluster={cluster}")
    };
    let pair = |server: &str| {
        let others = one(server, 100, "clusterA,10.0.0.1:7233,1");
        others + "&cluster=clusterB,10.0.0.2:7233,2"
    };
    let unusable = ("a\n# b", "10.0.0.9:7233", 9);
    let mut text = String::new();
    for (link, seen) in [
        (one("1.20", 100, "other,10.0.0.1:7233,1"), vec![running(A)]),
        (
            pair("1.32"),
            vec![list(A, &[]), list(("clusterB", B.1, 1), &[])],
        ),
        (
            pair("1.32"),
            vec![list(A, &[]).id("one"), list(A, &[]).id("other")],
        ),
        (
            pair("1.32"),
            vec![list(A, &[]).id("one"), list(B, &[(A, true)])],
        ),
        (
            one("1.20", 100, "clusterA,10.0.0.1:7233,7"),
            vec![running(A)],
        ),
        (one("1.20", 100, "fresh,10.0.0.7:7233,1"), vec![running(A)]),
        (
            one("1.20", 1000, "clusterA,10.0.0.1:7233,1"),
            vec![running(A)],
        ),
        (
            one("1.20", 100, "clusterA,10.0.0.1:7233,1,,4"),
            vec![running(A)],
        ),
        (
            pair("1.32"),
            vec![list(A, &[]).shards(4), list(B, &[]).shards(6)],
        ),
        (
            one("1.14.4", 100, "clusterA,10.0.0.1:7233,1"),
            vec![file(A, false, 100, &[])],
        ),
        (
            one("1.18", 100, "clusterA,10.0.0.1:7233,1"),
            vec![running(A)],
        ),
        (
            pair("1.32"),
            vec![
                list(A, &[(B, true), (unusable, true)]),
                list(B, &[(A, true)]),
            ],
        ),
    ] {
        let change = change_to(&link, &Seen::of(seen));
        let runbook = change.artifacts()[0].text();
        let (_, told) = runbook
            .split_once("## What cannot be had\n")
            .expect("a chapter");
        let told = told.lines().filter(|line| line.starts_with("- "));
        told.for_each(|line| text.extend([line, "\n"]));
    }
    expect_file!["snapshots/change-impossible.txt"].assert_eq(&text);
}

#[test]
fn numbers_of_shards_that_do_not_fit_are_told_before_anybody_tries() {
    for (server, shards, fit) in [
        ("1.32", [4, 6], false),
        ("1.32", [4, 8], true),
        ("1.18", [4, 8], false),
        ("1.18", [4, 4], true),
    ] {
        let seen = Seen::of([
            list(A, &[]).shards(shards[0]),
            list(B, &[]).shards(shards[1]),
        ]);
        let change = change(server, &[A, B], &seen);
        let told = matches!(change.impossible(), [Impossible::ShardsDoNotFit { .. }]);
        assert_eq!(told, !fit, "{server} {shards:?}: {:?}", change.impossible());
    }
}

#[test]
fn a_cluster_can_take_the_place_of_one_that_moves() {
    let moved = ("clusterA", "10.0.0.9:7233", 1);
    let there = ("clusterC", A.1, 3);
    let change = change("1.32", &[moved, B, there], &pair());
    assert_eq!(change.impossible(), []);
    let second = Seen::of([list(A, &[]), list(moved, &[])]);
    let change = self::change("1.32", &[A, ("clusterC", moved.1, 3)], &second);
    assert!(matches!(change.impossible(), [Impossible::Rename { .. }]));
    // One of which two addresses were told is at neither of two others.
    let elsewhere = self::change("1.32", &[A, ("clusterC", "10.0.0.7:7233", 3)], &second);
    assert_eq!(elsewhere.impossible(), []);
}

/// What its server says is not what is planned, whatever its file may have.
#[test]
fn a_file_that_was_not_read_changes_where_its_server_says_otherwise() {
    let moved = ("clusterA", "10.0.0.9:7233", 1);
    for (of_a, state) in [
        (list(A, &[]), "unchanged"),
        (list(moved, &[]), "differs"),
        (list(A, &[]).global_namespaces(true), "unchanged"),
        (list(A, &[]).global_namespaces(false), "differs"),
        // Others may reach it elsewhere than it says.
        (list(B, &[(moved, true)]), "unchanged"),
    ] {
        assert_eq!(files(&change("1.32", &[A], &Seen::of([of_a])))[0], state);
    }
}

#[test]
fn a_cluster_whose_name_no_command_can_have_is_told() {
    let unusable = ("a\n# b", "10.0.0.9:7233", 9);
    let seen = Seen::of([
        list(A, &[(B, true), (unusable, true)]),
        list(B, &[(A, true)]),
    ]);
    let change = change("1.32", &[A, B], &seen);
    assert!(
        matches!(change.impossible(), [Impossible::UnusableName { name }] if name == unusable.0),
        "{:?}",
        change.impossible()
    );
    let text = change.artifacts()[0].text();
    assert!(text.contains(r#"- `"a\n# b"` is connected"#), "{text}");
}

#[test]
fn two_databases_of_one_name_are_told_from_one_that_was_made_anew() {
    let collide = |seen: Seen| {
        let change = change("1.32", &[A, B], &seen);
        let mut wishes = change.impossible().iter();
        wishes.any(|wish| matches!(wish, Impossible::NamesCollide { .. }))
    };
    let hostile = [list(A, &[]).id("one"), list(A, &[]).id("other\n# a\n")];
    let told = change("1.32", &[A, B], &Seen::of(hostile));
    let text = told.artifacts()[0].text();
    assert!(text.contains("`otherU+000A# aU+000A`"), "{text}");
    let two = [list(A, &[]).id("one"), list(A, &[]).id("other")];
    assert!(collide(Seen::of(two)));
    // The list of B has the id that A had before.
    let anew = || Seen::of([list(A, &[]).id("one"), list(B, &[(A, true)])]);
    assert!(!collide(anew()));
    let change = change("1.32", &[A, B], &anew());
    let [Impossible::OtherDatabase { from, to }] = change.impossible() else {
        panic!("{:?}", change.impossible())
    };
    assert_eq!((from.as_str(), to.as_str()), ("clusterB", "clusterA"));
}

#[test]
fn a_cluster_that_nobody_knows_does_not_leave() {
    let seen = Seen::of([list(A, &[(B, true)]), list(B, &[(A, true)]), list(C, &[])]);
    assert!(change("1.32", &[A, B], &seen).is_nothing());
}

#[test]
fn the_value_of_the_file_is_compared_and_not_that_of_the_server() {
    let mistyped = ("clusterA", A.1, 7);
    let seen = Seen::of([
        list(A, &[(B, true)]),
        list(B, &[(A, true)]),
        file(mistyped, true, 100, &[]),
    ]);
    let change = change("1.32", &[A, B], &seen);
    assert_eq!(change.impossible(), []);
    let FileState::Changed { diff: Some(diff) } = &change.files()[0].state else {
        panic!("{:?}", change.files())
    };
    let lines: Vec<String> = diff.iter().map(|line| line.text()).collect();
    assert!(
        lines.contains(&"-      initialFailoverVersion: 7".to_owned()),
        "{lines:?}"
    );
    assert!(
        lines.contains(&"+      initialFailoverVersion: 1".to_owned()),
        "{lines:?}"
    );
}

/// Three clusters, of which any may be read, planned, and connected in any way.
mod laws {
    use proptest::prelude::*;

    use super::*;

    const ALL: [(&str, &str, i64); 3] = [A, B, C];

    /// For every pair: no connection, one that is off, one that is on, one with another address.
    fn seen(read: [bool; 3], states: [u8; 6]) -> Seen {
        let mut states = states.into_iter();
        let mut lists = Vec::new();
        for (at, own) in ALL.iter().enumerate() {
            let mut others = Vec::new();
            for (_, other) in ALL.iter().enumerate().filter(|(other, _)| *other != at) {
                match states.next() {
                    Some(1) => others.push((*other, false)),
                    Some(2) => others.push((*other, true)),
                    Some(3) => others.push(((other.0, "elsewhere:7233", other.2), true)),
                    _ => {}
                }
            }
            if read[at] {
                lists.push(list(*own, &others));
            }
        }
        Seen::of(lists)
    }

    /// Everything as it is when the change was made.
    fn done(planned: &[(&'static str, &'static str, i64)]) -> Seen {
        let others = |own: &(&str, &str, i64)| {
            let others = planned.iter().filter(|other| other.0 != own.0);
            others.map(|other| (*other, true)).collect::<Vec<_>>()
        };
        Seen::of(planned.iter().map(|own| list(*own, &others(own))))
    }

    proptest! {
        #[test]
        fn a_change_has_what_is_not_as_planned_and_nothing_else(
            read in any::<[bool; 3]>(),
            planned in any::<[bool; 3]>(),
            states in proptest::array::uniform6(0_u8..4),
        ) {
            let planned: Vec<_> = ALL.into_iter().zip(planned).filter(|(_, is)| *is).map(|(of, _)| of).collect();
            prop_assume!(!planned.is_empty());
            let seen = seen(read, states);
            let change = change("1.32", &planned, &seen);
            prop_assert_eq!(change.impossible(), []);
            let has = |name: &str| planned.iter().any(|of| of.0 == name);
            let merged = seen.merge();
            for from in ALL {
                for to in ALL.iter().filter(|to| to.0 != from.0) {
                    let changes = change.connections().iter();
                    let changed = changes.filter(|of| of.from.as_str() == from.0 && of.to.as_str() == to.0);
                    let found: Vec<_> = changed.map(|of| &of.action).collect();
                    prop_assert!(found.len() <= 1);
                    let removes = found.contains(&&ConnectionAction::Remove);
                    prop_assert!(!removes || has(from.0) != has(to.0));
                    let known = merged.connection(from.0, to.0);
                    let right = known.is_some_and(|known| {
                        known.enabled.as_ref().is_some_and(|on| on.value)
                            && known.address.as_ref().is_some_and(|address| address.value == to.1)
                    });
                    if has(from.0) && has(to.0) {
                        prop_assert_eq!(found.is_empty(), right);
                    } else if has(from.0) || has(to.0) {
                        let place = |name: &str| ALL.iter().position(|of| of.0 == name).expect("one of them");
                        let is_told = read[place(from.0)];
                        let both_seen = [from.0, to.0].iter().all(|name| merged.cluster(name).is_some());
                        prop_assert_eq!(removes, known.is_some() || !is_told && both_seen);
                    }
                }
            }
            let removals = change.connections().iter().map(|of| of.action == ConnectionAction::Remove);
            prop_assert!(removals.is_sorted(), "what is missing comes first");
            prop_assert!(self::change("1.32", &planned, &done(&planned)).is_nothing());
        }
    }
}

/// The lines that come and go in the file of the first cluster.
fn changed_lines(change: &Change) -> Vec<String> {
    let FileState::Changed { diff: Some(diff) } = &change.files()[0].state else {
        return Vec::new();
    };
    let changed = diff.iter().filter_map(|line| match line {
        DiffLine::Same(_) => None,
        DiffLine::Added(text) => Some(format!("+{text}")),
        DiffLine::Removed(text) => Some(format!("-{text}")),
    });
    changed.collect()
}

#[test]
fn what_is_optional_changes_only_where_it_is_wanted() {
    let plain = "v=1&server=1.32&tool=temporal&increment=100&cluster=clusterA,10.0.0.1:7233,1";
    let wanted = "v=3&server=1.32&tool=temporal&increment=100&redirection=noop\
                  &cluster=clusterA,10.0.0.1:7233,1&http=10.0.0.1:7243";
    let bare = || file(A, true, 100, &[]);
    let stated = || {
        bare()
            .http("10.0.0.9:7243")
            .redirection("all-apis-forwarding")
    };
    for (link, seen, lines) in [
        (plain, stated(), &[][..]),
        (
            wanted,
            bare(),
            &[
                "+      httpAddress: \"10.0.0.1:7243\"",
                "+dcRedirectionPolicy:",
                "+  policy: \"noop\"",
            ],
        ),
        (
            wanted,
            stated(),
            &[
                "-      httpAddress: \"10.0.0.9:7243\"",
                "+      httpAddress: \"10.0.0.1:7243\"",
                "-  policy: \"all-apis-forwarding\"",
                "+  policy: \"noop\"",
            ],
        ),
    ] {
        let change = change_to(link, &Seen::of([seen]));
        assert_eq!(changed_lines(&change), lines);
        use Assumption::{KeepsHttpAddress, KeepsRedirection};
        let keeps = |it: &&Assumption| matches!(it, KeepsHttpAddress(..) | KeepsRedirection(..));
        let kept = change.assumptions().iter().filter(keeps).count();
        assert_eq!(kept, if lines.is_empty() { 2 } else { 0 });
        if lines.is_empty() {
            snapshot("keeps-http", &change);
        }
    }
}

/// Neither `describe` nor `list` tells everything that is in a file.
#[test]
fn what_no_server_tells_is_said_where_no_file_was_read() {
    let link = "v=3&server=1.32&tool=temporal&increment=100&redirection=all-apis-forwarding\
                &cluster=clusterA,10.0.0.1:7233,1&http=10.0.0.1:7243&cluster=clusterB,10.0.0.2:7233,2";
    let change = change_to(link, &pair());
    assert!(change.is_nothing());
    let text = change.artifacts()[0].text();
    for told in [
        "The file of `clusterA` was not read: `httpAddress` is taken",
        "The file of `clusterA`, `clusterB` was not read: `dcRedirectionPolicy` is taken",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("what was read is what is planned"), "{text}");
}

/// One cluster runs alone, and its server does not tell what is in its file.
#[test]
fn what_decides_for_ever_is_said_where_it_was_not_read() {
    let assumed = |clusters: &[_], seen: Seen| {
        let change = change("1.24", clusters, &seen);
        let is_assumed = |what: fn(&Assumption) -> bool| change.assumptions().iter().any(what);
        [
            is_assumed(|it| matches!(it, Assumption::GlobalAsPlanned(of) if of.as_str() == A.0)),
            is_assumed(|it| matches!(it, Assumption::IncrementAsPlanned(of) if of.as_str() == A.0)),
        ]
    };
    let alone = || list(A, &[]).release("1.24.2");
    assert_eq!(assumed(&[A, B], Seen::of([alone()])), [true, true]);
    let told = alone().global_namespaces(true);
    assert_eq!(assumed(&[A, B], Seen::of([told])), [false, true]);
    let read = [alone(), file(A, true, 100, &[])];
    assert_eq!(assumed(&[A, B], Seen::of(read)), [false, false]);
    let connected = list(A, &[(B, true)]).release("1.24.2");
    assert_eq!(
        assumed(&[A, B, C], Seen::of([connected])),
        [false, false],
        "no server connects without"
    );
}

/// The release that runs decides whether there is a list to read.
#[test]
fn nobody_is_told_to_read_a_list_that_the_running_release_has_not() {
    let all = |of| file(of, true, 100, &[A, B]).master(A);
    let told = |seen| {
        let change = change("1.32", &[A, B], &Seen::of(seen));
        change.artifacts().pop().expect("a runbook").text()
    };
    let old = told(vec![all(A), all(B)]);
    let why = "Not every connection of `clusterA`, `clusterB` was read: the release that runs there has no list of them.";
    assert!(old.contains(why), "{old}");
    let own = |of| file(of, true, 100, &[]).release("1.20.1");
    let newer = told(vec![own(A), own(B)]);
    assert!(newer.contains("read the list of clusters there"), "{newer}");
}

/// Where a name is refused, the cluster with that name is not one that was not read.
#[test]
fn a_new_name_of_a_running_cluster_is_no_new_cluster() {
    let renamed = ("other", A.1, 1);
    let change = change("1.32", &[renamed], &Seen::of([list(A, &[])]));
    assert!(matches!(change.impossible(), [Impossible::Rename { .. }]));
    assert_eq!(change.assumptions(), []);
}

/// Servers read how they dial others when they start.
#[test]
fn how_others_are_dialled_changes_the_file_and_restarts_the_servers() {
    let link = |tls: &str| {
        format!(
            "v=3&server=1.32&tool=temporal&increment=100{tls}&cluster=clusterA,10.0.0.1:7233,1\
             &cluster=clusterB,10.0.0.2:7233,2"
        )
    };
    let on = "&tls=on&tlsCaFile=%2Fca.pem";
    let section = [
        "global:",
        "  tls:",
        "    remoteClusters:",
        "      \"10.0.0.2\":",
        "        client:",
        "          rootCaFiles:",
        "            - \"/ca.pem\"",
    ];
    let all = |mark: &str| section.map(|line| format!("{mark}{line}"));
    let lists = || [list(A, &[(B, true)]), list(B, &[(A, true)])];
    let file_of = |of| file(of, true, 100, &[]);
    for (tls, of_a, lines) in [
        ("", file_of(A), Vec::new()),
        (on, file_of(A).tls("10.0.0.2", "/ca.pem"), Vec::new()),
        // What 1.32 does alike is alike.
        (on, file_of(A).tls("10.0.0.*", "/ca.pem"), Vec::new()),
        (on, file_of(A), all("+").to_vec()),
        ("", file_of(A).tls("10.0.0.2", "/ca.pem"), all("-").to_vec()),
        (
            on,
            file_of(A).tls("10.0.0.2", "/old.pem"),
            ["-", "+"]
                .map(|mark| section[6].replace("/ca", if mark == "-" { "/old" } else { "/ca" }))
                .iter()
                .zip(["-", "+"])
                .map(|(line, mark)| format!("{mark}{line}"))
                .collect(),
        ),
    ] {
        let of_b = if tls.is_empty() {
            file_of(B)
        } else {
            file_of(B).tls("10.0.0.1", "/ca.pem")
        };
        let seen = Seen::of(lists().into_iter().chain([of_a, of_b]));
        let change = change_to(&link(tls), &seen);
        assert_eq!(changed_lines(&change), lines);
        let restarts = change.restarts().iter();
        let restarts: Vec<_> = restarts
            .map(|restart| (restart.cluster.as_str(), restart.reason))
            .collect();
        let expected = [("clusterA", RestartReason::DialsOtherwise)];
        assert_eq!(restarts, &expected[..usize::from(!lines.is_empty())]);
        assert_eq!(change.is_nothing(), lines.is_empty());
    }
    let of_lists = change_to(&link(on), &Seen::of(lists()));
    assert!(of_lists.is_nothing());
    let assumed = of_lists.assumptions().iter();
    let assumed = assumed.filter(|it| matches!(it, Assumption::DialsAsPlanned(_)));
    assert_eq!(assumed.count(), 2);
    let unread = Seen::of(lists().into_iter().chain([file_of(A)]));
    snapshot("tls", &change_to(&link(on), &unread));
}
