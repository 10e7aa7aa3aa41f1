//! Our verdict on a configuration is that of the real server.
//!
//! What core writes, the server must start on, with every value as it was typed. What core refuses is
//! written all the same, and must be refused by the server too, in the words that core repeats. Each
//! difference that is kept on purpose is a named entry in `differences.rs`.
//!
//! `ORACLE_SEED` chooses other cases, `ORACLE_CASES` another number of them per release.

mod differences;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use multicluster_core::model::RedirectionPolicy;
use multicluster_core::{
    Artifact, ArtifactId, ClusterDraft, ClusterField, Diagnostic, Draft, Path, Resolution, Setting,
    link, resolve,
};
use multicluster_oracle::forced;
use multicluster_oracle::generate::{Case, cases, mixed_cases};
use multicluster_oracle::judge::{
    Cluster, Config, Judge, Refusal, Release, RemoteTls, Stage, Verdict,
};
use multicluster_oracle::settings::Settings;

use differences::{Entry, KEPT, OTHER_WORDS, SAID_LATER, WITHOUT_WORDS, entries};

/// The seed of the cases that are known to meet every kept difference.
const SEED: u64 = 1;

/// How many drafts are judged for each release, unless `ORACLE_CASES` says otherwise.
const CASES: usize = 10_000;

/// What is wrong for one release and keeps back the files of all: the value is the same in each of them.
const KEPT_FOR_OTHERS: &[&str] = &["redirection-unknown"];

/// Drafts that chance brings too seldom.
const RARE: &[&str] = &[
    "v=1&increment=3000000000&cluster=a,127.0.0.1:7233,2147483647&cluster=b,127.0.0.1:8233,2",
    "v=1&increment=100&cluster=%ED%9F%BF,127.0.0.1:7233,&cluster=b,127.0.0.1:8233,2",
    "v=1&increment=100&cluster=%20a,,1&cluster=b,127.0.0.1:8233,2",
];

fn rare_case(release: Release, number: usize, link: &str) -> Case {
    let mut draft = link::decode(link).unwrap_or_else(|e| panic!("{link}: {e:?}"));
    release.tag().clone_into(&mut draft.server_version);
    Case {
        number,
        releases: vec![release; draft.clusters.len()],
        draft,
        right: false,
    }
}

#[test]
fn agrees_with_1_13_0() {
    judge_all(Release::V1_13_0);
}

#[test]
fn agrees_with_1_14_1() {
    judge_all(Release::V1_14_1);
}

#[test]
fn agrees_with_1_32_1() {
    judge_all(Release::V1_32_1);
}

fn judge_all(release: Release) {
    let settings = Settings::or(SEED, CASES);
    let Settings { seed, cases: count } = settings;
    let rare = (count..).zip(RARE);
    let rare = rare.map(|(number, link)| rare_case(release, number, link));
    let cases: Vec<Case> = cases(release, seed, count).chain(rare).collect();
    let mut tally = judge_cases(release.tag(), settings, &[release], &cases);
    tally.tell_differences(release, seed == SEED && count >= CASES);
    tally.assert_agreement(release.tag(), seed);
}

#[test]
fn agrees_where_clusters_run_different_releases() {
    let settings = Settings::or(SEED, CASES);
    let cases: Vec<Case> = mixed_cases(settings.seed, settings.cases).collect();
    let name = "mixed releases";
    let tally = judge_cases(name, settings, &Release::ALL, &cases);
    assert!(tally.written > 0 && tally.refused > 0 && tally.kept > 0);
    tally.assert_agreement(name, settings.seed);
}

/// Every file of these cases, judged by its own release.
fn judge_cases(name: &str, settings: Settings, releases: &[Release], cases: &[Case]) -> Tally {
    let Settings { seed, cases: count } = settings;
    println!("{name}: ORACLE_SEED={seed} ORACLE_CASES={count}");
    let mut judges: Vec<(Release, Judge)> = releases
        .iter()
        .map(|&release| (release, Judge::start(release)))
        .collect();
    let mut tally = Tally::default();
    for batch in cases.chunks(500) {
        let files: Vec<File> = batch
            .iter()
            .flat_map(|case| files(case, &mut tally))
            .collect();
        for (release, judge) in &mut judges {
            let own = files.iter().filter(|file| file.release() == *release);
            let own: Vec<&File> = own.collect();
            let texts: Vec<&str> = own.iter().map(|file| file.text.as_str()).collect();
            for (file, verdict) in own.iter().zip(judge.boot(&texts)) {
                tally.count(file, &verdict);
            }
        }
    }
    println!(
        "{name}: {} files written, {} refused by both, {} refused by core only, of {count} drafts",
        tally.written, tally.refused, tally.kept
    );
    tally
}

