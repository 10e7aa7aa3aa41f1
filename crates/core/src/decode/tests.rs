use super::*;
use crate::edit::{ClusterField, Edit};
use crate::release::ServerVersion;
use crate::resolve::resolve;
use crate::rules::rule_texts;
use crate::server_messages as says;
use expect_test::expect;

fn pair() -> Draft {
    let mut draft = Draft::default();
    for (at, name) in ["cluster-a", "cluster-b"].iter().enumerate() {
        let id = draft.clusters[at].id;
        draft.apply(&Edit::SetField(id, ClusterField::Name, (*name).to_owned()));
    }
    draft
}

fn decoded(text: &str) -> Decoded {
    let draft = pair();
    decode(text, &draft, &resolve(&draft))
}

/// As a server of 1.32 writes a line of its log.
fn logged(level: &str, message: &str, more: &str) -> String {
    format!(
        r#"{{"level":"{level}","ts":"2026-11-23T15:49:14.583Z","msg":"{message}",{more}"logging-call-at":"go.temporal.io/server@v1.32.1/temporal/fx.go:889"}}"#
    )
}

/// As Go prints a panic, with its stack.
fn panicked(message: &str) -> String {
    format!(
        "panic: {message}\n\ngoroutine 1 [running]:\n\
         go.temporal.io/server/common/cluster.NewMetadata({{0xc000a1}}, 0x64)\n\
         \t/go/pkg/mod/go.temporal.io/server@v1.32.1/common/cluster/metadata.go:158 +0x5c5\nexit status 2"
    )
}

/// As `tctl` prints what a server answers.
fn by_tctl(code: &str, message: &str) -> String {
    format!(
        "Error: Operation AddOrUpdateRemoteCluster failed.\n\
         Error Details: rpc error: code = {code} desc = {message}\n\
         ('export TEMPORAL_CLI_SHOW_STACKS=1' to see stack traces)"
    )
}

/// As `temporal` prints what a server answers.
fn by_temporal(message: &str) -> String {
    let message = message.replace('"', "\\\"");
    format!("time=2026-11-23T15:48:48.347 level=ERROR msg=\"unable to upsert cluster: {message}.\"")
}

