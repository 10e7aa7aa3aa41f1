//! The topology file: what is wrong in one, where; and its published schema.

use expect_test::{expect, expect_file};
use multicluster_core::{ClusterField, Draft, Edit, Path, Running, Severity, resolve};
use multicluster_import::{Source, archived_files, topology};
use serde_json::Value;

const GUIDE: &str = "\
multicluster: 1
serverVersion: \"1.32\"
tool: \"tctl\"
failoverVersionIncrement: 100
clusters:
  - name: \"clusterA\"
    rpcAddress: \"127.0.0.1:7233\"
    initialFailoverVersion: 1
  - name: \"clusterB\"
    rpcAddress: \"127.0.0.1:8233\"
    initialFailoverVersion: 2
";

fn problems(file: &str) -> String {
    let findings = topology::read("t.yaml", file).expect_err("wrong");
    let lines = findings.iter().map(|finding| {
        format!(
            "{}:{} {}\n",
            finding.at.line, finding.at.column, finding.message
        )
    });
    lines.collect()
}

#[test]
fn the_default_draft_is_this_file() {
    assert_eq!(topology::write(&Draft::default()), GUIDE);
    let draft = topology::read("t.yaml", GUIDE).expect("right");
    assert_eq!(resolve(&draft).count(Severity::Error), 0);
}

/// A field that is forgotten here would be lost by who keeps the file.
#[test]
fn every_field_of_a_cluster_is_kept() {
    let mut draft = Draft::default();
    let fields = ClusterField::ALL.into_iter();
    let fields = fields.chain([ClusterField::AddressFrom(draft.clusters[1].id)]);
    for (at, field) in fields.enumerate() {
        let before = draft.clone();
        let text = match field {
            ClusterField::ServerVersion => "1.31".to_owned(),
            ClusterField::Name => format!("n{at}"),
            ClusterField::RpcAddress
            | ClusterField::AdminAddress
            | ClusterField::HttpAddress
            | ClusterField::AddressFrom(_) => format!("10.0.0.{at}:7233"),
            _ => (40 + at).to_string(),
        };
        draft.apply(&Edit::SetField(draft.clusters[0].id, field, text.clone()));
        assert_ne!(draft, before, "{field:?}");
        let written = topology::write(&draft);
        let read = topology::read("t.yaml", &written).expect("right");
        let value = match field {
            ClusterField::AddressFrom(_) => ClusterField::AddressFrom(read.clusters[1].id),
            field => field,
        };
        assert_eq!(read.clusters[0].field(value), text, "{written}");
    }
}

