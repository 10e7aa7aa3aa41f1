//! `multicluster check`: what is printed, and the exit status.

mod common;

use common::{Folder, Ran, TOPOLOGY};
use expect_test::{Expect, expect};
use serde_json::Value;

const OWN_CLUSTER: &str = "\
clusterMetadata:
  enableGlobalNamespace: true
  failoverVersionIncrement: 100
  masterClusterName: clusterA
  currentClusterName: clusterA
  clusterInformation:
    clusterA:
      enabled: true
      initialFailoverVersion: 1
      rpcAddress: a.example:7233
";

/// The other cluster, with the number of the first one.
fn other_cluster() -> String {
    OWN_CLUSTER
        .replace("clusterA", "clusterB")
        .replace("a.example", "b.example")
}

fn wrong_topology() -> String {
    TOPOLOGY
        .replace("initialFailoverVersion: 2", "initialFailoverVersion: 1")
        .replace("b.example:7233", "http://b.example")
}

fn is(ran: &Ran, status: i32, output: &Expect) {
    assert_eq!((ran.status, &*ran.messages), (status, ""));
    output.assert_eq(&ran.output);
}

#[test]
fn nothing_wrong_is_said_in_a_line() {
    let folder = Folder::new("check-clean").with("t.yaml", TOPOLOGY);
    is(
        &folder.run(&["check", "t.yaml"]),
        0,
        &expect![[r#"
        1 file: nothing found.
    "#]],
    );
}

#[test]
fn problems_show_their_line_why_and_the_way_out() {
    let folder = Folder::new("check-wrong").with("t.yaml", wrong_topology());
    is(
        &folder.run(&["check", "./t.yaml"]),
        1,
        &expect![[r#"
        error[address-scheme]: The RPC address “http://b.example” of “clusterB” begins with “http://”.
          --> t.yaml:10:17
           |
        10 |     rpcAddress: "http://b.example"
           |                 ^^^^^^^^^^^^^^^^^^
           = help: An address is only a host and a port, such as temporal.example:7233. A server from 1.16 on that is told to connect to one with a scheme ends its own process.
           = fix: Use b.example:7233

        error[initial-version-duplicate]: Initial failover version 1 of “clusterB” is that of “clusterA” already.
          --> t.yaml:11:29
           |
        11 |     initialFailoverVersion: 1
           |                             ^
           = help: The number tells which cluster wrote an event, so it must differ in every connected cluster. A cluster that has been started can never be renumbered: change the one that has not.
           = the server says: Cannot add remote cluster due to initial failover version conflict
           = fix: Use 2
           = see: t.yaml:8:29

        1 file: 2 errors. `multicluster explain CODE` tells more of each.
    "#]],
    );
}

#[test]
fn files_of_one_set_up_are_compared_with_each_other() {
    let folder = Folder::new("check-files")
        .with("a.yaml", OWN_CLUSTER)
        .with("b.yaml", other_cluster());
    for file in ["a.yaml", "b.yaml"] {
        assert_eq!(folder.run(&["check", file]).status, 0, "{file}");
    }
    is(
        &folder.run(&["check", "a.yaml", "b.yaml"]),
        1,
        &expect![[r#"
            error[initial-version-duplicate]: Initial failover version 1 of “clusterB” is that of “clusterA” already.
             --> b.yaml:9:31
              |
            9 |       initialFailoverVersion: 1
              |                               ^
              = help: The number tells which cluster wrote an event, so it must differ in every connected cluster. A cluster that has been started can never be renumbered: change the one that has not.
              = the server says: Cannot add remote cluster due to initial failover version conflict
              = fix: Use 2
              = see: a.yaml:9:31

            2 files: 1 error. `multicluster explain CODE` tells more of each.
        "#]],
    );
}

#[test]
fn topologies_stand_for_themselves() {
    let other = TOPOLOGY.replace("clusterA", "clusterC");
    let folder = Folder::new("check-topologies")
        .with("one.yaml", TOPOLOGY)
        .with("two.yaml", other);
    let ran = folder.run(&["check", "one.yaml", "two.yaml"]);
    is(
        &ran,
        0,
        &expect![[r#"
        2 files: nothing found.
    "#]],
    );
}

#[test]
fn the_form_of_a_topology_is_checked_first() {
    let wrong = TOPOLOGY.replace("\"1.32\"", "1.30").replace("tool", "tol");
    let folder = Folder::new("check-form").with("t.yaml", wrong);
    is(
        &folder.run(&["check", "t.yaml"]),
        1,
        &expect![[r#"
            error[topology-invalid]: `serverVersion` is “1.30”, and must be a text, so write it in quotation marks.
             --> t.yaml:2:16
              |
            2 | serverVersion: 1.30
              |                ^^^^
              = help: Nothing was imported from it. docs/topology.schema.json describes the file, and editors check it while you type.

            error[topology-invalid]: The key “tol” is not known in the file. Known are multicluster, serverVersion, tool, failoverVersionIncrement, masterClusterName, dcRedirectionPolicy, keepTemporalCloudOpen, tls, tlsCaFile, tlsCertFile, tlsKeyFile, toolTlsCaFile, toolTlsCertFile, toolTlsKeyFile, toolTlsServerName, clusters.
             --> t.yaml:3:1
              |
            3 | tol: "temporal"
              | ^^^^
              = help: Nothing was imported from it. docs/topology.schema.json describes the file, and editors check it while you type.

            1 file: 2 errors. `multicluster explain CODE` tells more of each.
        "#]],
    );
}

#[test]
fn what_lists_and_scripts_do_not_say_is_no_error() {
    let folder = Folder::new("check-partial")
        .with("s.sh", "temporal operator cluster upsert --address a.example:7233 --frontend-address b.example:7233 --enable-connection\n");
    is(
        &folder.run(&["check", "--min-severity", "warning", "s.sh"]),
        0,
        &expect![[r#"
            1 file: 1 note. `multicluster explain CODE` tells more of each.
        "#]],
    );
}

#[test]
fn what_a_configuration_file_must_say_and_does_not_is_an_error() {
    let file = OWN_CLUSTER.replace("      initialFailoverVersion: 1\n", "");
    let folder = Folder::new("check-missing")
        .with("a.yaml", &file)
        .with("later.yaml", file.replace("a.example", "${HOST}"));
    is(
        &folder.run(&["check", "a.yaml"]),
        1,
        &expect![[r#"
        error[initial-version-missing]: The initial failover version of “clusterA” is missing.
         --> a.yaml:7:5
          |
        7 |     clusterA:
          |     ^^^^^^^^^
          = help: The server reads a missing number as 0 and panics at its first start. Since 1.14 it has saved the 0 by then, and panics on every later start too, even after the file was corrected.
          = the server says: cluster "clusterA": InitialFailoverVersion must be > 0, got 0
          = fix: Use 1

        1 file: 1 error. `multicluster explain CODE` tells more of each.
    "#]],
    );
    // Nobody knows what else is filled in later.
    assert_eq!(folder.run(&["check", "later.yaml"]).status, 0);
}

#[test]
fn the_release_decides_where_no_file_tells_it() {
    let shards = |count: &str| format!("numHistoryShards: {count}\n");
    let folder = Folder::new("check-release")
        .with(
            "a.yaml",
            format!("persistence:\n  {}{OWN_CLUSTER}", shards("4")),
        )
        .with(
            "b.yaml",
            format!(
                "persistence:\n  {}{}",
                shards("8"),
                other_cluster().replace("Version: 1", "Version: 2")
            ),
        );
    let files = ["check", "a.yaml", "b.yaml"];
    assert_eq!(folder.run(&files).status, 0);
    let ran = folder.run(&[&files[..], &["--server-version", "1.19"]].concat());
    assert_eq!(ran.status, 1);
    assert!(
        ran.output.starts_with("error[shards-not-equal]"),
        "{}",
        ran.output
    );
}

#[test]
fn warnings_count_only_where_that_is_wanted() {
    let odd = TOPOLOGY.replace("clusterB", "ClusterA");
    let folder = Folder::new("check-warnings").with("t.yaml", odd);
    let ran = folder.run(&["check", "t.yaml"]);
    assert!(
        ran.output
            .ends_with("1 file: 1 warning. `multicluster explain CODE` tells more of each.\n")
    );
    assert_eq!(ran.status, 0);
    assert_eq!(
        folder
            .run(&["check", "t.yaml", "--warnings-as-errors"])
            .status,
        1
    );
    // What is not printed counts all the same.
    let silent = [
        "check",
        "t.yaml",
        "--warnings-as-errors",
        "--min-severity",
        "error",
    ];
    is(
        &folder.run(&silent),
        1,
        &expect![[r#"
        1 file: 1 warning. `multicluster explain CODE` tells more of each.
    "#]],
    );
}

#[test]
fn files_that_cannot_be_read_are_no_result() {
    let folder = Folder::new("check-absent").with("d/t.yaml", TOPOLOGY);
    for (arguments, message) in [
        (&["check", "x.yaml"][..], "error: cannot read x.yaml: "),
        (
            &["check", "d"],
            "error: d is a folder: name the files in it, such as d/*.yaml\n",
        ),
        (
            &["check", "-", "-"],
            "error: standard input (`-`) can be read once",
        ),
        (
            &["check"],
            "error: the following required arguments were not provided",
        ),
        (
            &["check", "d/t.yaml", "--server-version", "latest"],
            "error: invalid value 'latest' for '--server-version <RELEASE>': a release is written as `1.32`",
        ),
        (&["chek"], "error: unrecognized subcommand 'chek'"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.status, &*ran.output), (2, ""), "{arguments:?}");
        assert!(ran.messages.starts_with(message), "{}", ran.messages);
    }
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let ran = Folder::new("check-input").run_with(&["check", "-"], &wrong_topology());
    assert_eq!(ran.status, 1);
    assert!(ran.output.contains("--> stdin:10:17\n"), "{}", ran.output);
}

#[test]
fn text_of_others_cannot_steer_the_terminal() {
    let folder = Folder::new("check-escape")
        .with("t.yaml", TOPOLOGY.replace("clusterB", "b\\u001b[2J\u{7f}"));
    let ran = folder.run(&["check", "t.yaml"]);
    assert_eq!(ran.status, 1, "{}", ran.output);
    assert!(
        !ran.output.contains(['\u{1B}', '\u{7F}']),
        "{:?}",
        ran.output
    );
}

#[test]
fn programs_get_json() {
    let folder = Folder::new("check-json").with("t.yaml", wrong_topology());
    let ran = folder.run(&["check", "--format", "json", "t.yaml"]);
    is(
        &ran,
        1,
        &expect![[r#"
        {
          "problems": [
            {
              "code": "address-scheme",
              "column": 17,
              "file": "t.yaml",
              "fix": "Use b.example:7233",
              "help": "An address is only a host and a port, such as temporal.example:7233. A server from 1.16 on that is told to connect to one with a scheme ends its own process.",
              "line": 10,
              "message": "The RPC address “http://b.example” of “clusterB” begins with “http://”.",
              "related": [],
              "server": null,
              "severity": "error",
              "text": "    rpcAddress: \"http://b.example\""
            },
            {
              "code": "initial-version-duplicate",
              "column": 29,
              "file": "t.yaml",
              "fix": "Use 2",
              "help": "The number tells which cluster wrote an event, so it must differ in every connected cluster. A cluster that has been started can never be renumbered: change the one that has not.",
              "line": 11,
              "message": "Initial failover version 1 of “clusterB” is that of “clusterA” already.",
              "related": [
                {
                  "column": 29,
                  "file": "t.yaml",
                  "line": 8
                }
              ],
              "server": "Cannot add remote cluster due to initial failover version conflict",
              "severity": "error",
              "text": "    initialFailoverVersion: 1"
            }
          ],
          "version": 1
        }
    "#]],
    );
    let clean = folder.run_with(&["check", "--format", "json", "-"], TOPOLOGY);
    assert_eq!(clean.status, 0);
    let clean: Value = serde_json::from_str(&clean.output).expect("JSON");
    assert_eq!(clean["problems"], Value::Array(Vec::new()));
}

#[test]
fn every_sample_of_imports_is_checked_and_every_place_is_in_it() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../import/tests/samples");
    let folder = Folder::new("check-samples");
    let mut problems = 0;
    for entry in std::fs::read_dir(samples).expect("the samples") {
        let path = entry.expect("a file").path();
        if path.extension().is_some_and(|ends| ends == "expect") {
            continue;
        }
        let name = path.to_str().expect("text");
        let ran = folder.run(&["check", "--format", "json", name]);
        assert!(
            ran.status < 2 && ran.messages.is_empty(),
            "{name}: {}",
            ran.messages
        );
        let lines = std::fs::read(&path)
            .expect("a file")
            .split(|&byte| byte == b'\n')
            .count();
        let found: Value = serde_json::from_str(&ran.output).expect("JSON");
        for problem in found["problems"].as_array().expect("a list") {
            let line = problem["line"].as_u64().expect("a line");
            assert!((1..=lines as u64).contains(&line), "{name}: {problem:#}");
            assert_eq!(problem["file"], name);
            problems += 1;
        }
    }
    assert!(problems > 50, "{problems}");
}

/// Measured on 1.13.0, 1.14.1 and 1.32.1: they start on it.
#[test]
fn a_cluster_that_is_not_enabled_needs_no_address() {
    let without = |entry: &str| format!("{OWN_CLUSTER}    clusterB: {{{entry}}}\n");
    for (entry, status, said) in [
        (
            "enabled: false, initialFailoverVersion: 2",
            0,
            "note[disabled-without-address]",
        ),
        (
            "enabled: false, rpcAddress: '', initialFailoverVersion: 2",
            0,
            "note[disabled-without-address]",
        ),
        (
            "initialFailoverVersion: 2",
            0,
            "note[disabled-without-address]",
        ),
        (
            "enabled: true, initialFailoverVersion: 2",
            1,
            "error[address-missing]",
        ),
        (
            "enabled: true, rpcAddress: '', initialFailoverVersion: 2",
            1,
            "error[address-missing]",
        ),
        ("enabled: false", 1, "error[initial-version-missing]"),
    ] {
        let ran = Folder::new("check-off").run_with(&["check", "-"], &without(entry));
        assert_eq!(ran.status, status, "{entry}: {}", ran.output);
        assert!(ran.output.contains(said), "{entry}: {}", ran.output);
    }
}

#[test]
fn what_somebody_else_fills_in_is_not_missing() {
    // An operator for Kubernetes, which writes the address itself.
    let operator = "kind: TemporalCluster\nspec:\n  clusterMetadata:\n    enableGlobalNamespace: true\n    failoverVersionIncrement: 100\n    currentClusterName: a\n    initialFailoverVersion: 1\n    masterClusterName: a\n";
    let ran = Folder::new("check-operator").run_with(&["check", "-"], operator);
    assert_eq!(ran.status, 0, "{}", ran.output);
}

#[test]
fn what_stands_beside_a_link_is_checked_too() {
    let wrong = OWN_CLUSTER.replace("a.example:7233", "http://a.example:7233");
    let notes = format!(
        "Our plan: https://example.org/#v=1&server=1.32&tool=tctl&increment=100&cluster=x,x.example:7233,1&cluster=y,x.example:7233,2\n\n```yaml\n{wrong}```\n"
    );
    let folder = Folder::new("check-beside").with("notes.md", notes);
    let ran = folder.run(&["check", "--min-severity", "error", "notes.md"]);
    let codes: Vec<&str> = ran
        .output
        .lines()
        .filter(|line| line.starts_with("error["))
        .collect();
    expect![[r#"
        [
            "error[address-duplicate]: The RPC address “x.example:7233” of “y” is that of “x” already.",
            "error[address-scheme]: The RPC address “http://a.example:7233” of “clusterA” begins with “http://”.",
        ]
    "#]].assert_debug_eq(&codes);
}

#[test]
fn no_output_tells_secrets() {
    let sample = include_str!("../../import/tests/samples/secrets.txt");
    let keys = "\
clusterMetadata: {currentClusterName: a, clusterInformation: {a: {}}}
global:
  tls:
    remoteClusters:
      b.example: {client: {rootCaFiles: [/ca.pem]}, server: {certFile: /c, keyData: hunter2}}
";
    let folder = Folder::new("check-secrets")
        .with("sample.txt", sample)
        .with("keys.yaml", keys);
    for format in ["human", "json", "sarif"] {
        let ran = folder.run(&["check", "sample.txt", "keys.yaml", "--format", format]);
        assert!(ran.output.contains("tls-not-imported"), "{}", ran.output);
        assert!(!ran.output.contains("hunter2"), "{}", ran.output);
    }
    let ran = folder.run(&["import", "sample.txt", "keys.yaml"]);
    assert!(!ran.messages.contains("hunter2"), "{}", ran.messages);
}

#[test]
fn two_clusters_of_one_name_are_an_error() {
    let file = |number: u32, address: &str| {
        format!(
            "clusterMetadata:\n  enableGlobalNamespace: true\n  failoverVersionIncrement: 100\n  masterClusterName: x\n  \
             currentClusterName: x\n  clusterInformation:\n    x: {{enabled: true, initialFailoverVersion: {number}, \
             rpcAddress: \"{address}\"}}\n"
        )
    };
    let folder = Folder::new("check-one-name")
        .with("1.yaml", file(1, "10.0.0.1:7233"))
        .with("2.yaml", file(2, "10.1.0.1:7233"))
        .with("moved.yaml", file(1, "10.1.0.1:7233"));
    let ran = folder.run(&["check", "1.yaml", "2.yaml"]);
    assert_eq!(ran.status, 1);
    assert!(ran.output.contains("error[name-shared]"), "{}", ran.output);
    assert!(!ran.output.contains("[contradiction]"), "{}", ran.output);
    assert_eq!(folder.run(&["check", "1.yaml", "moved.yaml"]).status, 0);
}