/// Every message that was seen on servers and tools, as it was seen there, and the constant that it is.
fn samples() -> Vec<(&'static str, String)> {
    use says::*;
    let invalid = "Unable connect to remote cluster with invalid config: ";
    vec![
        (MASTER_NAME_EMPTY, panicked("Master cluster name is empty")),
        (CURRENT_NAME_EMPTY, panicked("Current cluster name is empty")),
        (
            MASTER_NOT_LISTED,
            panicked("Master cluster is not specified in cluster info"),
        ),
        (
            CURRENT_NOT_LISTED_OLD,
            panicked("Current cluster is not specified in cluster info"),
        ),
        (
            CURRENT_NOT_LISTED,
            "Unable to create server. Error: could not build arguments for function \
             \"go.temporal.io/server/temporal\".ServerLifetimeHooks (go.temporal.io/server@v1.32.1/temporal/fx.go:943): \
             missing current cluster metadata under clusterMetadata.ClusterInformation."
                .to_owned(),
        ),
        (
            CURRENT_SETTING_MISSING,
            logged(
                "error",
                "Current cluster setting is missing under clusterMetadata.ClusterInformation",
                r#""component":"metadata-initializer","cluster-name":"cluster-z","#,
            ),
        ),
        (UNABLE_TO_START, "Unable to start server".to_owned()),
        (NO_CLUSTERS, panicked("Empty cluster information")),
        (
            NAME_EMPTY_113,
            panicked("Cluster name in all cluster names is empty"),
        ),
        (
            NAME_EMPTY_114,
            panicked("Cluster name needs to be defined in Cluster Information"),
        ),
        (NAME_EMPTY, panicked("cluster name must not be empty")),
        (
            NIL_POINTER,
            panicked("runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV]"),
        ),
        (INCREMENT_ZERO, panicked("Version increment is 0")),
        (
            INCREMENT_OUT_OF_RANGE,
            panicked("Version increment <= 0 or > 2147483647"),
        ),
        (
            INITIAL_VERSION_OUT_OF_RANGE,
            panicked("Version increment 100 is smaller than initial version: 0."),
        ),
        (
            INITIAL_VERSION_OUT_OF_RANGE,
            panicked(
                "Version increment 100 is smaller than initial version: map[cluster-a:{true 0 127.0.0.1:7233 0}].",
            ),
        ),
        (
            INITIAL_VERSION_OUT_OF_RANGE,
            panicked("Version increment -100 is smaller than initial version: 1."),
        ),
        (
            INITIAL_VERSION_TOO_SMALL,
            panicked("cluster \"cluster-b\": InitialFailoverVersion must be > 0, got 0"),
        ),
        (
            INITIAL_VERSION_TOO_LARGE,
            panicked(
                "cluster \"cluster-b\": InitialFailoverVersion (100) must be < FailoverVersionIncrement (100)",
            ),
        ),
        (
            INITIAL_VERSIONS_DUPLICATE_OLD,
            panicked("Cluster info initial versions have duplicates"),
        ),
        (
            INITIAL_VERSIONS_DUPLICATE,
            panicked("duplicate InitialFailoverVersion 2 for clusters \"cluster-z\" and \"cluster-b\""),
        ),
        (
            RPC_ADDRESS_EMPTY_OLD,
            panicked("Cluster cluster-b: RPCAddress is empty"),
        ),
        (
            RPC_ADDRESS_EMPTY,
            panicked("cluster \"cluster-b\": RPCAddress must not be empty when Enabled=true"),
        ),
        (
            UNKNOWN_REDIRECTION_POLICY,
            panicked("Unknown DC redirection policy all"),
        ),
        (
            DATABASE_WINS,
            logged(
                "warn",
                DATABASE_WINS,
                r#""component":"metadata-initializer","key":"clusterMetadata.FailoverVersionIncrement","ignored-value":1000,"value":100,"#,
            ),
        ),
        (
            OTHERS_SKIPPED,
            logged("warn", OTHERS_SKIPPED, r#""key":"clusterInformation","#),
        ),
        (
            OTHERS_IGNORED,
            logged("warn", OTHERS_IGNORED, r#""key":"clusterInformation","#),
        ),
        (
            YAML_KEY_TWICE,
            "Unable to load configuration: yaml: unmarshal errors:\n  line 11: mapping key \"cluster-a\" already \
             defined at line 7."
                .to_owned(),
        ),
        (
            YAML_QUOTED_NUMBER,
            "Unable to load configuration: yaml: unmarshal errors:\n  line 3: cannot unmarshal !!str `100` into int64"
                .to_owned(),
        ),
        (
            YAML_QUOTED_BOOL,
            "yaml: unmarshal errors:\n  line 2: cannot unmarshal !!str `true` into bool".to_owned(),
        ),
        (
            YAML_TAB,
            "Unable to load configuration: yaml: line 2: found character that cannot start any token".to_owned(),
        ),
        (
            UPSERT_INITIAL_VERSION_CONFLICT,
            by_tctl("InvalidArgument", UPSERT_INITIAL_VERSION_CONFLICT),
        ),
        (UPSERT_SELF, by_temporal(&format!("{invalid}{UPSERT_SELF}"))),
        (UPSERT_SELF, by_tctl("InvalidArgument", UPSERT_SELF)),
        (
            UPSERT_INCREMENT_DIFFERS,
            by_tctl("InvalidArgument", UPSERT_INCREMENT_DIFFERS),
        ),
        (
            UPSERT_SHARDS_NOT_EQUAL,
            by_tctl("InvalidArgument", UPSERT_SHARDS_NOT_EQUAL),
        ),
        (
            UPSERT_SHARDS_NOT_MULTIPLES,
            by_temporal(&format!("{invalid}{UPSERT_SHARDS_NOT_MULTIPLES}")),
        ),
        (UPSERT_NO_SHARDS, by_tctl("InvalidArgument", UPSERT_NO_SHARDS)),
        (UPSERT_NOT_GLOBAL, by_tctl("InvalidArgument", UPSERT_NOT_GLOBAL)),
        (
            UPSERT_REMOTE_WRONG,
            by_tctl(
                "InvalidArgument",
                "invalid remote cluster metadata: cluster \"cluster-b\": RPCAddress is wrong",
            ),
        ),
        (UPSERT_IMMUTABLE, by_tctl("InvalidArgument", UPSERT_IMMUTABLE)),
        (
            UPSERT_NOT_SAVED,
            by_temporal("Unable to persist cluster info with error: <nil>"),
        ),
        (
            UNREACHABLE,
            by_temporal(
                "Unable connect to remote cluster 127.0.0.1:8233 with error: connection error: desc = \"transport: \
                 Error while dialing: dial tcp 127.0.0.1:8233: connect: connection refused\"",
            ),
        ),
        (
            CONNECTION_REFUSED,
            by_tctl(
                "Unavailable",
                "connection error: desc = \"transport: Error while dialing: dial tcp 127.0.0.1:8233: connect: \
                 connection refused\"",
            ),
        ),
        (NO_SUCH_HOST, by_tctl("Unavailable", "no children to pick from")),
        (
            INVALID_RPC_ADDRESS,
            logged(
                "fatal",
                INVALID_RPC_ADDRESS,
                r#""error":"address localhost: missing port in address","#,
            ),
        ),
        (
            NOT_SPLITTABLE,
            by_tctl("Unavailable", "address http://b:8233: too many colons in address"),
        ),
        (
            SERVER_ENDED,
            by_tctl("Unavailable", "error reading from server: EOF"),
        ),
        (
            NO_UPSERT_API,
            by_tctl(
                "Unimplemented",
                "unknown method AddOrUpdateRemoteCluster for service temporal.server.api.adminservice.v1.AdminService",
            ),
        ),
        (
            NO_LIST_API,
            by_tctl("Unimplemented", "unknown method ListClusters for service x"),
        ),
        (
            NO_OPERATOR_API,
            by_temporal("unknown service temporal.api.operatorservice.v1.OperatorService"),
        ),
        (
            REFRESH_REJECTED,
            logged(
                "error",
                "rejecting cluster metadata refresh: duplicate InitialFailoverVersion 2 for clusters \
                 \\\"cluster-c\\\" and \\\"cluster-b\\\"",
                "",
            ),
        ),
        (
            UNKNOWN_CLUSTER_ID,
            logged(
                "error",
                "StreamWorkflowReplicationMessages failed",
                r#""error":"unknown cluster ID: 1","#,
            ),
        ),
        (
            NO_REPLICATION_TASKS,
            logged("error", "Failed to get replication tasks", ""),
        ),
        (REMOVE_SELF, by_tctl("InvalidArgument", REMOVE_SELF)),
        (
            REMOVE_UNKNOWN,
            "time=2026-11-23T15:48:48.890 level=ERROR msg=\"failed removing cluster: The cluster to be deleted cannot be \
             found in clusters cache.\""
                .to_owned(),
        ),
        (
            REMOVE_IN_USE,
            by_temporal("cannot remove cluster \"cluster-b\": still referenced by namespace \"early\""),
        ),
        (
            INVALID_CLUSTER_NAME,
            "time=2026-11-23T15:48:48.973 level=ERROR msg=\"unable to create namespace g: Invalid cluster name: \
             cluster-b\""
                .to_owned(),
        ),
        (
            INVALID_CLUSTER_NAME,
            by_tctl("InvalidArgument", "Invalid cluster name: cluster-a,cluster-b"),
        ),
        (NOT_MASTER, by_tctl("InvalidArgument", NOT_MASTER)),
        (ACTIVE_NOT_LISTED, by_tctl("InvalidArgument", ACTIVE_NOT_LISTED)),
        (FAILOVER_NOT_ALONE, by_tctl("InvalidArgument", FAILOVER_NOT_ALONE)),
        (GLOBAL_NOT_ENABLED, by_tctl("InvalidArgument", GLOBAL_NOT_ENABLED)),
        (LOCAL_WITH_CLUSTERS, by_temporal(LOCAL_WITH_CLUSTERS)),
        (
            NAMESPACE_CANNOT_SHRINK,
            by_tctl("InvalidArgument", NAMESPACE_CANNOT_SHRINK),
        ),
        (
            NAMESPACE_NOT_ACTIVE,
            by_tctl(
                "FailedPrecondition",
                "Namespace: early is active in cluster: cluster-a, while current cluster cluster-b is a standby cluster.",
            ),
        ),
        (
            NAMESPACE_NOT_FOUND,
            by_temporal("Namespace one is not found."),
        ),
        (
            NAMESPACE_NOT_FOUND_113,
            by_tctl("NotFound", "Namespace one does not exist."),
        ),
        (
            NO_HTTP_ADDRESS,
            logged("error", "HTTPAddress not configured for cluster: cluster-b", ""),
        ),
        (
            UNKNOWN_COMMAND,
            "Error: unknown command \"false\" for \"temporal operator cluster upsert\"\nUsage:\n  temporal operator \
             cluster upsert [flags]"
                .to_owned(),
        ),
        (
            UNKNOWN_FLAG,
            "Error: unknown flag: --frontend_address\nUsage:\n".to_owned(),
        ),
        (
            FLAG_NOT_DEFINED,
            "Incorrect Usage: flag provided but not defined: -frontend-address\n\nNAME:\n".to_owned(),
        ),
        (
            UNKNOWN_SHORTHAND,
            "Error: unknown shorthand flag: 'a' in -address".to_owned(),
        ),
        (
            FAD_MISSING,
            "2026/11/24 03:25:31 Required flag \"fad\" not set".to_owned(),
        ),
        (
            ADDRESS_MISSING,
            "Error: Option frontend_address is required".to_owned(),
        ),
        (
            NO_SUCH_COMMAND,
            "No help topic for 'upsert-remote-cluster'".to_owned(),
        ),
        (
            DIAL_TIMEOUT,
            by_tctl(
                "Unavailable",
                "connection error: desc = \"transport: Error while dialing: dial tcp 127.0.0.1:8233: i/o timeout\"",
            ),
        ),
        (
            LOOKUP_FAILED,
            by_tctl(
                "Unavailable",
                "connection error: desc = \"transport: Error while dialing: dial tcp: lookup b.example on 10.0.0.53:53: \
                 no such host\"",
            ),
        ),
        (
            LOOKUP_FAILED_UNTOLD,
            by_tctl(
                "Unavailable",
                "connection error: desc = \"transport: Error while dialing: dial tcp: lookup b.example: no such host\"",
            ),
        ),
        (
            NEVER_READY,
            "time=2026-11-24T02:56:33.133 level=ERROR msg=\"failed reaching server: context deadline exceeded while \
             waiting for connections to become ready\""
                .to_owned(),
        ),
        (
            DEADLINE,
            "Error: Operation DescribeCluster failed.\nError Details: rpc error: code = DeadlineExceeded desc = context \
             deadline exceeded\n('export TEMPORAL_CLI_SHOW_STACKS=1' to see stack traces)"
                .to_owned(),
        ),
        (
            FLAGS_REQUIRED,
            "Error: required flag(s) \"frontend-address\" not set\nUsage:\n".to_owned(),
        ),
        (
            FLAG_EMPTY,
            "Error: flag needs an argument: --frontend-address\nUsage:\n".to_owned(),
        ),
        (
            FLAG_EMPTY_TCTL,
            "Incorrect Usage: flag needs an argument: -fad\n\nNAME:\n".to_owned(),
        ),
        (
            NOT_BOOL,
            "Error: invalid argument \"no\" for \"--enable-connection\" flag: strconv.ParseBool: parsing \"no\": invalid \
             syntax\nUsage:\n"
                .to_owned(),
        ),
        (
            NOT_BOOL_TCTL,
            "Incorrect Usage: invalid boolean value \"no\" for -ec: parse error\n\nNAME:\n".to_owned(),
        ),
        (
            FLAG_MISSING,
            "2026/11/24 03:25:31 Required flag \"cluster\" not set".to_owned(),
        ),
    ]
}

#[test]
fn every_message_is_decoded_where_it_is_seen() {
    let samples = samples();
    for (message, text) in &samples {
        // Between other lines, of which none is known.
        let text = format!("starting\r\n{text}\n\ndone\n");
        let decoded = decoded(&text);
        let findings: Vec<_> = decoded.findings.iter().collect();
        let [finding] = findings[..] else {
            panic!("{text}\n{findings:#?}");
        };
        let mut all = TABLE.iter();
        let entry = all.find(|entry| entry.message == *message).expect("listed");
        assert!(
            finding
                .cause
                .starts_with(entry.cause.split('{').next().expect("text"))
        );
        assert!(finding.line == 2 || finding.line == 3, "{finding:?}");
        assert!(decoded.unknown.is_empty(), "{:?}", decoded.unknown);
        assert!(!finding.cause.contains('{') && !finding.way_out.contains('{'));
    }
    for (name, message) in says::ALL {
        let is_seen = samples.iter().any(|(seen, _)| seen == message);
        assert!(
            is_seen || *name == "DATABASE_WINS_DETAILS",
            "{name} has no sample"
        );
    }
}

#[test]
fn every_message_of_the_servers_is_in_the_table() {
    for (name, message) in says::ALL {
        let mut table = TABLE.iter();
        let is_known =
            table.any(|entry| entry.message == *message || entry.details == Some(message));
        assert!(is_known, "{name}");
    }
}

#[test]
fn whatever_a_rule_says_that_a_server_prints_is_decoded() {
    let field = |at: usize, field, text: &str| (at, field, text.to_owned());
    for release in ["1.13", "1.14.0", "1.18", "1.24", "1.30", "1.32"] {
        let mut seen = 0;
        for (at, field, text) in [
            field(0, ClusterField::Name, ""),
            field(0, ClusterField::Name, "clusterB"),
            field(0, ClusterField::RpcAddress, ""),
            field(0, ClusterField::RpcAddress, "a"),
            field(0, ClusterField::RpcAddress, "http://a:1"),
            field(0, ClusterField::RpcAddress, "::1"),
            field(0, ClusterField::RpcAddress, "127.0.0.1:8233"),
            field(0, ClusterField::InitialFailoverVersion, ""),
            field(0, ClusterField::InitialFailoverVersion, "0"),
            field(0, ClusterField::InitialFailoverVersion, "100"),
            field(0, ClusterField::InitialFailoverVersion, "2"),
            field(0, ClusterField::HistoryShards, "6"),
        ] {
            for runs in [false, true] {
                let mut draft = Draft::default();
                draft.apply(&Edit::SetServerVersion(release.to_owned()));
                let other = draft.clusters[1].id;
                draft.apply(&Edit::SetField(
                    other,
                    ClusterField::HistoryShards,
                    "4".into(),
                ));
                let id = draft.clusters[at].id;
                if runs {
                    draft.apply(&Edit::MarkRunning(id));
                }
                draft.apply(&Edit::SetField(id, field, text.clone()));
                if runs {
                    draft.apply(&Edit::SetIncrement("1000".into()));
                }
                let resolution = resolve(&draft);
                for found in resolution.diagnostics() {
                    let Some(server) = &found.server else {
                        continue;
                    };
                    seen += 1;
                    let decoded = decode(server, &draft, &resolution);
                    assert_eq!(decoded.findings.len(), 1, "{release}: {server}");
                    assert!(decoded.unknown.is_empty());
                }
            }
        }
        assert!(seen > 10, "{release}: {seen}");
    }
    let resolution = resolve(&Draft::default());
    let old = ServerVersion::parse("1.13");
    for increment in [0, -1, 3_000_000_000] {
        for release in [old, None] {
            let says = says::increment_out_of_range(release, increment, ("a", 1));
            if let Some(says) = says {
                let decoded = decode(&says, &Draft::default(), &resolution);
                assert_eq!(decoded.findings.len(), 1, "{says}");
            }
        }
    }
}

#[test]
fn the_rules_of_the_table_exist() {
    let codes: Vec<&str> = rule_texts().map(|rule| rule.code.as_str()).collect();
    for entry in TABLE {
        for rule in entry.rules {
            assert!(codes.contains(rule), "{rule}");
        }
        let places = |text: &str| {
            let parts = text.split('{').skip(1);
            let places = parts.filter_map(|part| Some(part.split_once('}')?.0.to_owned()));
            places.collect::<Vec<String>>()
        };
        let mut known = places(entry.message);
        for place in places(entry.cause).iter().chain(&places(entry.way_out)) {
            assert!(known.contains(place), "{place} of {}", entry.message);
        }
        known.extend(places(entry.details.unwrap_or_default()));
        for place in places(entry.with_details) {
            assert!(known.contains(&place), "{place} of {}", entry.message);
        }
    }
}

#[test]
fn the_fields_that_a_message_names_are_found() {
    let path = |text: &str| {
        let decoded = decoded(text);
        let fields = decoded.findings.iter().flat_map(|found| &found.fields);
        let fields: Vec<String> = fields.map(Path::to_string).collect();
        fields.join(" ")
    };
    for (text, fields) in [
        (
            "cluster \"cluster-b\": InitialFailoverVersion must be > 0, got 0",
            "clusters[1].initialFailoverVersion",
        ),
        (
            "duplicate InitialFailoverVersion 1 for clusters \"cluster-a\" and \"cluster-b\"",
            "clusters[0].initialFailoverVersion clusters[1].initialFailoverVersion",
        ),
        ("Version increment is 0", "failoverVersionIncrement"),
        ("Invalid cluster name: cluster-b", "clusters[1].name"),
        ("Invalid cluster name: cluster-b.", "clusters[1].name"),
        ("Invalid cluster name: nobody", ""),
        (
            "dial tcp 127.0.0.1:8233: connect: connection refused",
            "clusters[1].rpcAddress",
        ),
        ("unknown cluster ID: 2", "clusters[1].rpcAddress"),
        (says::NO_OPERATOR_API, "tool"),
        (says::OTHERS_IGNORED, "serverVersion"),
    ] {
        assert_eq!(path(text), fields, "{text}");
    }
}

/// A server keeps what is in its database, and says which value of the file it passes over.
#[test]
fn the_fields_whose_value_is_ignored_are_found() {
    let mut draft = pair();
    let id = draft.clusters[1].id;
    draft.apply(&Edit::SetField(id, ClusterField::HistoryShards, "8".into()));
    for (key, ignored, expected) in [
        (
            "persistence.numHistoryShards",
            8,
            "clusters[1].historyShards",
        ),
        ("persistence.numHistoryShards", 9, ""),
        (
            "clusterMetadata.FailoverVersionIncrement",
            8,
            "failoverVersionIncrement",
        ),
        ("something.else", 8, ""),
    ] {
        let more = format!("\"key\":\"{key}\",\"ignored-value\":{ignored},\"value\":4,");
        let line = logged("warn", says::DATABASE_WINS, &more);
        let found = decode(&line, &draft, &resolve(&draft)).findings.remove(0);
        let fields: Vec<String> = found.fields.iter().map(Path::to_string).collect();
        assert_eq!(fields.join(" "), expected, "{line}");
    }
}

#[test]
fn a_message_that_a_rule_predicts_leads_to_what_the_rule_found() {
    let mut draft = pair();
    let id = draft.clusters[1].id;
    draft.apply(&Edit::SetField(
        id,
        ClusterField::InitialFailoverVersion,
        "1".into(),
    ));
    let text = "Cluster info initial versions have duplicates";
    let found = decode(text, &draft, &resolve(&draft)).findings.remove(0);
    assert!(found.is_in_draft);
    assert_eq!(
        found.code.map(Code::as_str),
        Some("initial-version-duplicate")
    );
    let fields: Vec<String> = found.fields.iter().map(Path::to_string).collect();
    assert_eq!(fields, ["clusters[1].initialFailoverVersion"]);
    let found = decoded(text).findings.remove(0);
    assert!(!found.is_in_draft && found.fields.is_empty());
}

#[test]
fn an_address_leads_to_the_cluster_that_dials_it() {
    let mut draft = pair();
    let [a, b] = [0, 1].map(|at| draft.clusters[at].id);
    let edit = Edit::SetField(b, ClusterField::AddressFrom(a), "gate.example:7233".into());
    draft.apply(&edit);
    let text = "dial tcp gate.example:7233: connect: connection refused";
    let found = decode(text, &draft, &resolve(&draft)).findings.remove(0);
    let fields: Vec<String> = found.fields.iter().map(Path::to_string).collect();
    assert_eq!(fields, ["clusters[1].addressFrom[0]"]);
}

/// All that is said of a text.
fn said(decoded: &Decoded) -> String {
    let mut said = String::new();
    for found in &decoded.findings {
        let fields = found.fields.iter().map(|field| format!(" {field}"));
        said.push_str(&format!(
            "{} ×{} ({}) {:?}:{}\n  {}\n  {}\n  {}\n",
            found.line,
            found.times,
            found.releases,
            found.code.map(Code::as_str),
            fields.collect::<String>(),
            found.message,
            found.cause,
            found.way_out
        ));
    }
    for line in &decoded.unknown {
        said.push_str(&format!("{}: {}\n", line.line, line.text));
    }
    said
}

#[test]
fn what_is_said_of_every_message() {
    let said: Vec<String> = samples()
        .iter()
        .map(|(_, text)| said(&decoded(text)))
        .collect();
    expect_test::expect_file!["../../tests/snapshots/messages.txt"].assert_eq(&said.concat());
}

#[test]
fn a_log_is_decoded_as_a_whole() {
    let text = [
        logged("info", "Starting server", ""),
        logged(
            "warn",
            says::DATABASE_WINS,
            r#""component":"metadata-initializer","key":"persistence.numHistoryShards","ignored-value":8,"value":4,"#,
        ),
        logged("error", "something else", ""),
        String::new(),
        logged("info", "a line", ""),
        panicked("cluster \"cluster-b\": InitialFailoverVersion must be > 0, got 0"),
        panicked("cluster \"cluster-b\": InitialFailoverVersion must be > 0, got 0"),
        String::new(),
        "Error: of another kind".to_owned(),
    ]
    .join("\n");
    let said = said(&decoded(&text));
    expect![[r#"
        2 ×1 (1.14 and later) Some("running-shards-changed"):
          Supplied configuration key/value mismatches persisted cluster metadata. Continuing with the persisted value as this value cannot be changed once initialized.
          The file has another value than the database, and the database wins: the value was fixed when the cluster was first started. The file says 8 for persistence.numHistoryShards, and 4 stays.
          Put the old value back into the file. To have another one, build a new cluster with it and move the namespaces there.
        6 ×2 (1.32 and later) Some("initial-version-out-of-range"): clusters[1].initialFailoverVersion
          cluster "cluster-b": InitialFailoverVersion must be > 0, got 0
          initialFailoverVersion of cluster-b is 0, or missing. 0 is the version of local namespaces, so it must be 1 or more.
          Correct the file. If this was the first start on an empty database with 1.14 or later, the wrong value is in the database already, and a right file does not heal it: drop that database, make it anew, and start again.
        19: Error: of another kind
    "#]].assert_eq(&said);
}

#[test]
fn words_are_read_whatever_wrapped_them() {
    let plain = r#"cluster "cluster-b": InitialFailoverVersion must be > 0, got 0"#;
    let json = format!("{{\"error\":{plain:?}}}");
    let within = format!("{{\"log\":{json:?}}}");
    let html = json.replace('>', "\\u003e");
    for text in [plain.to_owned(), json, within, html] {
        let found = decoded(&text).findings;
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].cause.contains("of cluster-b is 0"), "{text}");
    }
}

#[test]
fn escapes_stand_for_what_they_stand_for_in_json() {
    for (text, meant) in [
        (r#"a \"b\" c"#, r#"a "b" c"#),
        (r"a\\b\/c", r"a\b/c"),
        (r"a\nb\rc\td", "a\u{2028}b c d"),
        (r"\u003e\u00e9x\u000a.", ">éx ."),
        (
            r"\ud800 \u12 \u12é \uxyzw \u",
            r"\ud800 \u12 \u12é \uxyzw \u",
        ),
        (r"a\xb\", r"a\xb\"),
    ] {
        assert_eq!(unescape(text), meant, "{text}");
    }
}

#[test]
fn a_line_end_in_json_ends_a_message() {
    let found = |text: &str| {
        let found = decoded(text).findings;
        let shown = found
            .iter()
            .map(|found| format!("{}: {}", found.line, found.message));
        shown.collect::<Vec<_>>()
    };
    let message = r"panic: Invalid cluster name: cluster-b\n\ngoroutine 1 [running]:\nmain.go:1";
    let once = format!("{{\"log\":\"{message}\",\"stream\":\"stderr\"}}");
    let spaced = format!("{{\"log\": \"{message}\"}}");
    let twice = format!("{{\"line\":{:?}}}", format!("{once}\n"));
    for text in [once, spaced, twice] {
        assert_eq!(
            found(&text),
            ["1: Invalid cluster name: cluster-b"],
            "{text}"
        );
    }
    assert_eq!(
        found(r"C:\new: Invalid cluster name: a\n"),
        [r"1: Invalid cluster name: a\n"]
    );
}

/// What is said of the messages in a text, without the lines in which they are.
fn causes(text: &str) -> Vec<String> {
    let findings = decoded(text).findings.into_iter();
    let causes = findings.map(|it| {
        format!(
            "×{}: {}
{}",
            it.times, it.message, it.cause
        )
    });
    causes.collect()
}

/// A text whose lines are broken after so many characters, as by a terminal.
fn broken(text: &str, width: usize, row: impl Fn(&str, bool) -> String) -> String {
    let mut rows = Vec::new();
    for line in text.lines() {
        let chars: Vec<char> = line.chars().collect();
        let pieces: Vec<String> = chars.chunks(width).map(|it| it.iter().collect()).collect();
        rows.extend(
            pieces
                .iter()
                .enumerate()
                .map(|(at, piece)| row(piece, at + 1 == pieces.len())),
        );
        if pieces.is_empty() {
            rows.push(row("", true));
        }
    }
    rows.join("\n")
}

#[test]
fn messages_are_read_over_the_rows_of_a_terminal() {
    for (at, (_, text)) in samples().into_iter().enumerate() {
        let text = format!("starting the server\n{text}\n\ndone");
        let expected = causes(&text);
        assert_eq!(expected.len(), 1);
        for width in [80, 100, 120, 132, 160] {
            let plain = broken(&text, width, |row, _| row.to_owned());
            assert_eq!(causes(&plain), expected, "{width}\n{plain}");
            let trimmed: Vec<&str> = plain.lines().map(str::trim_end).collect();
            assert_eq!(causes(&trimmed.join("\n")), expected, "{width}\n{plain}");
        }
        for width in (41 + at % 9..140).step_by(9) {
            let marked = broken(&text, width, |row, is_last| match is_last {
                true => row.to_owned(),
                false => format!("{row}\\"),
            });
            assert_eq!(causes(&marked), expected, "{width}\n{marked}");
            let framed = broken(&text, width, |row, _| format!("│{row:width$}│"));
            assert_eq!(causes(&framed), expected, "{width}\n{framed}");
            let padded = broken(&text, width, |row, _| format!("│ {row:width$} │"));
            assert_eq!(causes(&padded), expected, "{width}\n{padded}");
        }
        for (prefix, width) in [("server-1  | ", 108), ("[pod/server-0/temporal] ", 56)] {
            let split = broken(&text, width, |row, _| format!("{prefix}{row}"));
            assert_eq!(causes(&split), expected, "{split}");
            let shown = text.replace('\n', &format!("\n{prefix}"));
            let shown = broken(&shown, 120, |row, _| row.to_owned());
            assert_eq!(causes(&shown), expected, "{shown}");
        }
    }
}

/// Words of a message that stand in rows of any width, broken between them.
#[test]
fn messages_are_read_over_lines_of_whole_words() {
    let text = "server: Supplied configuration key/value mismatches persisted cluster metadata. Continuing with the \
        persisted value as this value cannot be changed once initialized.";
    for width in 30..140 {
        let mut rows = vec![String::new()];
        for word in text.split(' ') {
            let last = rows.last_mut().expect("a row");
            if last.len() + word.len() > width {
                rows.push(word.to_owned());
            } else {
                last.push(' ');
                last.push_str(word);
            }
        }
        let decoded = decoded(&rows.join("\n"));
        assert_eq!(decoded.findings.len(), 1, "{rows:#?}");
        assert!(decoded.unknown.is_empty());
    }
}

#[test]
fn what_a_message_is_about_does_not_come_from_another_line() {
    for text in [
        // As wide as each other, and each a line.
        "2026-11-23 15:48:48 panic: Invalid cluster name: cluster-b\n2026-11-23 15:48:49 panic: Invalid cluster name: cluster-b",
        // Not as wide as anything.
        "a long line of a log that says: Invalid cluster name: cluster-b\nand another line of that log",
        "Invalid cluster name: cluster-b\ngoroutine 1 [running]:",
        // A line of its own behind a blank one.
        &format!("{:>80}\n\nmore", "Invalid cluster name: cluster-b"),
        // As wide as a terminal, and followed by what begins as lines of this log do.
        &format!("{:<56}Invalid cluster name: cluster-b\nlog: 2", "log: 1"),
    ] {
        let found = decoded(text).findings;
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(
            found[0].message, "Invalid cluster name: cluster-b",
            "{text}"
        );
    }
    for text in [
        "Namespace: early is in this list of namespaces\nthe other one is not found.",
        "the server says that cluster \"cluster-b\" is there\nRPCAddress must not be empty when Enabled=true",
        "Unable to\n\nstart server",
        "Unable to\nstart server",
    ] {
        assert_eq!(decoded(text).findings, [], "{text}");
    }
}

#[test]
fn what_is_not_known_is_said_and_lists_are_cut() {
    let text = "Error: x\n\n\n\n".repeat(150);
    let all = decoded(&text);
    assert_eq!((all.unknown.len(), all.more_unknown), (LISTED, 50));
    let names = (0..150).map(|at| format!("Invalid cluster name: c{at}\n"));
    let all = decoded(&names.collect::<String>());
    assert_eq!((all.findings.len(), all.more_findings), (LISTED, 50));
    assert_eq!(decoded(""), Decoded::default());
    assert_eq!(decoded(" \n\n").lines, 0);
    let calm = decoded("all is well\n");
    assert_eq!(
        (calm.lines, calm.findings.len(), calm.unknown.len()),
        (1, 0, 0)
    );
}

/// What many messages begin with, again and again, in one line and in many.
#[test]
fn long_texts_of_anything_are_read() {
    for piece in [
        "cluster ",
        "address ",
        "Namespace ",
        "duplicate InitialFailoverVersion 1 for clusters ",
        "Invalid cluster name: ",
        "\\\"",
        "\\",
        "é",
        "\n",
        "Error: \n",
        "Supplied configuration key/value",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let rows = broken(&text[..40_000], 80, |row, _| row.to_owned());
        for text in [rows, text] {
            let decoded = decoded(&text);
            assert!(decoded.findings.len() <= LISTED && decoded.unknown.len() <= LISTED);
        }
    }
}

proptest::proptest! {
    /// Rows of pieces of messages with whatever stands around them: each finding is in a line of the text.
    #[test]
    fn rows_of_anything_are_read(
        rows in proptest::collection::vec((0..5_usize, 0..100_usize, 0..300_usize, 0..130_usize), 0..12),
        end in "\\PC{0,9}",
    ) {
        let samples = samples();
        let rows = rows.into_iter().map(|(mark, sample, from, length)| {
            let text = samples[sample % samples.len()].1.replace('\n', &end);
            let piece: String = text.chars().skip(from % text.len()).take(length).collect();
            match mark {
                0 => piece,
                1 => format!("{piece}\\"),
                2 => format!("│ {piece} │"),
                3 => format!("server-1  | {piece}{end}"),
                _ => format!("{{\"log\":{piece:?}}}"),
            }
        });
        let rows: Vec<String> = rows.collect();
        let decoded = decoded(&rows.join("\n"));
        for found in decoded.findings {
            proptest::prop_assert!((1..=rows.len()).contains(&found.line), "{}", found.line);
        }
    }
}