/// The file of one cluster, and what core says of it.
pub(crate) struct File<'c> {
    case: &'c Case,
    at: usize,
    /// The errors that keep core from writing it; then it is written all the same.
    blocked_by: Vec<Diagnostic>,
    text: String,
}

/// The files of a draft. Of a right one, core must write all.
fn files<'c>(case: &'c Case, tally: &mut Tally) -> Vec<File<'c>> {
    let resolution = resolve(&case.draft);
    let clusters = case.draft.clusters.iter().enumerate();
    let files: Vec<File> = clusters
        .map(|(at, cluster)| file(case, &resolution, at, cluster))
        .collect();
    if case.right {
        for file in files.iter().filter(|file| !file.blocked_by.is_empty()) {
            tally.disagree(file, "core refuses what is right");
        }
    }
    files
}

fn file<'c>(
    case: &'c Case,
    resolution: &Resolution,
    at: usize,
    cluster: &Rc<ClusterDraft>,
) -> File<'c> {
    let id = ArtifactId::Config(cluster.id);
    let mut outputs = resolution.outputs().iter();
    let Some(output) = outputs.find(|output| output.id == id) else {
        panic!("every cluster has a file: {}", link::encode(&case.draft))
    };
    let diagnostics = output.blocked_by.iter();
    let blocked_by: Vec<Diagnostic> = diagnostics
        .map(|&at| resolution.diagnostics()[at].clone())
        .collect();
    let text = resolution.render(id).as_ref().map(Artifact::text);
    assert_eq!(
        text.is_some(),
        blocked_by.is_empty(),
        "a file is written or refused: {}",
        link::encode(&case.draft)
    );
    File {
        case,
        at,
        blocked_by,
        text: text.unwrap_or_else(|| forced::file(case.releases[at], &case.draft, at)),
    }
}

impl File<'_> {
    /// The release of the server that reads it.
    fn release(&self) -> Release {
        self.case.releases[self.at]
    }

    /// Whether other clusters of the draft run another release.
    fn is_mixed(&self) -> bool {
        let mut releases = self.case.releases.iter();
        releases.any(|release| *release != self.release())
    }

    /// The cluster that it is for.
    fn own(&self) -> &ClusterDraft {
        &self.case.draft.clusters[self.at]
    }

    /// What the server must have read, taken from what was typed.
    fn expected(&self) -> Config {
        let draft = &self.case.draft;
        let (master, listed) = match self.release() {
            Release::V1_13_0 => (
                &draft.clusters[draft.master_position()],
                draft.clusters.as_slice(),
            ),
            Release::V1_14_1 | Release::V1_32_1 => {
                (&draft.clusters[self.at], &draft.clusters[self.at..=self.at])
            }
        };
        let entry = |cluster: &Rc<ClusterDraft>| {
            let values = Cluster {
                enabled: true,
                initial_failover_version: number(&cluster.initial_version),
                rpc_address: self.dialled(cluster).to_owned(),
                http_address: self.read_http_address(cluster),
            };
            (cluster.name.clone(), values)
        };
        Config {
            enable_global_namespace: true,
            failover_version_increment: number(&draft.increment),
            master_cluster_name: master.name.clone(),
            current_cluster_name: self.own().name.clone(),
            cluster_information: listed.iter().map(entry).collect(),
            remote_tls: self.remote_tls(),
            redirection: draft
                .redirection
                .map_or("", RedirectionPolicy::name)
                .to_owned(),
        }
    }

    /// Where a cluster is reached by the one that the file is for.
    fn dialled<'c>(&self, cluster: &'c ClusterDraft) -> &'c str {
        let seen = cluster.field(ClusterField::AddressFrom(self.own().id));
        if seen.is_empty() {
            &cluster.rpc_address
        } else {
            seen
        }
    }

    /// How the others are dialled, put together the slow and simple way.
    fn remote_tls(&self) -> BTreeMap<String, RemoteTls> {
        let draft = &self.case.draft;
        let mut hosts = BTreeMap::new();
        if !draft.tls || self.release() != Release::V1_32_1 {
            return hosts;
        }
        let text = |setting| draft.settings.get(setting).to_owned();
        let ca = text(Setting::TlsCa);
        for (at, other) in draft.clusters.iter().enumerate() {
            if at == self.at {
                continue;
            }
            // Only a release that reads the address tells it to others.
            let http = match self.case.releases[at] {
                Release::V1_32_1 => &other.http_address,
                Release::V1_13_0 | Release::V1_14_1 => "",
            };
            for address in [self.dialled(other), http] {
                let Some((host, _)) = address.rsplit_once(':') else {
                    continue;
                };
                let remote = RemoteTls {
                    enabled: true,
                    server_name: other.tls_server_name.clone(),
                    root_ca_files: (!ca.is_empty()).then(|| ca.clone()).into_iter().collect(),
                    cert_file: text(Setting::TlsCertificate),
                    key_file: text(Setting::TlsKey),
                };
                let host = host.trim_matches(['[', ']']).to_owned();
                hosts.entry(host).or_insert(remote);
            }
        }
        hosts
    }

    /// The address as the release reads it: the older ones do not.
    fn read_http_address(&self, cluster: &ClusterDraft) -> String {
        match self.release() {
            Release::V1_13_0 | Release::V1_14_1 => String::new(),
            Release::V1_32_1 => cluster.http_address.trim().to_owned(),
        }
    }

    /// Whether a problem is one of a cluster that the server never sees: the YAML reader of 1.13
    /// keeps the last of two equal keys. (That there are two is a problem of its own.)
    fn hides(&self, found: &Diagnostic) -> bool {
        let clusters = &self.case.draft.clusters;
        let is_replaced = |at: usize| {
            let mut later = clusters[at + 1..].iter();
            later.any(|other| other.name == clusters[at].name)
        };
        self.release() == Release::V1_13_0
            && found.code.as_str() != "name-duplicate"
            && found.paths().any(|path| match path {
                Path::Cluster(at, ..) => is_replaced(at),
                // Whether there are too many clusters for it.
                Path::Increment => {
                    found.code.as_str() == "increment-too-small"
                        && (0..clusters.len()).any(is_replaced)
                }
                _ => false,
            })
    }

    /// Everything that is needed to look into a disagreement.
    fn tell(&self, what: &str) -> String {
        let core: Vec<String> = self
            .blocked_by
            .iter()
            .map(|found| {
                format!(
                    "{} at {}, server: {:?}",
                    found.code, found.path, found.server
                )
            })
            .collect();
        format!(
            "case {}, cluster {}: {what}\n  link: {}\n  core: {core:?}\n{}",
            self.case.number,
            self.at + 1,
            link::encode(&self.case.draft),
            self.text
        )
    }
}

