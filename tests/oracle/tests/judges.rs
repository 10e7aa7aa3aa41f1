//! What three releases of the server say to a wrong file, word for word.
//!
//! Every row was also seen on running servers of these releases. The rows that end in the file reader
//! stand in `reads_a_file`, the others in `starts_on_a_file`.

use std::collections::BTreeMap;

use multicluster_oracle::judge::{Cluster, Config, HostPort, Judge, Release, Scalar, Stage};

/// A file in the layout of 1.14 and later, which older servers accept as well.
const GOOD: &str = r#"clusterMetadata:
  enableGlobalNamespace: true
  failoverVersionIncrement: 100
  masterClusterName: "clusterA"
  currentClusterName: "clusterA"
  clusterInformation:
    "clusterA":
      enabled: true
      initialFailoverVersion: 1
      rpcAddress: "127.0.0.1:7233"
"#;

/// A second entry, to append.
const B: &str = r#"    "clusterB":
      enabled: true
      initialFailoverVersion: 2
      rpcAddress: "127.0.0.1:8233"
"#;

/// `text` with its only `from` replaced.
#[track_caller]
fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} in {text}");
    text.replace(from, to)
}

/// How a start ends.
#[derive(Debug, Clone, PartialEq, Eq)]
enum End {
    Boots,
    /// One of these messages: a map decides which entry the server looks at first.
    Panics(Vec<String>),
    Fails(Vec<String>),
}

fn panics(message: &str) -> End {
    End::Panics(vec![message.to_owned()])
}

fn fails(message: &str) -> End {
    End::Fails(vec![message.to_owned()])
}

struct Row {
    name: &'static str,
    file: String,
    /// By release, oldest first.
    ends: [End; 3],
}

fn row(name: &'static str, file: impl Into<String>, ends: [End; 3]) -> Row {
    Row {
        name,
        file: file.into(),
        ends,
    }
}

