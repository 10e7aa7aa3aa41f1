//! What is imported from a configuration file is what the real server reads in it.
//!
//! Where a server reads another value than the import, the import has said so, in a finding whose
//! difference is a named entry in `differences.rs`; where a server refuses to read a file, the import
//! has found an error in it.
//!
//! `ORACLE_SEED` chooses other texts, `ORACLE_CASES` another number of them.

mod differences;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use multicluster_core::observed::{Entry, RemoteTls, Told, View, ViewKind};
use multicluster_import::{Finding, Source, import};
use multicluster_oracle::judge::{Cluster, Config, Judge, Release, Stage, Verdict};
use multicluster_oracle::settings::Settings;
use multicluster_oracle::texts;

use differences::{KEPT, UNSAID};

/// The seed of the texts that are known to meet every kept difference.
const SEED: u64 = 1;

/// How many texts are judged, unless `ORACLE_CASES` says otherwise.
const CASES: usize = 20_000;

/// Texts that chance brings too seldom.
const RARE: &[&str] = &[
    "clusterMetadata: {currentClusterName: a, clusterInformation: {?a: {initialFailoverVersion: 1}}}",
    "clusterMetadata: {enableGlobalDomain: true, primaryClusterName: a, currentClusterName: a, clusterInformation: {a: {rpcName: b}}}",
    "b: &b {enabled: true}\nclusterMetadata:\n  currentClusterName: a\n  clusterInformation: {a: {<<: *b, enabled: false, <<: *b}}\n",
    "clusterMetadata:\n  currentClusterName: a\n  clusterInformation:\n    a:\n      rpcAddress: |\n        a:1",
    "clusterMetadata:\n  currentClusterName: a\n  clusterInformation:\n    a:\n      rpcAddress: |\n        a:1\n",
    "# enable-template\nclusterMetadata: {currentClusterName: a, clusterInformation: {a: {}}} # {{ x }}",
];

#[test]
fn what_is_imported_is_what_1_13_0_reads() {
    judge_all(Release::V1_13_0);
}

#[test]
fn what_is_imported_is_what_1_14_1_reads() {
    judge_all(Release::V1_14_1);
}

#[test]
fn what_is_imported_is_what_1_32_1_reads() {
    judge_all(Release::V1_32_1);
}

fn judge_all(release: Release) {
    let Settings { seed, cases: count } = Settings::or(SEED, CASES);
    println!("{release}: ORACLE_SEED={seed} ORACLE_CASES={count}");
    let mut judge = Judge::start(release);
    let mut tally = Tally::new(release);
    let texts = (0..count).map(|number| texts::text(seed, number));
    let rare = RARE.iter().map(|text| (*text).to_owned());
    let texts: Vec<String> = texts.chain(rare).collect();
    for batch in texts.chunks(500) {
        for (text, verdict) in batch.iter().zip(judge.boot(batch)) {
            tally.count(text, &verdict);
        }
    }
    println!(
        "{release}: {} read alike, {} refused and said to be wrong, {} kept differences, of {count} texts",
        tally.alike, tally.refused, tally.kept
    );
    tally.conclude(seed == SEED && count >= CASES);
}