fn number(text: &str) -> i64 {
    let number = text.trim().parse();
    number.unwrap_or_else(|e| panic!("core has taken {text:?} for a number: {e}"))
}

/// The text that was typed where a problem is.
fn typed(draft: &Draft, path: Path) -> &str {
    match path {
        Path::ServerVersion => &draft.server_version,
        Path::Increment => &draft.increment,
        Path::Cluster(at, _, field) => draft.clusters[at].field(field),
        Path::Setting(setting) => draft.settings.get(setting),
        Path::Tool | Path::Master | Path::Redirection | Path::Tls | Path::Clusters => "",
    }
}

/// What came of all files so far.
#[derive(Default)]
struct Tally {
    written: usize,
    refused: usize,
    kept: usize,
    /// Disagreements by what core says, each with the number of files and the first of them.
    wrong: BTreeMap<String, (usize, String)>,
    /// How many files needed each entry of `differences.rs`.
    used: BTreeMap<Entry, usize>,
}

impl Tally {
    /// Fails with the first file of each kind of disagreement.
    fn assert_agreement(&self, name: &str, seed: u64) {
        let wrong = self.wrong.iter();
        let told = wrong.map(|(kind, (files, first))| format!("{kind} ({files} times)\n{first}"));
        let told: Vec<String> = told.collect();
        assert!(
            told.is_empty(),
            "{name}, ORACLE_SEED={seed}: core and the server disagree\n{}",
            told.join("\n")
        );
    }

    fn count(&mut self, file: &File, verdict: &Verdict) {
        let agreed = if file.blocked_by.is_empty() {
            self.written += 1;
            written(file, verdict)
        } else {
            match &verdict.boot {
                Ok(()) => {
                    self.kept += 1;
                    self.started(file)
                }
                Err(refusal) => {
                    self.refused += 1;
                    self.refused(file, refusal)
                }
            }
        };
        if let Err(what) = agreed {
            self.disagree(file, &what);
        }
    }

