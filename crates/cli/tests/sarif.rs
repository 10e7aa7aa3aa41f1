//! The SARIF of `multicluster check` has what the standard asks for and what GitHub's code scanning
//! needs, for every kind of problem and place.

mod common;

use common::{Folder, TOPOLOGY};
use serde_json::Value;

const SCRIPT: &str = "\
tctl --address a.example:7233 admin cluster upsert-remote-cluster --frontend_address b.example:7233 --enable_connection false
tctl --address a.example:7233 admin cluster upsert-remote-cluster --frontend_address b.example:7233 --enable_connection false
";

fn sarif(folder: &str) -> Value {
    let wrong = TOPOLOGY.replace("initialFailoverVersion: 2", "initialFailoverVersion: 1");
    let folder = Folder::new(folder)
        .with("with space/t.yaml", wrong)
        .with("old.sh", SCRIPT)
        .with("form.yaml", "multicluster: 2\n");
    let arguments = [
        "check",
        "--format",
        "sarif",
        "with space/t.yaml",
        "old.sh",
        "form.yaml",
    ];
    let ran = folder.run(&arguments);
    assert_eq!((ran.status, &*ran.messages), (1, ""));
    serde_json::from_str(&ran.output).expect("JSON")
}

fn text<'v>(value: &'v Value, pointer: &str) -> &'v str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| panic!("no {pointer} in {value:#}"))
}

fn items<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    let found = value.pointer(pointer).and_then(Value::as_array);
    found.unwrap_or_else(|| panic!("no {pointer} in {value:#}"))
}

#[test]
fn it_is_one_run_of_this_program() {
    let sarif = sarif("sarif-1");
    assert_eq!(text(&sarif, "/version"), "2.1.0");
    assert!(text(&sarif, "/$schema").ends_with("/sarif-2.1.0.json"));
    assert_eq!(items(&sarif, "/runs").len(), 1);
    assert_eq!(text(&sarif, "/runs/0/tool/driver/name"), "multicluster");
    assert_eq!(
        text(&sarif, "/runs/0/tool/driver/semanticVersion"),
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(text(&sarif, "/runs/0/columnKind"), "unicodeCodePoints");
}

#[test]
fn every_rule_and_every_kind_of_finding_is_described() {
    let sarif = sarif("sarif-2");
    let rules = items(&sarif, "/runs/0/tool/driver/rules");
    let known = multicluster_core::rule_texts().count() + multicluster_import::KINDS.len();
    assert_eq!(rules.len(), known);
    for rule in rules {
        for needed in [
            "/id",
            "/shortDescription/text",
            "/fullDescription/text",
            "/help/text",
            "/help/markdown",
        ] {
            text(rule, needed);
        }
        let level = text(rule, "/defaultConfiguration/level");
        assert!(["error", "warning", "note"].contains(&level), "{level}");
        let severity = text(rule, "/properties/problem.severity");
        assert!(
            ["error", "warning", "recommendation"].contains(&severity),
            "{severity}"
        );
        assert!(!items(rule, "/properties/tags").is_empty());
    }
}

#[test]
fn every_result_has_a_rule_a_text_and_a_place() {
    let sarif = sarif("sarif-3");
    let rules = items(&sarif, "/runs/0/tool/driver/rules");
    let results = items(&sarif, "/runs/0/results");
    let mut found: Vec<&str> = Vec::new();
    for result in results {
        let code = text(result, "/ruleId");
        let index = result["ruleIndex"]
            .as_u64()
            .expect("a place among the rules");
        assert_eq!(
            text(&rules[usize::try_from(index).expect("small")], "/id"),
            code
        );
        text(result, "/message/text");
        text(result, "/partialFingerprints/primaryLocationLineHash");
        assert_eq!(
            text(result, "/level"),
            text(
                &rules[usize::try_from(index).expect("small")],
                "/defaultConfiguration/level"
            )
        );
        assert_eq!(items(result, "/locations").len(), 1);
        for place in items(result, "/locations")
            .iter()
            .chain(items(result, "/relatedLocations"))
        {
            let uri = text(place, "/physicalLocation/artifactLocation/uri");
            assert!(!uri.starts_with('/') && !uri.contains(' '), "{uri}");
            for number in ["startLine", "startColumn"] {
                let number = &place["physicalLocation"]["region"][number];
                assert!(
                    number.as_u64().is_some_and(|number| number >= 1),
                    "{place:#}"
                );
            }
        }
        found.push(code);
    }
    for code in [
        "initial-version-duplicate",
        "command-stays-enabled",
        "topology-invalid",
    ] {
        assert!(found.contains(&code), "{code} in {found:?}");
    }
}

#[test]
fn the_other_cluster_is_a_related_place() {
    let sarif = sarif("sarif-4");
    let results = items(&sarif, "/runs/0/results");
    let duplicate = results
        .iter()
        .find(|result| result["ruleId"] == "initial-version-duplicate")
        .expect("it is found");
    let uri = "/physicalLocation/artifactLocation/uri";
    let place = &items(duplicate, "/locations")[0];
    assert_eq!(text(place, uri), "with%20space/t.yaml");
    let region = &place["physicalLocation"]["region"];
    assert_eq!(
        (
            &region["startLine"],
            &region["startColumn"],
            &region["endColumn"]
        ),
        (&11.into(), &29.into(), &30.into())
    );
    let related = &items(duplicate, "/relatedLocations")[0];
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 8);
    text(related, "/message/text");
}

#[test]
fn fingerprints_differ_and_outlive_lines_above() {
    let print = |sarif: &str| -> Vec<String> {
        let sarif: Value = serde_json::from_str(sarif).expect("JSON");
        let results = items(&sarif, "/runs/0/results");
        let print = "/partialFingerprints/primaryLocationLineHash";
        results
            .iter()
            .map(|result| text(result, print).to_owned())
            .collect()
    };
    let folder = Folder::new("sarif-prints").with("s.sh", SCRIPT);
    let arguments = [
        "check",
        "--format",
        "sarif",
        "--min-severity",
        "error",
        "s.sh",
    ];
    let before = print(&folder.run(&arguments).output);
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], before[1], "one line twice");
    folder.put("s.sh", format!("# new\n\n{SCRIPT}"));
    assert_eq!(print(&folder.run(&arguments).output), before);
}
