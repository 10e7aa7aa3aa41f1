//! Drafts over the whole input space: about half of them right, most of the others wrong in one place.
//!
//! A draft is *right* by construction, not because a rule said so: that core writes all files of a right
//! draft is what keeps the rules from refusing too much.

use std::rc::Rc;

use multicluster_core::model::{RedirectionPolicy, Tool};
use multicluster_core::{ClusterDraft, ClusterField, Draft, Edit, Setting, Settings, resolve};
use multicluster_import::{Source, import};

use crate::judge::Release;
use crate::random::Random;
use crate::{texts, values};

const NEWEST: Release = Release::V1_32_1;

/// A draft for releases that can be judged.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its number, which brings it back.
    pub number: usize,
    /// Who judges the file of each cluster, by the place of the cluster.
    pub releases: Vec<Release>,
    /// What was typed.
    pub draft: Draft,
    /// Whether nothing is wrong with its configuration files. Something may be wrong with what is
    /// in no such file: the tool, an admin address, a number of shards.
    pub right: bool,
}

/// The first cases for a release. A larger count makes more of them, and the same ones before.
pub fn cases(release: Release, seed: u64, count: usize) -> impl Iterator<Item = Case> {
    (0..count).map(move |number| case(release, seed, number))
}

/// The same, of clusters that run different releases.
pub fn mixed_cases(seed: u64, count: usize) -> impl Iterator<Item = Case> {
    (0..count).map(move |number| mixed_case(seed, number))
}

fn mixed_case(seed: u64, number: usize) -> Case {
    let mut random = Random::of_case(seed, number);
    let random = &mut random;
    let of_all = random.pick(&Release::ALL);
    let mut draft = right_draft(random, of_all);
    let mut releases = Vec::new();
    for at in 0..draft.clusters.len() {
        let release = random.pick(&Release::ALL);
        if release != of_all {
            let own = server_version(random, release);
            own.clone_into(&mut cluster(&mut draft, at).server_version);
        }
        releases.push(release);
    }
    let policies = releases
        .iter()
        .min()
        .map_or(&[][..], |&oldest| known_policies(oldest));
    draft.redirection = draft.redirection.filter(|policy| policies.contains(policy));
    let is_right = random.percent(50);
    let release_of_all = draft.server_version.clone();
    if is_right {
        if random.percent(30) {
            with_tls(random, &mut draft);
        }
    } else {
        random.pick(FAULTS)(random, &mut draft);
    }
    draft.server_version = release_of_all;
    Case {
        number,
        releases,
        draft,
        right: is_right,
    }
}

fn case(release: Release, seed: u64, number: usize) -> Case {
    let mut random = Random::of_case(seed, number);
    let random = &mut random;
    if random.percent(15) {
        return imported_case(random, release, number);
    }
    let mut draft = right_draft(random, release);
    let faults = match random.below(100) {
        0..50 => 0,
        50..90 => 1,
        _ => random.between(2, 4),
    };
    let known_version = draft.server_version.clone();
    for _ in 0..faults {
        random.pick(FAULTS)(random, &mut draft);
    }
    // With TLS every file tells of every cluster, so that one fault keeps all of them from being written.
    if faults == 0 && random.percent(20) {
        with_tls(random, &mut draft);
    }
    if release != NEWEST {
        // While no release is known, core speaks of the newest one: that one judges it.
        draft.server_version = known_version;
    }
    if random.percent(20) {
        random.pick(OTHER_FAULTS)(random, &mut draft);
    }
    Case {
        number,
        releases: vec![release; draft.clusters.len()],
        draft,
        right: faults == 0,
    }
}

/// A draft that an import has filled in, from files that are right or wrong, alone or into one that was there.
fn imported_case(random: &mut Random, release: Release, number: usize) -> Case {
    let before = if random.percent(50) {
        right_draft(random, release)
    } else {
        Draft::empty()
    };
    let files = (0..random.between(1, 3)).map(|at| {
        let text = texts::random_text(random);
        Source::new(format!("{at}.yaml"), text)
    });
    let files: Vec<Source> = files.collect();
    let (mut draft, _) = import(&files).to_draft(&before);
    release.tag().clone_into(&mut draft.server_version);
    for at in 0..draft.clusters.len() {
        cluster(&mut draft, at).server_version.clear();
    }
    // As below: with TLS, one fault keeps all files from being written.
    if resolve(&draft).plan().is_none() {
        without_tls(&mut draft);
    }
    Case {
        number,
        releases: vec![release; draft.clusters.len()],
        draft,
        right: false,
    }
}

