//! `multicluster plan`: core's change, printed and written.

mod common;

use common::{Folder, TOPOLOGY};
use expect_test::expect;
use multicluster_core::{change, resolve};
use multicluster_import::{Source, import, topology};

/// The wanted pair, of which the first cluster runs and is connected to nothing.
const DESCRIPTION: &str = "\
{\"serverVersion\": \"1.32.1\", \"clusterId\": \"c4ea7c35\", \"clusterName\": \"clusterA\",
 \"historyShardCount\": 4, \"initialFailoverVersion\": \"1\", \"failoverVersionIncrement\": \"100\"}
";

fn folder(name: &str) -> Folder {
    Folder::new(name)
        .with("t.yaml", TOPOLOGY)
        .with("a.json", DESCRIPTION)
}

const PLAN: [&str; 5] = ["plan", "--from", "a.json", "--to", "t.yaml"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&PLAN[..], more].concat()
}

/// The files of the change, as core writes them.
fn artifacts() -> Vec<(String, String)> {
    let resolution = resolve(&topology::read("t.yaml", TOPOLOGY).expect("right"));
    let plan = resolution.plan().expect("right");
    let observed = import(&[Source::new("a.json", DESCRIPTION)])
        .observed
        .merge();
    let artifacts = change::between(plan, &observed).artifacts();
    let texts = artifacts
        .iter()
        .map(|artifact| (artifact.name().to_owned(), artifact.text()));
    texts.collect()
}

#[test]
fn the_way_is_printed() {
    let ran = folder("plan-print").run(&PLAN);
    assert_eq!((ran.status, &*ran.messages), (0, ""));
    let (_, guide) = artifacts().pop().expect("a guide");
    assert_eq!(ran.output, guide);
    assert!(
        guide.starts_with("# Change to `clusterA` and `clusterB`\n"),
        "{guide}"
    );
}

#[test]
fn the_files_are_those_of_core() {
    let folder = folder("plan-write");
    let ran = folder.run(&with(&["-o", "out"]));
    assert_eq!(
        (ran.status, &*ran.output, &*ran.messages),
        (0, "", "out: 2 files.\n")
    );
    assert_eq!(folder.names("out"), ["CHANGE.md", "change.sh"]);
    for (name, text) in artifacts() {
        assert_eq!(
            folder.bytes(&format!("out/{name}")),
            text.as_bytes(),
            "{name}"
        );
    }
    // Beside the files of the set-up, and again.
    assert_eq!(folder.run(&["render", "t.yaml", "-o", "out"]).status, 0);
    assert_eq!(folder.run(&with(&["-o", "out"])).status, 0);
    folder.put("out/change.sh", "mine");
    assert_eq!(folder.run(&with(&["-o", "out"])).status, 2);
    assert_eq!(folder.bytes("out/change.sh"), b"mine");
}

#[test]
fn a_script_of_another_change_does_not_stay_beside_this_one() {
    let folder = folder("plan-stale");
    folder.run(&with(&["-o", "out"]));
    folder.put("a.json", DESCRIPTION.replace("\"1\"", "\"7\""));
    let ran = folder.run(&with(&["-o", "out"]));
    assert_eq!(ran.status, 2);
    expect![[r#"
        error: nothing was written: in out there is a change.sh of another change, and this one needs none. Remove it, so that nobody runs it
    "#]].assert_eq(&ran.messages);
}

#[test]
fn what_cannot_be_had_is_an_error() {
    let folder = folder("plan-impossible");
    folder.put("a.json", DESCRIPTION.replace("\"1\"", "\"7\""));
    let ran = folder.run(&PLAN);
    assert_eq!(ran.status, 1);
    assert!(
        ran.output.contains("## What cannot be had\n"),
        "{}",
        ran.output
    );
}

#[test]
fn drift_is_found_in_ci() {
    let folder = folder("plan-drift");
    assert_eq!(folder.run(&with(&["--check"])).status, 1);
    let one = TOPOLOGY
        .split("  - name: \"clusterB\"")
        .next()
        .expect("one cluster");
    folder.put(
        "t.yaml",
        one.replace(
            "    initialFailoverVersion",
            "    historyShards: 4\n    initialFailoverVersion",
        ),
    );
    let ran = folder.run(&with(&["--check"]));
    assert_eq!(ran.status, 0, "{}", ran.output);
    assert!(
        ran.output.contains("Nothing is to be changed"),
        "{}",
        ran.output
    );
}

#[test]
fn wishes_are_not_what_runs() {
    let folder = folder("plan-wishes").with("none.txt", "hello\n");
    for (from, message) in [
        (
            "t.yaml",
            "error: t.yaml holds what is wanted, and not what runs.",
        ),
        ("none.txt", "error: nothing was read that runs."),
        ("x.yaml", "error: cannot read x.yaml: "),
    ] {
        let ran = folder.run(&["plan", "--from", from, "--to", "t.yaml"]);
        assert_eq!((ran.status, &*ran.output), (2, ""), "{from}");
        assert!(ran.messages.contains(message), "{}", ran.messages);
    }
    folder.put(
        "t.yaml",
        TOPOLOGY.replace("initialFailoverVersion: 2", "initialFailoverVersion: 1"),
    );
    let ran = folder.run(&PLAN);
    assert_eq!((ran.status, &*ran.output), (1, ""));
    assert!(
        ran.messages
            .ends_with("\nt.yaml: 1 error, so nothing is made of it.\n")
    );
}

/// Half a list says nothing of the other half, and a cluster that runs is not new.
#[test]
fn what_was_not_read_is_not_missing() {
    let alone = TOPOLOGY
        .split("  - name: \"clusterB\"")
        .next()
        .expect("the first cluster");
    let cut = "$ temporal operator cluster list --address h:1 -o jsonl\n\
        {\"clusterName\": \"clusterA\", \"address\": \"h:1\", \"isConnectionEnabled\": true}\n\
        {\"clusterName\": \"clusterB\", \"addr\n";
    let folder = folder("plan-cut")
        .with("alone.yaml", alone)
        .with("cut.txt", cut);
    let ran = folder.run(&["plan", "--from", "a.json", "cut.txt", "--to", "alone.yaml"]);
    assert!(
        ran.messages.contains("warning[json-cut]"),
        "{}",
        ran.messages
    );
    assert!(
        ran.output.contains("`cut.txt:2:1` was not read whole"),
        "{}",
        ran.output
    );
}
