//! The harness itself, on small scripts: what it reports is what the shell did.

use std::time::Duration;

use multicluster_core::render::shell_word;
use multicluster_oracle::random::Random;
use multicluster_oracle::settings::Settings;
use multicluster_oracle::shell::{
    Call, Reply, Run, Shell, Surroundings, shellcheck, shellcheck_all,
};
use multicluster_oracle::values;

const TOOLS: [&str; 3] = ["tctl", "temporal", "sleep"];

fn run(shell: Shell, script: &str, replies: &[Reply]) -> Run {
    Surroundings::stubs(&TOOLS)
        .replies(replies)
        .run(shell, script)
}

fn call(tool: &str, arguments: &[&str]) -> Call {
    Call {
        tool: tool.to_owned(),
        arguments: arguments.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn tells_calls_output_and_status() {
    let script = "set -eu\n\
        tctl --address \"127.0.0.1:7233\" ''\n\
        echo done\n\
        echo careful >&2\n\
        sleep 60\n\
        temporal\n\
        exit 3\n";
    for shell in Shell::ALL {
        let expected = Run {
            status: Some(3),
            calls: vec![
                call("tctl", &["--address", "127.0.0.1:7233", ""]),
                call("sleep", &["60"]),
                call("temporal", &[]),
            ],
            stdout: "done\n".to_owned(),
            stderr: "careful\n".to_owned(),
        };
        assert_eq!(run(shell, script, &[]), expected, "{shell}");
    }
}

/// Values that mean something to some shell, some stub or some reader of the log.
const HOSTILE: [&str; 24] = [
    "",
    " ",
    "$(tctl injected)",
    "`tctl injected`",
    "; tctl injected",
    "\n tctl injected\n",
    "a\nb\n",
    "'; tctl injected; '",
    "\"; tctl injected; \"",
    "\\",
    "\\'",
    "\\0\\n%s%n",
    "-rf",
    "--",
    "!!",
    "*",
    "~",
    "#",
    "$HOME ${PATH} $'\\n'",
    "“smart” ‘quotes’",
    "āŁ\u{85}\u{2028}\u{feff}",
    "🎉\u{200f}א\u{202e}",
    "\t\r\u{1b}[31m\u{7f}\u{1}",
    "é",
];

#[test]
fn brings_hostile_arguments_unchanged() {
    let quoted = HOSTILE.map(|text| format!("'{}'", text.replace('\'', r"'\''")));
    let script = format!("temporal {}\n", quoted.join(" "));
    for shell in Shell::ALL {
        let run = run(shell, &script, &[]);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{shell}");
        assert_eq!(run.calls, [call("temporal", &HOSTILE)], "{shell}");
    }
}

/// How many lists of arguments are judged, unless `ORACLE_CASES` says otherwise.
const CASES: usize = 10_000;

/// What core quotes, every shell reads back, whatever it is.
#[test]
fn arguments_that_core_quotes_come_back_unchanged() {
    let Settings { seed, cases } = Settings::or(1, CASES);
    println!("ORACLE_SEED={seed} ORACLE_CASES={cases}");
    let lists: Vec<Vec<String>> = (0..cases).map(|case| arguments(seed, case)).collect();
    for shell in Shell::PASTED_INTO {
        for batch in lists.chunks(1000) {
            let mut script = "tell() { printf '%s\\0' \"$#\" \"$@\"; }\n".to_owned();
            for list in batch {
                let words: Vec<String> = list.iter().map(|text| shell_word(text)).collect();
                script += &format!("tell {}\n", words.join(" "));
            }
            let run = run(shell, &script, &[]);
            assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{shell}");
            let mut told = run.stdout.split_terminator('\0');
            for list in batch {
                assert_eq!(
                    told.next(),
                    Some(&*list.len().to_string()),
                    "{shell}: {list:?}"
                );
                let read: Vec<&str> = told.by_ref().take(list.len()).collect();
                assert_eq!(&read, list, "{shell}");
            }
            assert_eq!(told.next(), None, "{shell}");
        }
    }
}

/// Arguments that no program could be given contain NUL.
fn arguments(seed: u64, case: usize) -> Vec<String> {
    let mut random = Random::of_case(seed, case);
    (0..random.between(0, 6))
        .map(|_| match random.below(3) {
            0 => random.pick(&HOSTILE).to_owned(),
            _ => values::hostile_text(&mut random).replace('\0', ""),
        })
        .collect()
}

#[test]
fn stubs_answer_as_told() {
    let replies = [
        Reply::to(&["temporal ", "health"])
            .times(2)
            .status(1)
            .stderr("not yet\n"),
        Reply::to(&["health"]).stdout("it's SERVING\n"),
        Reply::to(&["--name", "*"]).status(7),
    ];
    let script = "until temporal operator cluster health; do sleep 1; done\n\
        tctl --name 'b' || exit 1\n\
        tctl --name '*'\n";
    for shell in Shell::ALL {
        let run = run(shell, script, &replies);
        assert_eq!(run.status, Some(7), "{shell}: {run:?}");
        assert_eq!(run.stdout, "it's SERVING\n", "{shell}");
        assert_eq!(run.stderr, "not yet\nnot yet\n", "{shell}");
        assert_eq!(run.calls_of("sleep"), [["1"], ["1"]], "{shell}");
        assert_eq!(run.calls_of("temporal").len(), 3, "{shell}");
    }
}

#[test]
fn nothing_but_the_stubs_can_be_called() {
    for shell in Shell::ALL {
        let run = Surroundings::stubs(&["tctl"]).run(shell, "ls\n");
        assert_eq!(
            (run.status, run.stdout.as_str()),
            (Some(127), ""),
            "{shell}: {run:?}"
        );
    }
}

#[test]
fn real_programs_can_be_called_by_name() {
    let script = "tctl \"$(printf '%s' 'a\"b' | sed 's/\"/\\\\&/g')\"\nls\n";
    for shell in Shell::ALL {
        let run = Surroundings::stubs(&["tctl"])
            .programs(&["sed"])
            .run(shell, script);
        assert_eq!(run.calls, [call("tctl", &[r#"a\"b"#])], "{shell}: {run:?}");
        assert_eq!(run.status, Some(127), "{shell}");
    }
}

#[test]
fn stubs_remember_the_first_run_in_the_second() {
    let replies = [Reply::to(&["list"]).times(1).stdout("clusterB")];
    for shell in Shell::ALL {
        let [first, second] = Surroundings::stubs(&TOOLS)
            .replies(&replies)
            .run_twice(shell, "tctl list\n");
        assert_eq!(first.stdout, "clusterB", "{shell}");
        assert_eq!(second.stdout, "", "{shell}");
        assert_eq!(first.calls, second.calls, "{shell}");
    }
}

#[test]
fn ends_a_script_that_does_not() {
    for shell in Shell::ALL {
        let script = "tctl once\nwhile :; do :; done\n";
        let run = Surroundings::stubs(&TOOLS)
            .limit(Duration::from_secs(1))
            .run(shell, script);
        assert_eq!(run.status, None, "{shell}");
        assert_eq!(run.calls, [call("tctl", &["once"])], "{shell}");
    }
}

#[test]
fn shellcheck_finds_something() {
    assert_eq!(shellcheck("#!/bin/sh\nset -eu\ntctl \"$1\"\n"), []);
    let findings = shellcheck("#!/bin/sh\ntctl $1 [[ ]]\n");
    assert!(
        findings.iter().any(|f| (f.line, f.code) == (2, 2086)),
        "{findings:?}"
    );
    let found = shellcheck_all(&["true\n", "tctl $1\n"]);
    assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn shellcheck_has_nothing_against_the_stub() {
    assert_eq!(shellcheck(include_str!("../src/stub.sh")), []);
}