fn right_draft(random: &mut Random, release: Release) -> Draft {
    let clusters = match random.below(10) {
        0 => 1,
        1..5 => 2,
        _ => random.between(3, 8),
    };
    let mut draft = Draft::empty();
    draft.server_version = server_version(random, release).to_owned();
    draft.tool = random.pick(&Tool::ALL);
    let increment = right_increment(random, clusters);
    draft.increment = values::pasted(random, increment);
    let own_versions = random.percent(50);
    let shards = random.pick(&["", "4", "512"]);
    for at in 0..clusters {
        draft.apply(&Edit::AddCluster);
        let name = values::right_name(random);
        let name = free_name(&draft, name);
        let address = values::right_address(random, at);
        let has_admin_address = random.percent(10);
        let has_http_address = random.percent(10);
        let version = own_versions.then(|| free_version(random, &draft, increment));
        let cluster = cluster(&mut draft, at);
        cluster.name = name;
        cluster.rpc_address = address;
        shards.clone_into(&mut cluster.history_shards);
        if has_admin_address {
            cluster.admin_address = format!("admin-{at}.example:7233");
        }
        if has_http_address {
            cluster.http_address = format!("http-{at}.example:7243");
        }
        if let Some(version) = version {
            cluster.initial_version = values::pasted(random, version);
            cluster.automatic = false;
        }
    }
    if random.percent(30) {
        draft.redirection = Some(random.pick(known_policies(release)));
    }
    draft.keeps_cloud_open = random.percent(10);
    if random.percent(20) {
        run(random, &mut draft);
    }
    if random.percent(10) {
        // Its own release, which is that of all.
        let own = server_version(random, release);
        own.clone_into(&mut a_cluster(random, &mut draft).server_version);
    }
    if random.percent(50) {
        draft.master = Some(draft.clusters[random.below(clusters)].id);
    }
    if random.percent(10) {
        seen_otherwise(random, &mut draft);
    }
    draft
}

/// Some clusters run already, as they were drafted, or with something that is not known.
fn run(random: &mut Random, draft: &mut Draft) {
    for at in 0..draft.clusters.len() {
        if random.percent(60) {
            let mut running = draft.as_drafted(&draft.clusters[at]);
            match random.below(8) {
                0 => running.name.clear(),
                1 => running.initial_version.clear(),
                2 => running.increment.clear(),
                _ => {}
            }
            cluster(draft, at).running = Some(Rc::new(running));
        }
    }
}

fn server_version(random: &mut Random, release: Release) -> &'static str {
    match release {
        Release::V1_13_0 => random.pick(&["1.13.0", "1.13.0", "1.13", "v1.13.0", " 1.13.0\n"]),
        Release::V1_14_1 => random.pick(&["1.14.1", "1.14.1", "1.14.0", "v1.14.1"]),
        Release::V1_32_1 => random.pick(&["1.32.1", "1.32.1", "1.32", "v1.32.1"]),
    }
}

/// TLS between clusters, some of which are reached elsewhere by others.
fn without_tls(draft: &mut Draft) {
    draft.tls = false;
    draft.settings = Settings::default();
    for at in 0..draft.clusters.len() {
        cluster(draft, at).tls_server_name.clear();
    }
}

fn with_tls(random: &mut Random, draft: &mut Draft) {
    draft.apply(&Edit::SetTls(true));
    if random.percent(50) {
        let ca = values::right_name(random);
        draft.apply(&Edit::SetSetting(Setting::TlsCa, format!("/{ca}.pem")));
    }
    if random.percent(50) {
        for (setting, path) in [
            (Setting::TlsCertificate, "/c.pem"),
            (Setting::TlsKey, "/c.key"),
        ] {
            draft.apply(&Edit::SetSetting(setting, path.to_owned()));
        }
    }
    if random.percent(30) {
        // The same of all: two names at one host are wrong.
        for at in 0..draft.clusters.len() {
            cluster(draft, at).tls_server_name = "temporal.internal".to_owned();
        }
    }
    seen_otherwise(random, draft);
}

/// Addresses that are other ones for some clusters.
fn seen_otherwise(random: &mut Random, draft: &mut Draft) {
    let ids: Vec<_> = draft.clusters.iter().map(|cluster| cluster.id).collect();
    for (at, of) in ids.iter().enumerate() {
        let by = ids[random.below(ids.len())];
        if random.percent(30) {
            let address = format!("nat-{at}.example:7233");
            draft.apply(&Edit::SetField(*of, ClusterField::AddressFrom(by), address));
        }
    }
}

/// The policies that a release knows.
const fn known_policies(release: Release) -> &'static [RedirectionPolicy] {
    use RedirectionPolicy::{AllApis, Noop, SelectedApis};
    match release {
        Release::V1_13_0 | Release::V1_14_1 => &[Noop, SelectedApis],
        Release::V1_32_1 => &[Noop, SelectedApis, AllApis],
    }
}

/// An increment with room for so many clusters, some with no more than that.
fn right_increment(random: &mut Random, clusters: usize) -> usize {
    match random.below(10) {
        0..4 => 100,
        4 => 10,
        5 => 1_000_000,
        6 => i32::MAX as usize,
        7 => clusters + 1,
        _ => random.between(clusters + 1, 10_000),
    }
}