    fn disagree(&mut self, file: &File, what: &str) {
        let codes: Vec<&str> = file
            .blocked_by
            .iter()
            .map(|found| found.code.as_str())
            .collect();
        let kind = format!("{codes:?}");
        let seen = self.wrong.entry(kind);
        seen.or_insert_with(|| (0, file.tell(what))).0 += 1;
    }

    /// The server starts on a file that core refuses: every reason of core must be a kept one.
    fn started(&mut self, file: &File) -> Result<(), String> {
        let release = file.release();
        let is_mixed = file.is_mixed();
        let mut entries = BTreeSet::new();
        for found in file.blocked_by.iter().filter(|found| !file.hides(found)) {
            if is_mixed && KEPT_FOR_OTHERS.contains(&found.code.as_str()) {
                continue;
            }
            let text = typed(&file.case.draft, found.path);
            let kept = KEPT.iter().position(|kept| {
                kept.code == found.code.as_str()
                    && kept.releases.contains(&release)
                    && (kept.with)(text)
            });
            let Some(kept) = kept else {
                return Err(format!("the server starts, and core says {}", found.code));
            };
            entries.insert(("KEPT", kept));
            if let Some(words) = &found.server
                && !KEPT[kept].words_elsewhere
                && !is_mixed
            {
                let Some(later) = said_later(release, words) else {
                    return Err(format!("the server starts, and never says {words:?}"));
                };
                entries.insert(("SAID_LATER", later));
            }
        }
        for entry in entries {
            *self.used.entry(entry).or_default() += 1;
        }
        Ok(())
    }

    /// The server refuses what core refuses: for a reason of core, in the words that core repeats.
    fn refused(&mut self, file: &File, refusal: &Refusal) -> Result<(), String> {
        let release = file.release();
        let said = &refusal.message;
        let predicted = |found: &Diagnostic| match &found.server {
            Some(words) => is_same(words, said) && refusal.stage == Stage::Validate,
            None => false,
        };
        // A problem repeats the words of one release only.
        if file.is_mixed() || file.blocked_by.iter().any(predicted) {
            return Ok(());
        }
        for found in &file.blocked_by {
            let code = found.code.as_str();
            let entry = match &found.server {
                Some(words) => OTHER_WORDS
                    .iter()
                    .position(|other| {
                        other.codes.contains(&code)
                            && other.releases.contains(&release)
                            && (other.same)(file, words, said)
                    })
                    .map(|entry| ("OTHER_WORDS", entry)),
                None => {
                    let text = typed(&file.case.draft, found.path);
                    WITHOUT_WORDS
                        .iter()
                        .position(|silent| {
                            silent.codes.contains(&code)
                                && silent.releases.contains(&release)
                                && (silent.said)(file, text, refusal)
                        })
                        .map(|entry| ("WITHOUT_WORDS", entry))
                }
            };
            if let Some(entry) = entry {
                *self.used.entry(entry).or_default() += 1;
                return Ok(());
            }
        }
        Err(format!("the server says {refusal:?}"))
    }

    /// Tells how often each difference was met. One that no file has says what is no longer true.
    fn tell_differences(&mut self, release: Release, all_are_met: bool) {
        for (entry, what, reason) in entries(release) {
            let files = self.used.get(&entry).copied().unwrap_or(0);
            println!("{release}: {} {what:?} ({files} files): {reason}", entry.0);
            if all_are_met && files == 0 {
                let unused = format!("{entry:?}, {what:?}, is a difference no more");
                self.wrong.insert(unused, (0, String::new()));
            }
        }
    }
}

/// A file that core writes: the server starts, ignores nothing, and has every value.
fn written(file: &File, verdict: &Verdict) -> Result<(), String> {
    if let Err(refusal) = &verdict.boot {
        return Err(format!("the server refuses: {refusal:?}"));
    }
    if let Err(unread) = &verdict.strict {
        return Err(format!("the server ignores something: {unread}"));
    }
    let expected = file.expected();
    if verdict.config.as_ref() != Some(&expected) {
        return Err(format!("the server has read {:?}", verdict.config));
    }
    Ok(())
}

fn said_later(release: Release, words: &str) -> Option<usize> {
    SAID_LATER
        .iter()
        .position(|later| later.releases.contains(&release) && words.starts_with(later.begin))
}

/// Whether core's words are the server's; `…` stands for anything.
fn is_same(core: &str, said: &str) -> bool {
    if core == said {
        return true;
    }
    core.split_once("map[…]").is_some_and(|(before, after)| {
        let inside = said
            .strip_prefix(before)
            .and_then(|rest| rest.strip_suffix(after));
        inside.is_some_and(|map| map.starts_with("map[") && map.ends_with(']'))
    })
}