/// The kept samples are not all files that a server reads. Of those that it reads, it reads the same.
#[test]
fn samples_are_imported_as_servers_read_them() {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../crates/import/tests/samples");
    let files = fs::read_dir(folder).expect("the folder of samples");
    let paths = files.map(|file| file.expect("a file").path());
    let texts: Vec<String> = paths
        .filter(|path| {
            path.extension()
                .is_none_or(|extension| extension != "expect")
        })
        .map(|path| fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
        .collect();
    for release in Release::ALL {
        let mut tally = Tally::new(release);
        for (text, verdict) in texts.iter().zip(Judge::start(release).boot(&texts)) {
            if verdict.config.is_some() {
                tally.count(text, &verdict);
            }
        }
        println!("{release}: {} alike, {} kept", tally.alike, tally.kept);
        assert!(
            tally.alike + tally.kept > 1,
            "{release}: servers read some samples"
        );
        tally.conclude(false);
    }
}

/// What came of all texts so far.
struct Tally {
    release: Release,
    alike: usize,
    refused: usize,
    kept: usize,
    /// How many texts needed each entry of `differences.rs`.
    used: BTreeMap<usize, usize>,
    /// Differences that are none of those, by their kind, each with the number of texts and the first.
    wrong: BTreeMap<String, (usize, String)>,
}

impl Tally {
    const fn new(release: Release) -> Self {
        Self {
            release,
            alike: 0,
            refused: 0,
            kept: 0,
            used: BTreeMap::new(),
            wrong: BTreeMap::new(),
        }
    }

    fn count(&mut self, text: &str, verdict: &Verdict) {
        let read = import(&[Source::new("judged.yaml", text)]);
        let view = read.observed.views.first();
        let view = view.filter(|view| view.kind == ViewKind::ConfigFile);
        let refusal = verdict.boot.as_ref().err();
        if let Some(refusal) = refusal.filter(|refusal| refusal.stage == Stage::Parse) {
            if read.findings.iter().any(Finding::is_error) {
                self.refused += 1;
                return;
            }
            return self.unsaid(text, &read.findings, &refusal.message);
        }
        let server = verdict.config.clone().unwrap_or_else(nothing);
        let mut ours = view.map_or_else(nothing, config);
        if self.release != Release::V1_32_1 {
            let clusters = ours.cluster_information.values_mut();
            clusters.for_each(|cluster| cluster.http_address.clear());
            ours.remote_tls.clear();
        }
        if ours == server {
            self.alike += 1;
            return;
        }
        let (what, kind) = difference(&ours, &server);
        self.differs(text, &read.findings, &what, &kind);
    }

    /// A refusal of which the import tells nothing.
    fn unsaid(&mut self, text: &str, findings: &[Finding], message: &str) {
        let is_it = |unsaid: &differences::Unsaid| {
            unsaid.releases.contains(&self.release) && message.contains(unsaid.words)
        };
        if let Some(at) = UNSAID.iter().position(is_it) {
            self.kept += 1;
            *self.used.entry(KEPT.len() + at).or_default() += 1;
            return;
        }
        let what = format!("refused: {message}");
        self.differs(text, findings, &what, &wording(message));
    }

    fn differs(&mut self, text: &str, findings: &[Finding], what: &str, kind: &str) {
        let codes: BTreeSet<&str> = findings.iter().map(Finding::code).collect();
        let is_it = |kept: &differences::Kept| {
            kept.releases.contains(&self.release)
                && (kept.code.is_empty() || codes.contains(kept.code))
                && text.contains(kept.text)
        };
        if let Some(at) = KEPT.iter().position(is_it) {
            self.kept += 1;
            *self.used.entry(at).or_default() += 1;
            return;
        }
        let told = format!("{what}\nfound {codes:?} in\n{text:?}\n{text}");
        let kind = format!("{kind} {codes:?}");
        let seen = self.wrong.entry(kind).or_insert_with(|| (0, told.clone()));
        seen.0 += 1;
        if told.len() < seen.1.len() {
            seen.1 = told;
        }
    }

    fn conclude(&self, meets_all: bool) {
        let wrong = self.wrong.iter();
        let wrong: Vec<String> = wrong
            .map(|(kind, (texts, first))| format!("== {kind} ({texts} times)\n{first}"))
            .collect();
        assert!(
            wrong.is_empty(),
            "{}: import and server differ\n{}",
            self.release,
            wrong.join("\n")
        );
        let kept = KEPT
            .iter()
            .map(|kept| (kept.releases, kept.code, kept.reason));
        let unsaid = UNSAID
            .iter()
            .map(|unsaid| (unsaid.releases, unsaid.words, unsaid.reason));
        for (at, (releases, what, reason)) in kept.chain(unsaid).enumerate() {
            if releases.contains(&self.release) {
                let used = self.used.get(&at).copied().unwrap_or(0);
                println!("{}: {used} times {what}: {reason}", self.release);
                assert!(
                    used > 0 || !meets_all,
                    "{}: no text meets {what}",
                    self.release
                );
            }
        }
    }
}

const fn nothing() -> Config {
    Config {
        enable_global_namespace: false,
        failover_version_increment: 0,
        master_cluster_name: String::new(),
        current_cluster_name: String::new(),
        cluster_information: BTreeMap::new(),
        redirection: String::new(),
        remote_tls: BTreeMap::new(),
    }
}

/// What was imported, with Go's zero in the place of what was not told.
fn config(view: &View) -> Config {
    Config {
        enable_global_namespace: value(view.global_namespace.as_ref()),
        failover_version_increment: value(view.increment.as_ref()),
        master_cluster_name: value(view.master.as_ref()),
        current_cluster_name: value(view.of.as_ref()),
        cluster_information: view.entries.iter().map(entry).collect(),
        redirection: value(view.redirection.as_ref()),
        remote_tls: view.remote_tls.iter().map(dialled).collect(),
    }
}

fn dialled(entry: &RemoteTls) -> (String, multicluster_oracle::judge::RemoteTls) {
    let [certificate, key] = entry.shown();
    let values = multicluster_oracle::judge::RemoteTls {
        enabled: entry.is_on(),
        server_name: value(entry.server_name.as_ref()),
        root_ca_files: entry.ca_files.iter().map(|ca| ca.value.clone()).collect(),
        cert_file: certificate.to_owned(),
        key_file: key.to_owned(),
    };
    (entry.host.value.clone(), values)
}

fn entry(entry: &Entry) -> (String, Cluster) {
    let values = Cluster {
        enabled: value(entry.enabled.as_ref()),
        initial_failover_version: value(entry.initial_version.as_ref()),
        rpc_address: value(entry.rpc_address.as_ref()),
        http_address: value(entry.http_address.as_ref()),
    };
    (value(entry.name.as_ref()), values)
}

fn value<T: Clone + Default>(told: Option<&Told<T>>) -> T {
    told.map(|told| told.value.clone()).unwrap_or_default()
}

/// The words of a refusal without its place and values.
fn wording(message: &str) -> String {
    let message = message.replace("config file corrupted: ", "");
    let words = message.lines().last().unwrap_or_default().split(['`', '"']);
    let words: String = words.step_by(2).collect();
    let words: String = words.chars().filter(|c| !c.is_ascii_digit()).collect();
    format!("refused: {words}")
}

/// Both, and in which values they differ.
fn difference(ours: &Config, server: &Config) -> (String, String) {
    let (of_ours, of_server) = (values(ours), values(server));
    let keys: BTreeSet<&String> = of_ours.keys().chain(of_server.keys()).collect();
    let differ = keys
        .into_iter()
        .filter(|key| of_ours.get(*key) != of_server.get(*key));
    let differ: Vec<&str> = differ.map(String::as_str).collect();
    let kind: BTreeSet<&str> = differ
        .iter()
        .filter_map(|key| key.rsplit('.').next())
        .collect();
    let told = differ.iter().map(|key| {
        let shown = |values: &BTreeMap<String, String>| values.get(*key).cloned();
        format!(
            "{key}: imported {:?}, server {:?}\n",
            shown(&of_ours),
            shown(&of_server)
        )
    });
    (told.collect(), Vec::from_iter(kind).join(", "))
}

/// Every value by its path.
fn values(config: &Config) -> BTreeMap<String, String> {
    let shared = [
        (
            "enableGlobalNamespace",
            config.enable_global_namespace.to_string(),
        ),
        (
            "failoverVersionIncrement",
            config.failover_version_increment.to_string(),
        ),
        ("masterClusterName", config.master_cluster_name.clone()),
        ("currentClusterName", config.current_cluster_name.clone()),
        ("redirection", config.redirection.clone()),
    ];
    let mut values: BTreeMap<String, String> =
        shared.map(|(key, value)| (key.to_owned(), value)).into();
    for (name, cluster) in &config.cluster_information {
        values.extend([
            (format!("{name:?}.entry"), String::new()),
            (format!("{name:?}.enabled"), cluster.enabled.to_string()),
            (
                format!("{name:?}.initialFailoverVersion"),
                cluster.initial_failover_version.to_string(),
            ),
            (format!("{name:?}.rpcAddress"), cluster.rpc_address.clone()),
            (
                format!("{name:?}.httpAddress"),
                cluster.http_address.clone(),
            ),
        ]);
    }
    let hosts = config.remote_tls.iter();
    values.extend(hosts.map(|(host, dialled)| (format!("{host:?}.tls"), format!("{dialled:?}"))));
    values
}