#[track_caller]
fn check(rows: &[Row], stage: Stage) {
    let files: Vec<&str> = rows.iter().map(|row| row.file.as_str()).collect();
    let mut wrong = Vec::new();
    for (i, release) in Release::ALL.into_iter().enumerate() {
        let verdicts = Judge::start(release).boot(&files);
        for (row, verdict) in rows.iter().zip(verdicts) {
            let agrees = match (&row.ends[i], &verdict.boot) {
                (End::Boots, Ok(())) => true,
                (End::Panics(messages), Err(r)) => {
                    r.stage == stage && r.exit == 2 && messages.contains(&r.message)
                }
                (End::Fails(messages), Err(r)) => {
                    r.stage == stage && r.exit == 1 && messages.contains(&r.message)
                }
                _ => false,
            };
            if !agrees {
                let (expected, found) = (&row.ends[i], &verdict.boot);
                wrong.push(format!(
                    "{release}, {}:\n  expected {expected:?}\n  found    {found:?}",
                    row.name
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const NIL: &str = "runtime error: invalid memory address or nil pointer dereference";
const MISSING: &str = "missing current cluster metadata under clusterMetadata.ClusterInformation";

/// What 1.13 and 1.14 say when a version does not fit the increment: the one names the version, the
/// other everything it knows.
fn too_small(increment: i64, version: i64) -> [End; 2] {
    [
        panics(&format!(
            "Version increment {increment} is smaller than initial version: {version}."
        )),
        panics(&format!(
            "Version increment {increment} is smaller than initial version: \
             map[clusterA:{{true {version} 127.0.0.1:7233 0}}]."
        )),
    ]
}

#[test]
fn starts_on_a_file() {
    use End::Boots;
    let boots = || [Boots, Boots, Boots];
    let all = |message: &str| [panics(message), panics(message), panics(message)];
    let increment = |n: i64| edit(GOOD, "Increment: 100", &format!("Increment: {n}"));
    let initial = |n: i64| edit(GOOD, "Version: 1\n", &format!("Version: {n}\n"));
    let both = |b: &str| format!("{GOOD}{b}");
    let with_newest = |[v1_13, v1_14]: [End; 2], newest: &str| [v1_13, v1_14, panics(newest)];

    check(
        &[
            row("the layout of 1.14 and later", GOOD, boots()),
            row("several clusters", both(B), boots()),
            row("nothing at all", "", all(NIL)),
            row("clusterMetadata without a value", "clusterMetadata:\n", all(NIL)),
            row(
                "clusterInformation is empty",
                "clusterMetadata:\n  masterClusterName: a\n  currentClusterName: a\n",
                [
                    panics("Empty cluster information"),
                    panics("Empty cluster information"),
                    fails(MISSING),
                ],
            ),
            row(
                "masterClusterName is empty",
                edit(GOOD, "masterClusterName: \"clusterA\"", "masterClusterName: \"\""),
                all("Master cluster name is empty"),
            ),
            row(
                "currentClusterName is empty",
                edit(GOOD, "currentClusterName: \"clusterA\"", "currentClusterName: \"\""),
                [
                    panics("Current cluster name is empty"),
                    panics("Current cluster name is empty"),
                    fails(MISSING),
                ],
            ),
            row(
                "currentClusterName is not listed: case matters",
                edit(GOOD, "currentClusterName: \"clusterA\"", "currentClusterName: \"clustera\""),
                [
                    panics("Current cluster is not specified in cluster info"),
                    panics("Current cluster is not specified in cluster info"),
                    fails(MISSING),
                ],
            ),
            row(
                "masterClusterName is not listed",
                edit(GOOD, "masterClusterName: \"clusterA\"", "masterClusterName: \"clusterB\""),
                all("Master cluster is not specified in cluster info"),
            ),
            row(
                "increment 0",
                increment(0),
                [
                    panics("Version increment is 0"),
                    panics("Version increment is 0"),
                    panics("Version increment <= 0 or > 2147483647"),
                ],
            ),
            row(
                "increment negative",
                increment(-100),
                with_newest(
                    too_small(-100, 1),
                    r#"cluster "clusterA": InitialFailoverVersion (1) must be < FailoverVersionIncrement (-100)"#,
                ),
            ),
            row("increment 2^31 - 1", increment(2_147_483_647), boots()),
            row(
                "increment 2^31",
                increment(2_147_483_648),
                [Boots, Boots, panics("Version increment <= 0 or > 2147483647")],
            ),
            row(
                "initialFailoverVersion 0",
                initial(0),
                with_newest(
                    too_small(100, 0),
                    r#"cluster "clusterA": InitialFailoverVersion must be > 0, got 0"#,
                ),
            ),
            row(
                "initialFailoverVersion missing",
                edit(GOOD, "      initialFailoverVersion: 1\n", ""),
                with_newest(
                    too_small(100, 0),
                    r#"cluster "clusterA": InitialFailoverVersion must be > 0, got 0"#,
                ),
            ),
            row(
                "initialFailoverVersion negative",
                initial(-1),
                with_newest(
                    too_small(100, -1),
                    r#"cluster "clusterA": InitialFailoverVersion must be > 0, got -1"#,
                ),
            ),
            row("initialFailoverVersion just below the increment", initial(99), boots()),
            row(
                "initialFailoverVersion equal to the increment",
                initial(100),
                with_newest(
                    too_small(100, 100),
                    r#"cluster "clusterA": InitialFailoverVersion (100) must be < FailoverVersionIncrement (100)"#,
                ),
            ),
            row(
                "initialFailoverVersion above the increment",
                initial(101),
                with_newest(
                    too_small(100, 101),
                    r#"cluster "clusterA": InitialFailoverVersion (101) must be < FailoverVersionIncrement (100)"#,
                ),
            ),
            row(
                "initialFailoverVersion of two clusters the same",
                both(&edit(B, "Version: 2", "Version: 1")),
                [
                    panics("Cluster info initial versions have duplicates"),
                    panics("Cluster info initial versions have duplicates"),
                    End::Panics(vec![
                        r#"duplicate InitialFailoverVersion 1 for clusters "clusterA" and "clusterB""#.to_owned(),
                        r#"duplicate InitialFailoverVersion 1 for clusters "clusterB" and "clusterA""#.to_owned(),
                    ]),
                ],
            ),
            row(
                "enabled without an address",
                edit(GOOD, "\"127.0.0.1:7233\"", "\"\""),
                [
                    panics("Cluster clusterA: RPCAddress is empty"),
                    panics("Cluster clusterA: RPCAddress is empty"),
                    panics(r#"cluster "clusterA": RPCAddress must not be empty when Enabled=true"#),
                ],
            ),
            row(
                "disabled without an address",
                edit(&edit(GOOD, "\"127.0.0.1:7233\"", "\"\""), "enabled: true", "enabled: false"),
                boots(),
            ),
            row("its own entry disabled", edit(GOOD, "enabled: true", "enabled: false"), boots()),
            row(
                "an address without a port is not looked at",
                edit(GOOD, "127.0.0.1:7233", "http://localhost"),
                boots(),
            ),
            row(
                "an empty name, also of the current and the master cluster",
                GOOD.replace("clusterA", ""),
                all("Master cluster name is empty"),
            ),
            row(
                "an empty name",
                both(&edit(B, "clusterB", "")),
                [
                    panics("Cluster name in all cluster names is empty"),
                    panics("Cluster name needs to be defined in Cluster Information"),
                    panics("cluster name must not be empty"),
                ],
            ),
            row(
                "enableGlobalNamespace missing",
                edit(GOOD, "  enableGlobalNamespace: true\n", ""),
                boots(),
            ),
            row(
                "a wrong entry of another cluster",
                both(&edit(B, "Version: 2", "Version: 200")),
                [
                    panics("Version increment 100 is smaller than initial version: 200."),
                    panics(
                        "Version increment 100 is smaller than initial version: \
                         map[clusterA:{true 1 127.0.0.1:7233 0} clusterB:{true 200 127.0.0.1:8233 0}].",
                    ),
                    panics(
                        r#"cluster "clusterB": InitialFailoverVersion (200) must be < FailoverVersionIncrement (100)"#,
                    ),
                ],
            ),
            row("a name with a space and a dot", GOOD.replace("clusterA", "my cluster.1"), boots()),
            row("a name that is a number", GOOD.replace("\"clusterA\"", "1"), boots()),
        ],
        Stage::Validate,
    );
}

#[test]
fn reads_a_file() {
    use End::Boots;
    // 1.13 and 1.14 put their own words before those of the YAML library.
    let all = |message: &str| {
        let old = format!("config file corrupted: {message}");
        [fails(&old), fails(&old), fails(message)]
    };
    let accepted = || [Boots, Boots, Boots];
    let twice = {
        let entry = GOOD
            .split_once("clusterInformation:\n")
            .map_or("", |(_, entry)| entry);
        format!("{GOOD}{entry}")
    };

    check(
        &[
            row(
                "a number in quotes",
                edit(GOOD, "Increment: 100", "Increment: \"100\""),
                all("yaml: unmarshal errors:\n  line 3: cannot unmarshal !!str `100` into int64"),
            ),
            row(
                "a boolean in quotes",
                edit(GOOD, "Namespace: true", "Namespace: \"true\""),
                all("yaml: unmarshal errors:\n  line 2: cannot unmarshal !!str `true` into bool"),
            ),
            row(
                "yes for true",
                edit(GOOD, "Namespace: true", "Namespace: yes"),
                accepted(),
            ),
            row(
                "a fraction",
                edit(GOOD, "Version: 1\n", "Version: 1.5\n"),
                accepted(),
            ),
            row(
                "tabs",
                GOOD.replace("  ", "\t"),
                all("yaml: line 2: found character that cannot start any token"),
            ),
            row(
                "a key nobody knows",
                format!("{GOOD}      rpcName: \"frontend\"\n"),
                accepted(),
            ),
            row(
                "a key spelt wrong",
                edit(GOOD, "enableGlobal", "enableglobal"),
                accepted(),
            ),
            row(
                "a cluster twice",
                twice,
                [
                    Boots,
                    fails(
                        "config file corrupted: yaml: unmarshal errors:\n  \
                         line 11: mapping key \"clusterA\" already defined at line 7",
                    ),
                    fails(
                        "yaml: unmarshal errors:\n  line 11: mapping key \"clusterA\" already defined at line 7",
                    ),
                ],
            ),
            row(
                "two documents",
                format!("{GOOD}---\nclusterMetadata: 1\n"),
                accepted(),
            ),
            row(
                "a template, turned on",
                format!(
                    "# enable-template\n{}",
                    edit(GOOD, "Version: 1\n", "Version: {{ add 1 1 }}\n")
                ),
                [
                    fails(
                        "config file corrupted: yaml: unmarshal errors:\n  line 10: cannot unmarshal !!map into int64",
                    ),
                    fails(
                        "config file corrupted: yaml: unmarshal errors:\n  line 10: cannot unmarshal !!map into int64",
                    ),
                    Boots,
                ],
            ),
        ],
        Stage::Parse,
    );
}

#[test]
fn shows_what_the_server_read() {
    let expected = Config {
        enable_global_namespace: true,
        failover_version_increment: 100,
        master_cluster_name: "clusterA".to_owned(),
        current_cluster_name: "clusterA".to_owned(),
        cluster_information: BTreeMap::from([
            (
                "clusterA".to_owned(),
                Cluster {
                    enabled: true,
                    initial_failover_version: 1,
                    rpc_address: "127.0.0.1:7233".to_owned(),
                    http_address: String::new(),
                },
            ),
            (
                "clusterB".to_owned(),
                Cluster {
                    enabled: true,
                    initial_failover_version: 2,
                    rpc_address: "127.0.0.1:8233".to_owned(),
                    http_address: String::new(),
                },
            ),
        ]),
        redirection: String::new(),
        remote_tls: BTreeMap::new(),
    };
    for release in Release::ALL {
        let verdicts = Judge::start(release).boot(&[format!("{GOOD}{B}")]);
        assert!(verdicts[0].accepts(), "{release}: {verdicts:?}");
        assert_eq!(verdicts[0].config.as_ref(), Some(&expected), "{release}");
    }
}

/// What is optional: who reads it, and who ends over it.
#[test]
fn shows_what_is_optional() {
    let section = |policy: &str| format!("dcRedirectionPolicy:\n  policy: {policy}\n");
    let files = [
        format!("{GOOD}      httpAddress: \"a.example:7243\"\n"),
        format!("{GOOD}{}", section("noop")),
        format!("{GOOD}{}", section("selected-apis-forwarding")),
        format!("{GOOD}{}", section("all-apis-forwarding")),
        format!("{GOOD}{}", section("selected-apis-forwarding-v2")),
    ];
    for release in Release::ALL {
        let is_newest = release == Release::V1_32_1;
        let verdicts = Judge::start(release).boot(&files);
        let boots: Vec<bool> = verdicts.iter().map(|it| it.boot.is_ok()).collect();
        assert_eq!(boots, [true, true, true, is_newest, false], "{release}");
        assert_eq!(verdicts[0].accepts(), is_newest, "{release}");
        let read = |at: usize| verdicts[at].config.as_ref().expect("it is read");
        let http = &read(0).cluster_information["clusterA"].http_address;
        let expected = if is_newest { "a.example:7243" } else { "" };
        assert_eq!(http, expected, "{release}");
        assert_eq!(read(2).redirection, "selected-apis-forwarding", "{release}");
        let refusal = verdicts[4]
            .boot
            .as_ref()
            .expect_err("there is no such policy");
        let words = "Unknown DC redirection policy selected-apis-forwarding-v2";
        assert_eq!((&*refusal.message, refusal.exit), (words, 2), "{release}");
    }
}

/// What the server ignores without a word, the strict reading tells.
#[test]
fn strict_reading_sees_what_the_server_ignores() {
    let files = [
        format!("{GOOD}      rpcName: \"frontend\"\n"),
        edit(GOOD, "enableGlobal", "enableglobal"),
        edit(GOOD, "clusterMetadata", "clustermetadata"),
        format!("{GOOD}publicClient:\n  hostPort: \"127.0.0.1:7233\"\n"),
        format!("{GOOD}---\nclusterMetadata: 1\n"),
    ];
    let complaints = [
        "line 11: field rpcName not found in type ",
        "line 2: field enableglobalNamespace not found in type ",
        "line 1: field clustermetadata not found in type ",
        "line 11: field publicClient not found in type ",
        "the file has a second document, which the server never reads",
    ];
    for release in Release::ALL {
        let verdicts = Judge::start(release).boot(&files);
        for (verdict, complaint) in verdicts.into_iter().zip(complaints) {
            match verdict.strict {
                Err(message) if message.contains(complaint) => {}
                other => panic!("{release}: no {complaint:?} in {other:?}"),
            }
        }
    }
}

#[test]
fn takes_addresses_apart() {
    let addresses = [
        "127.0.0.1:7233",
        "[::1]:7233",
        ":7233",
        "localhost",
        "http://localhost:7233",
        "a:b:c",
    ];
    let host = |host: &str| {
        Ok(HostPort {
            host: host.to_owned(),
            port: "7233".to_owned(),
        })
    };
    let expected = [
        host("127.0.0.1"),
        host("::1"),
        host(""),
        Err("address localhost: missing port in address".to_owned()),
        Err("address http://localhost:7233: too many colons in address".to_owned()),
        Err("address a:b:c: too many colons in address".to_owned()),
    ];
    for release in Release::ALL {
        assert_eq!(
            Judge::start(release).host_port(&addresses),
            expected,
            "{release}"
        );
    }
}

/// The three YAML libraries agree on text, and not on what needs no quotes to be text.
#[test]
fn reads_scalars() {
    let rows = [
        // scalar, text, type in 1.13 (YAML 1.1), type in 1.14 and later
        ("\"yes\"", "yes", "string", "string"),
        ("yes", "yes", "bool", "string"),
        ("2024-01-01", "2024-01-01", "string", "time.Time"),
        ("1_000", "1_000", "int", "int"),
        ("0777", "0777", "int", "int"),
        ("~", "", "<nil>", "<nil>"),
        (
            r#""\u2028\t\U0001F600""#,
            "\u{2028}\t😀",
            "string",
            "string",
        ),
    ];
    for release in Release::ALL {
        let answers = Judge::start(release).scalar(&rows.map(|row| row.0));
        for (&(scalar, text, v1_13, later), answer) in rows.iter().zip(answers) {
            let resolved = if release == Release::V1_13_0 {
                v1_13
            } else {
                later
            };
            let expected = Scalar {
                text: text.to_owned(),
                resolved: resolved.to_owned(),
            };
            assert_eq!(answer, Ok(expected), "{release}: {scalar}");
        }
        let open = Judge::start(release).scalar(&["\"open"]);
        assert_eq!(
            open,
            [Err("yaml: found unexpected end of stream".to_owned())],
            "{release}"
        );
    }
}

/// More questions than both pipes hold, twice, and one that is longer than a pipe.
#[test]
fn answers_long_batches() {
    let mut judge = Judge::start(Release::V1_14_1);
    let many: Vec<String> = (0..20_000).map(|n| format!("host-{n}:7233")).collect();
    for _ in 0..2 {
        let answers = judge.host_port(&many);
        assert_eq!(answers.len(), many.len());
        for (n, answer) in answers.into_iter().enumerate() {
            assert_eq!(answer.map(|a| a.host), Ok(format!("host-{n}")));
        }
    }
    let long = format!("{}:7233", "a".repeat(1 << 20));
    assert!(judge.host_port(&[&long])[0].is_ok());
    assert!(judge.host_port::<&str>(&[]).is_empty());
}
