//! `multicluster import` and `multicluster explain`.

mod common;

use common::{Folder, TOPOLOGY};
use expect_test::expect;

#[test]
fn exported_files_become_their_topology_again() {
    let folder = Folder::new("import-back").with("t.yaml", TOPOLOGY);
    folder.run(&["render", "t.yaml", "-o", "out"]);
    let ran = folder.run(&["import", "out/clusterA.yaml", "out/clusterB.yaml"]);
    assert_eq!(ran.status, 0);
    // Configuration files tell neither the tool nor the release.
    let again = TOPOLOGY.replace("\"temporal\"", "\"tctl\"");
    // The files are those of clusters that run, as far as anybody knows.
    let marked = |number: &str| format!("FailoverVersion: {number}\n    running: true\n");
    let again = again.replace("FailoverVersion: 1\n", &marked("1"));
    let again = again.replace("FailoverVersion: 2\n", &marked("2"));
    assert_eq!(ran.output, again);
    expect![[r#"
        Nothing tells serverVersion: 1.32 is assumed. Correct it if it is another one.
        Nothing tells tool: tctl is assumed. Correct it if it is another one.
    "#]]
    .assert_eq(&ran.messages);
}

/// The tool that was asked is there; from 1.30 on the images have no other one than `temporal`.
#[test]
fn the_tool_is_the_one_that_was_asked() {
    let describe = |version: &str| {
        format!(
            r#"{{"serverVersion": "{version}", "clusterName": "a", "initialFailoverVersion": "1", "failoverVersionIncrement": "10"}}"#
        ) + "\n"
    };
    let temporal = "$ temporal operator cluster describe --address a:7233 -o json\n";
    let tctl = "$ tctl --address a:7233 admin cluster describe\n";
    let script = "temporal operator cluster upsert --frontend-address b:7233 --enable-connection\n";
    for (text, tool, is_told) in [
        (temporal.to_owned() + &describe("1.20.1"), "temporal", true),
        (tctl.to_owned() + &describe("1.32.1"), "tctl", true),
        (tctl.to_owned() + &describe("1.32.1") + script, "tctl", true),
        (describe("1.20.1") + script, "temporal", true),
        (describe("1.32.1"), "temporal", false),
        (describe("1.20.1"), "tctl", false),
        (
            tctl.to_owned() + &describe("1.20.1") + temporal,
            "tctl",
            false,
        ),
    ] {
        let ran = Folder::new("import-tool").run_with(&["import", "-"], &text);
        assert!(
            ran.output.contains(&format!("tool: \"{tool}\"")),
            "{text}{}",
            ran.output
        );
        let assumed = format!("Nothing tells tool: {tool} is assumed");
        assert_eq!(
            !ran.messages.contains(&assumed),
            is_told,
            "{text}{}",
            ran.messages
        );
    }
    // What somebody chose is another matter than what a script calls.
    let folder = Folder::new("import-tool-into").with("t.yaml", TOPOLOGY);
    let into = |text: &str| {
        folder
            .run_with(&["import", "-", "--into", "t.yaml"], text)
            .output
    };
    let called =
        "tctl --address a:7233 admin cluster upsert-remote-cluster --frontend_address b:7233\n";
    assert!(into(called).contains("tool: \"temporal\""));
    assert!(into(&(tctl.to_owned() + &describe("1.32.1"))).contains("tool: \"tctl\""));
}

#[test]
fn what_is_imported_into_a_topology_is_told() {
    let folder = Folder::new("import-into").with("t.yaml", TOPOLOGY);
    let list = r#"{"clusterName": "clusterB", "address": "new.example:7233", "initialFailoverVersion": "3", "historyShardCount": 4, "isConnectionEnabled": true}"#;
    let ran = folder.run_with(&["import", "-", "--into", "t.yaml"], &format!("[{list}]"));
    assert_eq!(ran.status, 0, "{}", ran.messages);
    expect![[r#"
        multicluster: 1
        serverVersion: "1.32"
        tool: "temporal"
        failoverVersionIncrement: 100
        clusters:
          - name: "clusterA"
            rpcAddress: "a.example:7233"
            initialFailoverVersion: 1
          - name: "clusterB"
            rpcAddress: "new.example:7233"
            initialFailoverVersion: 3
            historyShards: 4
            running:
              failoverVersionIncrement: null
    "#]]
    .assert_eq(&ran.output);
    expect![[r#"
        note[list-of-unknown-cluster]: This list does not tell which cluster printed it.
         --> stdin:1:2
          |
        1 | [{"clusterName": "clusterB", "address": "new.example:7233", "initialFailoverVersion": "3", "historyShardCount": 4, "isConnectionEnabled": true}]
          |  ^
          = help: A list does not say which cluster printed it, so the directions of its connections are not known. Paste it with its command line and `--address`, or with the output of `describe` for the same cluster in front of it.

        “clusterB”: rpcAddress was b.example:7233, and is new.example:7233 (stdin:1:41).
        “clusterB”: initialFailoverVersion was 2, and is 3 (stdin:1:87).
        “clusterB”: historyShards is 4 (stdin:1:113).
        “clusterB”: runs with initialFailoverVersion 3, historyShards 4: that can never change (stdin:1:41).
    "#]].assert_eq(&ran.messages);
    assert_eq!(folder.bytes("t.yaml"), TOPOLOGY.as_bytes());
}

#[test]
fn errors_are_told_beside_what_was_read() {
    let config = "clusterMetadata: {failoverVersionIncrement: \"10\", currentClusterName: a, clusterInformation: {a: {initialFailoverVersion: 1, rpcAddress: \"a:7233\"}}}\n";
    let ran = Folder::new("import-errors").run_with(&["import", "-"], config);
    assert_eq!(ran.status, 1);
    assert!(
        ran.output.contains("failoverVersionIncrement: 10\n"),
        "{}",
        ran.output
    );
    assert!(
        ran.messages.starts_with("error[number-quoted]"),
        "{}",
        ran.messages
    );
}

#[test]
fn what_nothing_tells_is_to_be_filled_in() {
    let command = "temporal operator cluster upsert --address a.example:7233 --frontend-address b.example:7233 --enable-connection\n";
    let folder = Folder::new("import-gaps");
    let ran = folder.run_with(&["import", "-"], command);
    assert_eq!(ran.status, 0, "{}", ran.messages);
    expect![[r#"
        multicluster: 1
        serverVersion: "1.32"
        tool: "temporal"
        failoverVersionIncrement: 100
        clusters:
          - name: ""
            rpcAddress: "a.example:7233"
          - name: ""
            rpcAddress: "b.example:7233"
    "#]]
    .assert_eq(&ran.output);
    let last: Vec<&str> = ran.messages.lines().rev().take(1).collect();
    expect![[r#"
        [
            "Something is missing, or cannot be right: `multicluster check` of this topology says what and where.",
        ]
    "#]]
    .assert_debug_eq(&last);
    let check = folder.run_with(&["check", "--format", "json", "-"], &ran.output);
    assert_eq!(check.status, 1, "{}", check.output);
}

#[test]
fn where_nothing_is_found_nothing_is_printed() {
    let folder = Folder::new("import-nothing").with("empty.yaml", "");
    let ran = folder.run_with(&["import", "-"], "hello\n");
    assert_eq!((ran.status, &*ran.output), (2, ""));
    assert!(
        ran.messages
            .ends_with("\nerror: nothing was found that could be imported\n")
    );
    let ran = folder.run_with(&["import", "-", "--into", "empty.yaml"], TOPOLOGY);
    assert_eq!((ran.status, &*ran.output), (2, ""));
    expect![[r#"
        error: empty.yaml is empty. A shell that writes into the file that is read empties it first: write into another one
    "#]].assert_eq(&ran.messages);
}

#[test]
fn every_code_is_explained() {
    let folder = Folder::new("explain");
    let list = folder.run(&["explain"]);
    assert_eq!((list.status, &*list.messages), (0, ""));
    let rules = multicluster_core::rule_texts().map(|rule| (rule.code.as_str(), rule.text));
    let kinds = multicluster_import::KINDS.iter();
    let kinds = kinds.map(|kind| (kind.code, kind.help.to_owned()));
    for (code, text) in rules.chain(kinds) {
        assert!(list.output.contains(&format!("\n{code} ")), "{code}");
        let ran = folder.run(&["explain", code]);
        assert_eq!((ran.status, &*ran.messages), (0, ""));
        assert!(
            ran.output.ends_with(&format!("\n\n{text}\n")),
            "{}",
            ran.output
        );
    }
}

#[test]
fn a_mistyped_code_is_offered_near_ones() {
    let ran = Folder::new("explain-near").run(&["explain", "inital-version-duplicates"]);
    assert_eq!((ran.status, &*ran.output), (2, ""));
    expect![[r#"
        error: nothing has the code `inital-version-duplicates`. Near it are `initial-version-duplicate`, `initial-version-not-a-number`, `initial-version-out-of-range`. `multicluster explain` lists all codes.
    "#]].assert_eq(&ran.messages);
}

#[test]
fn a_cluster_that_is_read_under_another_name_can_be_one_of_the_topology() {
    let folder = Folder::new("import-same").with("t.yaml", TOPOLOGY);
    let list = r#"[{"clusterName": "active", "address": "127.0.0.1:7233", "initialFailoverVersion": "3"}]"#;
    let names = |same: &[&str]| {
        let arguments = [&["import", "-", "--into", "t.yaml"], same].concat();
        let ran = folder.run_with(&arguments, list);
        let names = ran.output.lines();
        let names = names.filter_map(|line| line.strip_prefix("  - name: "));
        let names: Vec<&str> = names.map(|name| name.trim_matches('"')).collect();
        (names.join(" "), ran.messages)
    };
    let (alone, _) = names(&[]);
    let known = alone.strip_suffix(" active").expect("it is another one");
    let first = known.split(' ').next().expect("a cluster");
    let (renamed, said) = names(&["--same", &format!("active={first}")]);
    assert_eq!(renamed, known.replacen(first, "active", 1));
    assert!(
        said.contains(&format!("“active”: name was {first}, and is active")),
        "{said}"
    );
    for (same, expected) in [
        (
            "active=nobody",
            "--same: the topology has no cluster “nobody”",
        ),
        (
            &*format!("passive={first}"),
            "--same: “passive”: no such cluster was read",
        ),
        ("active", "two names are wanted, with = between them"),
    ] {
        let (none, said) = names(&["--same", same]);
        assert!(none.is_empty() && said.contains(expected), "{said}");
    }
}
