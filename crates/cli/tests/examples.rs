//! Every command that the help and the README show is run, in their order, beside the files that
//! they name.

mod common;

use std::process::Command;

use common::{Folder, Ran, TOPOLOGY};
use expect_test::expect;
use multicluster_core::presets::PRESETS;

const COMMANDS: [&str; 7] = [
    "check",
    "render",
    "import",
    "plan",
    "example",
    "explain",
    "completions",
];

/// What `temporal operator cluster … -o json` prints is taken from a real server of 1.32.
const DESCRIPTION: &str = "\
{\"supportedClients\": {}, \"serverVersion\": \"1.32.1\", \"clusterId\": \"c4ea7c35-6f1c-4b5b-8a0a-4f1d2ba5e8b2\",
 \"clusterName\": \"clusterA\", \"historyShardCount\": 4, \"persistenceStore\": \"postgres12\",
 \"initialFailoverVersion\": \"1\", \"failoverVersionIncrement\": \"100\"}
";

const TEMPORAL: &str = "#!/bin/sh\ncat running/clusterA.json\n";

/// A folder with everything that examples name.
fn folder(name: &str) -> Folder {
    let folder = Folder::new(name)
        .with("topology.yaml", TOPOLOGY)
        .with("bin/temporal", TEMPORAL)
        .with("running/clusterA.json", DESCRIPTION);
    for name in ["clusterA.yaml", "clusterB.yaml"] {
        let file = folder.run(&["render", "topology.yaml", "--stdout", name]);
        folder.put(name, file.output);
    }
    let third = String::from_utf8(folder.bytes("clusterB.yaml")).expect("text");
    let third = third
        .replace("clusterB", "clusterC")
        .replace("Version: 2", "Version: 3")
        .replace("b.example", "c.example");
    folder.put("clusterC.yaml", third);
    run(&folder, "chmod +x bin/temporal");
    folder
}

/// Runs a line as a shell does, with `multicluster` and `temporal` where a shell finds them.
fn run(folder: &Folder, line: &str) -> Ran {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_multicluster"));
    let mut path = folder.path("bin").into_os_string();
    for part in [
        program.parent().expect("a folder").as_os_str(),
        &std::env::var_os("PATH").unwrap_or_default(),
    ] {
        path.push(":");
        path.push(part);
    }
    let mut command = Command::new("sh");
    command.args(["-e", "-c", line]).env("PATH", path);
    folder.run_command(command, "")
}

fn run_all(folder: &Folder, lines: &[String]) {
    for line in lines {
        let ran = run(folder, line);
        assert_eq!(ran.status, 0, "{line}: {}{}", ran.output, ran.messages);
        assert!(
            !ran.messages.starts_with("error"),
            "{line}: {}",
            ran.messages
        );
    }
}

#[test]
fn every_example_of_the_help_works() {
    for command in COMMANDS {
        let folder = folder(&format!("examples-{command}"));
        let help = folder.run(&[command, "--help"]);
        assert_eq!((help.status, &*help.messages), (0, ""));
        let examples = help.output.split("Examples:\n").nth(1).expect("examples");
        let lines: Vec<String> = examples
            .lines()
            .map(|line| line.trim().to_owned())
            .collect();
        assert!(!lines.is_empty() && lines.iter().all(|line| line.contains("multicluster ")));
        run_all(&folder, &lines);
    }
}

#[test]
fn every_command_of_the_readme_works() {
    let readme = include_str!("../../../README.md");
    let commands: Vec<String> = readme
        .lines()
        .filter(|line| line.starts_with("multicluster "))
        .map(str::to_owned)
        .collect();
    assert!(commands.len() > 3, "{commands:?}");
    run_all(&folder("examples-readme"), &commands);
}

#[test]
fn every_example_to_begin_with_is_right_as_it_stands() {
    let folder = Folder::new("examples-to-begin-with");
    let listed = folder.run(&["example"]).output;
    assert_eq!(listed.lines().count(), PRESETS.len(), "{listed}");
    for preset in PRESETS {
        assert!(listed.contains(&format!("\n{} ", preset.name)) || listed.starts_with(preset.name));
        let topology = folder.run(&["example", preset.name]);
        assert_eq!((topology.status, &*topology.messages), (0, ""));
        folder.put("topology.yaml", topology.output);
        let checked = folder.run(&["check", "--warnings-as-errors", "topology.yaml"]);
        assert_eq!(checked.status, 0, "{}{}", checked.output, checked.messages);
    }
    let unknown = folder.run(&["example", "moon"]);
    let said = "error: there is no example moon. There are pair, development, regions, docker\n";
    assert_eq!((unknown.status, &*unknown.messages), (2, said));
}

#[test]
fn every_command_stands_in_the_help() {
    let help = Folder::new("help").run(&["--help"]);
    assert_eq!(help.status, 0);
    let listed = help.output.split("Commands:\n").nth(1).expect("a list");
    let listed: Vec<&str> = listed
        .lines()
        .map_while(|line| line.split_whitespace().next())
        .collect();
    assert_eq!(listed, [&COMMANDS[..], &["help"]].concat());
    expect![[r#"
        Multi-cluster replication of self-hosted Temporal clusters: checks what servers check and what they
        fail to check, before the first start; and writes their configuration, scripts and runbook.

        It does what the page does, with the same rules and the same bytes. Nothing is sent anywhere.

        Usage: multicluster <COMMAND>

        Commands:
          check        Find what is wrong with files: configuration, tool output, scripts, topologies
          render       Write all files of a topology: configuration, scripts, runbook
          import       Make a topology of what runs: configuration, tool output, scripts, links
          plan         Say only what must change between what runs and a topology
          example      Print a set-up to begin with as a topology file
          explain      Say what a code means, why it matters and the way out
          completions  Print the completions for a shell
          help         Print this message or the help of the given subcommand(s)

        Options:
          -h, --help
                  Print help (see a summary with '-h')

          -V, --version
                  Print version

        Exit status: 0 where nothing is wrong, 1 where errors were found, 2 where the command line is wrong
        or a file cannot be read or written.
        NO_COLOR turns colours off; they are shown at a terminal only.
    "#]].assert_eq(&help.output);
}

#[test]
fn every_shell_has_completions() {
    let folder = Folder::new("completions");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = folder.run(&["completions", shell]);
        assert_eq!((ran.status, &*ran.messages), (0, ""));
        assert!(ran.output.contains("warnings-as-errors"), "{shell}");
    }
}

#[test]
fn a_reader_that_ends_early_is_no_failure() {
    let ran = run(&folder("head"), "multicluster explain | head -n 1");
    assert_eq!((ran.status, &*ran.messages), (0, ""));
    assert_eq!(ran.output.lines().count(), 1);
}

#[test]
fn the_version_is_told() {
    let ran = Folder::new("version").run(&["--version"]);
    assert_eq!(
        ran.output,
        format!("multicluster {}\n", env!("CARGO_PKG_VERSION"))
    );
}