#[test]
fn what_runs_is_written_as_far_as_it_is_something_else() {
    let file = GUIDE.replace("Version: 1\n", "Version: 1\n    running: true\n")
        + r#"    historyShards: 4
    serverVersion: "1.31"
    running:
      name: "cluster-b"
      failoverVersionIncrement: 10
      historyShards: null
"#;
    let draft = topology::read("t.yaml", &file).expect("right");
    let [a, b] = [0, 1].map(|at| &draft.clusters[at]);
    assert_eq!(a.running.as_deref(), Some(&draft.as_drafted(a)));
    let expected = Running {
        name: "cluster-b".to_owned(),
        initial_version: "2".to_owned(),
        increment: "10".to_owned(),
        history_shards: String::new(),
    };
    assert_eq!(b.running.as_deref(), Some(&expected));
    assert_eq!(b.server_version, "1.31");
    assert_eq!(topology::write(&draft), file);
    let planned = file.replace("running: true", "running: false");
    let draft = topology::read("t.yaml", &planned).expect("right");
    assert_eq!(draft.clusters[0].running, None);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let wrong = "\
multicluster: 1
serverVersion: 1.30
tool: kubectl
failoverVersionIncrement: \"100\"
masterClusterName: nobody
colour: red
clusters:
  - name: 010
    rpcAddres: \"127.0.0.1:7233\"
    initialFailoverVersion: 0
    historyShards: [4]
    historyShards: 5
  - clusterB
  - {name: c, rpcAddress: \"c:1\", initialFailoverVersion: 3, running: yes}
  - {name: d, rpcAddress: \"d:1\", initialFailoverVersion: 4, running: {initialFailoverVersion: x, shards: 4}}
";
    expect![[r#"
        2:16 `serverVersion` is “1.30”, and must be a text, so write it in quotation marks.
        3:7 `tool` is “kubectl”, and must be one of tctl, temporal.
        4:27 `failoverVersionIncrement` is “100”, and must be a whole number from 1 to 2147483647, without quotation marks.
        5:20 `masterClusterName` is “nobody”, which is the name of none of the clusters.
        6:1 The key “colour” is not known in the file. Known are multicluster, serverVersion, tool, failoverVersionIncrement, masterClusterName, dcRedirectionPolicy, keepTemporalCloudOpen, tls, tlsCaFile, tlsCertFile, tlsKeyFile, toolTlsCaFile, toolTlsCertFile, toolTlsKeyFile, toolTlsServerName, clusters.
        8:5 `rpcAddress` is missing in clusters[0].
        8:11 `name` is “010”, and must be a text, so write it in quotation marks.
        9:5 The key “rpcAddres” is not known in clusters[0]. Known are name, rpcAddress, adminAddress, httpAddress, initialFailoverVersion, historyShards, serverVersion, tlsServerName, addressFrom, running.
        10:29 `initialFailoverVersion` is “0”, and must be a whole number from 1 to 2147483646, without quotation marks.
        11:20 `historyShards` is a list, and must be a single value.
        12:5 The key “historyShards” stands here twice.
        13:5 Here must be a mapping for clusters[1], and it is a single value.
        14:70 `running` is “yes”, and must be true, false or a mapping.
        15:95 `initialFailoverVersion` is “x”, and must be a whole number from 1 to 2147483646, without quotation marks, or null.
        15:98 The key “shards” is not known in `running`. Known are name, initialFailoverVersion, failoverVersionIncrement, historyShards.
    "#]]
    .assert_eq(&problems(wrong));
}

#[test]
fn files_that_are_none_are_refused() {
    for (file, expected) in [
        ("", "1:1 The file is empty.\n"),
        ("[", "1:2 This is not YAML"),
        (
            "- 1",
            "1:1 Here must be a mapping for the file, and it is a list.\n",
        ),
        (
            "multicluster: 2\nclusters: []",
            "1:15 `multicluster` is “2”, and must be 1: this program knows no other version of the format.\n",
        ),
        (
            "multicluster: 1",
            "1:1 `clusters` is missing in the file.\n",
        ),
        (
            "multicluster: 1\nclusters: {}",
            "2:11 `clusters` is a mapping, and must be a list.\n",
        ),
        (
            "multicluster: 1\nclusters: []\n---\nx: 1",
            "4:1 A topology file is one document, and here a second one begins.\n",
        ),
    ] {
        assert!(
            problems(file).starts_with(expected),
            "{file:?}: {}",
            problems(file)
        );
    }
}

#[test]
fn the_published_schema_is_that_of_the_reader() {
    expect_file!["../../../docs/topology.schema.json"].assert_eq(&topology::schema());
    serde_json::from_str::<Value>(&topology::schema()).expect("JSON");
}

/// An editor that follows the schema and the reader agree: on every file that differs from a right
/// one in one value.
#[test]
fn the_schema_and_the_reader_agree() {
    let schema: Value = serde_json::from_str(&topology::schema()).expect("JSON");
    let right: Value = serde_json::json!({
        "multicluster": 1, "serverVersion": "1.32", "tool": "temporal", "failoverVersionIncrement": 100, "masterClusterName": "a",
        "clusters": [{"name": "a", "rpcAddress": "h:1", "adminAddress": "h:2", "initialFailoverVersion": 1, "historyShards": 4, "serverVersion": "1.31",
            "running": {"name": "b", "initialFailoverVersion": 2, "failoverVersionIncrement": 10, "historyShards": null}}],
    });
    let values: Vec<Value> = serde_json::from_str(r#"[0, 1, -1, 100, 2147483646, 2147483647, 2147483648, "", "a", "1", "tctl", true, null, [], {}, 1.5]"#).expect("JSON");
    let mut compared = 0;
    let mappings = ["", "/clusters/0", "/clusters/0/running"];
    let keys = mappings.iter().flat_map(|pointer| {
        let mapping = right.pointer(pointer).and_then(Value::as_object);
        let keys = mapping.expect("an object").keys();
        keys.map(move |key| (*pointer, key))
    });
    for (pointer, key) in keys {
        for value in values.iter().map(Some).chain([None]) {
            let mut file = right.clone();
            let object = file
                .pointer_mut(pointer)
                .and_then(Value::as_object_mut)
                .expect("an object");
            match value {
                Some(value) => object.insert(key.clone(), value.clone()),
                None => object.remove(key),
            };
            // Whether a master exists is more than a schema can say.
            file.as_object_mut()
                .filter(|_| (pointer == "/clusters/0" && key == "name") || key == "clusters")
                .map(|file| file.remove("masterClusterName"));
            let reads = topology::read("t.yaml", &file.to_string()).is_ok();
            let is_unknown_master = key == "masterClusterName"
                && value.is_some_and(|value| value.is_string() && value != "a");
            assert_eq!(
                reads,
                is_valid(&schema, &file) && !is_unknown_master,
                "{file}"
            );
            compared += 1;
        }
    }
    assert!(compared > 250);
}

/// As much of JSON Schema as ours uses; anything else in it fails the test.
fn is_valid(schema: &Value, value: &Value) -> bool {
    schema
        .as_object()
        .expect("an object")
        .iter()
        .all(|(keyword, rule)| match &**keyword {
            "$schema" | "title" | "description" | "properties" => true,
            "anyOf" => {
                let mut either = rule.as_array().expect("a list").iter();
                either.any(|schema| is_valid(schema, value))
            }
            "type" => match rule.as_str().expect("a type") {
                "null" => value.is_null(),
                "boolean" => value.is_boolean(),
                "object" => value.is_object(),
                "array" => value.is_array(),
                "string" => value.is_string(),
                "integer" => value.is_i64(),
                other => panic!("the type {other} is not checked here"),
            },
            "additionalProperties" => value.as_object().is_none_or(|object| {
                object.iter().all(|(key, value)| {
                    schema["properties"]
                        .get(key)
                        .is_some_and(|schema| is_valid(schema, value))
                })
            }),
            "required" => rule.as_array().expect("a list").iter().all(|key| {
                value
                    .as_object()
                    .is_none_or(|object| object.contains_key(key.as_str().expect("a key")))
            }),
            "items" => value
                .as_array()
                .is_none_or(|items| items.iter().all(|item| is_valid(rule, item))),
            "enum" => rule.as_array().expect("a list").contains(value),
            "const" => rule == value,
            "minimum" => value
                .as_i64()
                .is_none_or(|number| number >= rule.as_i64().expect("a number")),
            "maximum" => value
                .as_i64()
                .is_none_or(|number| number <= rule.as_i64().expect("a number")),
            other => panic!("the keyword {other} is not checked here"),
        })
}

#[test]
fn every_problem_of_a_set_up_has_its_place_in_the_file() {
    let file = GUIDE
        .replace("initialFailoverVersion: 2", "initialFailoverVersion: 1")
        .replace("127.0.0.1:8233", "[::1");
    let source = Source::new("t.yaml", &*file);
    let draft = topology::read("t.yaml", &file).expect("its form is right");
    let resolution = resolve(&draft);
    let known = topology::Places::of(&source).expect("a topology file");
    let lines = source.lines();
    let places: Vec<String> = resolution
        .diagnostics()
        .iter()
        .map(|found| {
            let at = known.at(found.path);
            let line = &lines[at.line as usize - 1];
            format!("{} {at} {}\n", found.code, line.trim())
        })
        .collect();
    expect![[r#"
        address-not-splittable t.yaml:10:17 rpcAddress: "[::1"
        initial-version-duplicate t.yaml:11:29 initialFailoverVersion: 1
    "#]]
    .assert_eq(&places.concat());
}

#[test]
fn what_is_left_out_is_where_what_it_belongs_to_begins() {
    let source = Source::new(
        "t.yaml",
        "# ours\nmulticluster: 1\nclusters:\n  - name: a\n",
    );
    let draft = topology::read("t.yaml", GUIDE).expect("right");
    let id = draft.clusters[0].id;
    let places = topology::Places::of(&source).expect("a topology file");
    for (path, expected) in [
        (Path::Increment, "t.yaml:2:1"),
        (Path::Clusters, "t.yaml:4:3"),
        (Path::Cluster(0, id, ClusterField::Name), "t.yaml:4:11"),
        (Path::Cluster(0, id, ClusterField::RpcAddress), "t.yaml:4:5"),
        (Path::Cluster(1, id, ClusterField::Name), "t.yaml:4:3"),
    ] {
        let at = places.at(path);
        assert_eq!(at.to_string(), expected, "{path}");
    }
    let other = Source::new("x.yaml", "clusterMetadata: {}\n");
    assert!(topology::Places::of(&other).is_none());
}

#[test]
fn files_of_our_archives_are_known_by_name() {
    let resolution = resolve(&Draft::default());
    let archive = resolution.zip().expect("no error");
    let files = archived_files(&archive).expect("ours");
    for (artifact, (name, bytes)) in resolution.render_all().iter().zip(&files) {
        assert_eq!(
            (artifact.name(), artifact.text().as_bytes()),
            (&**name, *bytes)
        );
    }
    assert_eq!(files.len(), resolution.outputs().len());
    assert_eq!(archived_files(&archive[..99]), None);
    assert_eq!(archived_files(b"clusterMetadata: {}"), None);
}