/// An initial version that no cluster before has, often the smallest or the largest possible.
fn free_version(random: &mut Random, draft: &Draft, increment: usize) -> usize {
    let last = increment - 1;
    loop {
        let version = match random.below(4) {
            0 => 1,
            1 => last,
            _ => random.between(1, last),
        };
        let others = draft.clusters[..draft.clusters.len() - 1].iter();
        let is_taken = |other: &Rc<ClusterDraft>| number(&other.initial_version) == Some(version);
        if !others.into_iter().any(is_taken) {
            return version;
        }
    }
}

/// The name, or another one if a cluster has it.
fn free_name(draft: &Draft, name: String) -> String {
    let names = || draft.clusters.iter().map(|cluster| &cluster.name);
    if names().any(|taken| *taken == name) {
        format!("cluster {} of {}", draft.clusters.len(), names().count())
    } else {
        name
    }
}

fn number(text: &str) -> Option<usize> {
    text.trim().parse().ok()
}

fn cluster(draft: &mut Draft, at: usize) -> &mut ClusterDraft {
    Rc::make_mut(&mut draft.clusters[at])
}

/// Any cluster.
fn a_cluster<'d>(random: &mut Random, draft: &'d mut Draft) -> &'d mut ClusterDraft {
    let at = random.below(draft.clusters.len());
    cluster(draft, at)
}

/// What one cluster has, given to another one; nothing if there is no other.
fn repeat(
    random: &mut Random,
    draft: &mut Draft,
    field: impl Fn(&mut ClusterDraft) -> &mut String,
) {
    let from = random.below(draft.clusters.len());
    let text = field(cluster(draft, from)).clone();
    let to = random.below(draft.clusters.len());
    *field(cluster(draft, to)) = text;
}

/// A cluster runs with something else than what is drafted, which can never change.
fn run_with_another(random: &mut Random, draft: &mut Draft) {
    let at = random.below(draft.clusters.len());
    let mut running = draft.as_drafted(&draft.clusters[at]);
    match random.below(3) {
        0 => running.name = values::right_name(random) + "-before",
        1 => running.initial_version = random.between(1, 1000).to_string(),
        _ => running.increment = random.between(1001, 2000).to_string(),
    }
    cluster(draft, at).running = Some(Rc::new(running));
}

type Fault = fn(&mut Random, &mut Draft);

/// What makes a configuration file wrong, or is refused all the same.
const FAULTS: &[Fault] = &[
    |random, draft| a_cluster(random, draft).name = values::wrong_name(random),
    |random, draft| a_cluster(random, draft).name = values::wrong_name(random),
    |random, draft| repeat(random, draft, |cluster| &mut cluster.name),
    |random, draft| a_cluster(random, draft).rpc_address = values::wrong_address(random),
    |random, draft| a_cluster(random, draft).rpc_address = values::wrong_address(random),
    |random, draft| repeat(random, draft, |cluster| &mut cluster.rpc_address),
    |random, draft| {
        a_cluster(random, draft).initial_version = match random.below(4) {
            0 => values::blank(random),
            1 => values::not_a_number(random),
            _ => values::far_number(random),
        }
    },
    |random, draft| {
        // The increment itself, and the numbers beside it.
        let increment = number(&draft.increment).unwrap_or(100);
        let above = random.pick(&[0, 0, 1, 2, 100]);
        a_cluster(random, draft).initial_version = (increment + above).to_string();
    },
    |random, draft| repeat(random, draft, |cluster| &mut cluster.initial_version),
    |random, draft| {
        draft.increment = match random.below(4) {
            0 => values::blank(random),
            1 => values::not_a_number(random),
            _ => values::far_number(random),
        }
    },
    |random, draft| draft.increment = random.between(1, draft.clusters.len()).to_string(),
    |random, draft| draft.server_version = values::wrong_server_version(random),
    |random, draft| a_cluster(random, draft).http_address = values::wrong_address(random),
    |random, draft| run_with_another(random, draft),
    |random, draft| {
        let [of, by] = [(); 2].map(|()| draft.clusters[random.below(draft.clusters.len())].id);
        let address = values::wrong_address(random);
        draft.apply(&Edit::SetField(of, ClusterField::AddressFrom(by), address));
    },
    // Right for the newest release only.
    |_, draft| draft.redirection = Some(RedirectionPolicy::AllApis),
];

/// What is wrong, or only doubtful, outside of the configuration files.
const OTHER_FAULTS: &[Fault] = &[
    |random, draft| a_cluster(random, draft).admin_address = values::wrong_address(random),
    |random, draft| a_cluster(random, draft).admin_address = "0.0.0.0:7233".to_owned(),
    |random, draft| repeat(random, draft, |cluster| &mut cluster.admin_address),
    |random, draft| a_cluster(random, draft).history_shards = values::not_a_number(random),
    |random, draft| a_cluster(random, draft).history_shards = values::far_number(random),
    |random, draft| a_cluster(random, draft).history_shards = "6".to_owned(),
];
