//! `multicluster render`: the bytes of the page, and nobody's file lost.

mod common;

use common::{Folder, TOPOLOGY};
use expect_test::expect;
use multicluster_core::render::extra::{Flavour, render_extra, zip_of};
use multicluster_core::{link, resolve};
use multicluster_import::topology;

fn folder(name: &str) -> Folder {
    Folder::new(name).with("t.yaml", TOPOLOGY)
}

const RENDER: [&str; 4] = ["render", "t.yaml", "-o", "out"];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&RENDER[..], more].concat()
}

#[test]
fn the_files_are_those_of_the_page() {
    let folder = folder("render-bytes");
    let ran = folder.run(&RENDER);
    assert_eq!((ran.status, &*ran.output), (0, ""));
    expect![[r#"
        out: 9 files, 9 new or changed.
    "#]]
    .assert_eq(&ran.messages);

    let resolution = resolve(&topology::read("t.yaml", TOPOLOGY).expect("right"));
    let mut names = vec!["multicluster.zip".to_owned()];
    for artifact in resolution.render_all() {
        let name = artifact.name();
        assert_eq!(
            folder.bytes(&format!("out/{name}")),
            artifact.text().as_bytes(),
            "{name}"
        );
        names.push(name.to_owned());
    }
    assert_eq!(
        folder.bytes("out/multicluster.zip"),
        resolution.zip().expect("right")
    );
    names.sort();
    assert_eq!(folder.names("out"), names);
}

#[test]
fn a_link_of_the_page_gives_the_same_files() {
    let draft = topology::read("t.yaml", TOPOLOGY).expect("right");
    let address = format!("https://example.org/#{}\n", link::encode(&draft));
    let folder = folder("render-link").with("link.txt", address);
    folder.run(&RENDER);
    let ran = folder.run(&["render", "link.txt", "-o", "out", "--check"]);
    assert_eq!((ran.status, &*ran.output), (0, ""), "{}", ran.messages);
}

#[cfg(unix)]
#[test]
fn scripts_and_nothing_else_can_be_run() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("render-modes");
    folder.run(&RENDER);
    for name in folder.names("out") {
        let metadata = folder
            .path(&format!("out/{name}"))
            .metadata()
            .expect("a file");
        let is_executable = metadata.permissions().mode() & 0o100 != 0;
        assert_eq!(is_executable, name.ends_with(".sh"), "{name}");
    }
}

#[test]
fn a_wrong_topology_writes_nothing() {
    let wrong = TOPOLOGY.replace("initialFailoverVersion: 2", "initialFailoverVersion: 1");
    let folder = folder("render-wrong").with("t.yaml", wrong);
    let ran = folder.run(&RENDER);
    assert_eq!((ran.status, &*ran.output), (1, ""));
    assert!(ran.messages.starts_with("error[initial-version-duplicate]"));
    assert!(
        ran.messages
            .ends_with("\nt.yaml: 1 error, so nothing is made of it.\n")
    );
    assert!(!folder.path("out").exists());
}

#[test]
fn only_a_whole_set_up_is_rendered() {
    let form = "multicluster: 2\nclusters: []\n";
    let config = "clusterMetadata: {currentClusterName: a, clusterInformation: {a: {initialFailoverVersion: 1}}}\n";
    for (input, status, message) in [
        (form, 1, "error[topology-invalid]: `multicluster` is “2”"),
        (
            config,
            2,
            "error: - is no topology file: its first key would be `multicluster: 1`. `multicluster import - > topology.yaml` makes one of it\n",
        ),
        (
            "\n",
            2,
            "error: - is empty. A shell that writes into the file that is read empties it first",
        ),
    ] {
        let ran = folder("render-input").run_with(&["render", "-", "--list"], input);
        assert_eq!((ran.status, &*ran.output), (status, ""), "{input}");
        assert!(ran.messages.starts_with(message), "{}", ran.messages);
    }
}

#[test]
fn what_was_written_before_is_renewed() {
    let folder = folder("render-again");
    folder.run(&RENDER);
    let ran = folder.run(&RENDER);
    assert_eq!(
        (ran.status, &*ran.messages),
        (0, "out: 9 files, 0 new or changed.\n")
    );
    folder.put("t.yaml", TOPOLOGY.replace("b.example", "c.example"));
    let ran = folder.run(&RENDER);
    assert_eq!(ran.status, 0, "{}", ran.messages);
    assert!(String::from_utf8_lossy(&folder.bytes("out/clusterB.yaml")).contains("c.example"));
}

#[test]
fn what_somebody_else_wrote_is_kept() {
    let folder = folder("render-foreign").with("out/connect.sh", "mine\n");
    let ran = folder.run(&RENDER);
    assert_eq!(ran.status, 2);
    expect![[r#"
        error: nothing was written: in out there is already connect.sh, and it is not what was written there last. Move it away, choose another folder, or overwrite it with --force
    "#]].assert_eq(&ran.messages);
    assert_eq!(
        folder.names("out"),
        ["connect.sh"],
        "and nothing is written beside it"
    );

    assert_eq!(folder.run(&with(&["--force"])).status, 0);
    assert_ne!(folder.bytes("out/connect.sh"), b"mine\n");
    // Changed by hand since.
    folder.put("out/verify.sh", "mine too\n");
    assert_eq!(folder.run(&RENDER).status, 2);
    assert_eq!(folder.bytes("out/verify.sh"), b"mine too\n");
    // An archive that is not ours.
    folder.put("out/multicluster.zip", "mine again");
    assert_eq!(folder.run(&RENDER).status, 2);
    assert_eq!(folder.bytes("out/multicluster.zip"), b"mine again");
}

#[test]
fn nothing_is_deleted() {
    let folder = folder("render-left");
    folder.run(&RENDER);
    folder.put("out/notes.txt", "mine");
    folder.put("t.yaml", TOPOLOGY.replace("clusterB", "clusterC"));
    let ran = folder.run(&RENDER);
    assert_eq!(ran.status, 0);
    assert!(
        ran.messages
            .ends_with("Left over from before, and not deleted: clusterB.yaml.\n"),
        "{}",
        ran.messages
    );
    assert!(folder.path("out/clusterB.yaml").exists() && folder.path("out/notes.txt").exists());
}

#[test]
fn a_folder_can_be_compared() {
    let folder = folder("render-check");
    let ran = folder.run(&with(&["--check"]));
    assert_eq!(ran.status, 1);
    assert_eq!(
        ran.output
            .lines()
            .filter(|line| line.ends_with(" is missing"))
            .count(),
        9
    );
    assert!(!folder.path("out").exists());
    folder.run(&RENDER);
    assert_eq!(folder.run(&with(&["--check"])).status, 0);
    folder.put("t.yaml", TOPOLOGY.replace("clusterB", "clusterC"));
    folder.put("out/RUNBOOK.md", "mine");
    let ran = folder.run(&with(&["--check"]));
    assert_eq!(ran.status, 1);
    expect![[r#"
        clusterC.yaml is missing
        connect.sh differs
        verify.sh differs
        disable.sh differs
        remove.sh differs
        commands.txt differs
        RUNBOOK.md differs
        multicluster.zip differs
        clusterB.yaml is left over from before
    "#]]
    .assert_eq(&ran.output);
}

#[test]
fn one_file_can_be_printed() {
    let folder = folder("render-print");
    folder.run(&RENDER);
    let list = folder.run(&["render", "t.yaml", "--list"]);
    let mut names: Vec<&str> = list.output.lines().collect();
    for name in names.iter().filter(|name| !name.ends_with(".zip")) {
        let ran = folder.run(&["render", "t.yaml", "--stdout", name]);
        assert_eq!(ran.output.as_bytes(), folder.bytes(&format!("out/{name}")));
    }
    names.sort_unstable();
    assert_eq!(names, folder.names("out"));
    let ran = folder.run(&["render", "t.yaml", "--stdout", "x"]);
    assert_eq!(ran.status, 2);
    assert!(
        ran.messages
            .starts_with("error: there is no file x. There are clusterA.yaml, ")
    );
}

#[test]
fn it_must_be_said_where_to() {
    let folder = folder("render-usage");
    for arguments in [
        &["render", "t.yaml"][..],
        &["render", "t.yaml", "--list", "-o", "out"],
        &["render", "t.yaml", "--list", "--force"],
        &["render", "t.yaml", "-o", "out", "--force", "--check"],
    ] {
        assert_eq!(folder.run(arguments).status, 2, "{arguments:?}");
    }
    folder.put("file", "");
    let ran = folder.run(&["render", "t.yaml", "-o", "file"]);
    assert_eq!(
        (ran.status, &*ran.messages),
        (2, "error: file is no folder\n")
    );
}

#[test]
fn every_format_is_written_renewed_and_compared_by_itself() {
    let folder = folder("render-formats");
    folder.run(&RENDER);
    let resolution = resolve(&topology::read("t.yaml", TOPOLOGY).expect("right"));
    let plan = resolution.plan().expect("right");
    for flavour in Flavour::ALL {
        let format = ["--format", flavour.name()];
        let ran = folder.run(&with(&format));
        assert_eq!((ran.status, &*ran.output), (0, ""), "{}", ran.messages);
        let files = render_extra(plan, flavour);
        for file in &files {
            let written = folder.bytes(&format!("out/{}", file.name()));
            assert_eq!(written, file.text().as_bytes(), "{}", file.name());
        }
        let archive = folder.bytes(&format!("out/{}", flavour.zip_name()));
        assert_eq!(archive, zip_of(&files));
        let again = folder.run(&with(&[&format[..], &["--check"]].concat()));
        assert_eq!((again.status, &*again.output), (0, ""), "{flavour:?}");
    }
    let ran = folder.run(&with(&["--check"]));
    assert_eq!((ran.status, &*ran.output), (0, ""), "those of the page");
}

#[test]
fn what_cannot_be_written_in_a_format_is_said() {
    let folder = Folder::new("render-hindered").with(
        "t.yaml",
        TOPOLOGY
            .replace("\"1.32\"", "\"1.13\"")
            .replace("\"temporal\"", "\"tctl\""),
    );
    let ran = folder.run(&with(&["--format", "kubectl"]));
    assert_eq!(ran.status, 2, "{}", ran.messages);
    assert!(
        ran.messages
            .contains("it cannot be written as kubectl. Before 1.14"),
        "{}",
        ran.messages
    );
}
