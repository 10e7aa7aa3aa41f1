//! Puts what was read into a draft, by the same edits that a person makes: so that one undo takes it
//! all back, and nothing that was there is lost.
//!
//! Every cluster that a server or a configuration file names is marked as running, with what was
//! told of it. A file may also be that of a cluster which was never started; but most are not, and to
//! say that such a cluster is planned takes one click, while a number that was changed in silence
//! costs the database of a cluster that runs.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use multicluster_core::model::{HostPort, RedirectionPolicy, Tool};
use multicluster_core::observed::{
    Location, Merged, ObservedCluster, Told, View, ViewKind, endpoint, is_same_endpoint,
};
use multicluster_core::release::{Capability, ServerVersion};
use multicluster_core::{ClusterField, ClusterId, Draft, Edit, Running, Setting};

use crate::identity::{self, Chosen};
use crate::network::Network;
use crate::worth::Worse;
use crate::{Import, KeptDraft};

/// What happens to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// A cluster is new; `to` is its name.
    Added,
    /// A value becomes another one.
    Changed,
    /// A value that had been assigned, and not typed, makes room for an imported one.
    Reassigned,
    /// A cluster runs; `from` and `to` are what it was said to run with, in words.
    Marked,
    /// A value stays: `from`; `to` was read, and is of less use.
    Stays(Worse),
}

/// One thing that an import adds or changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What happens.
    pub kind: ChangeKind,
    /// The cluster, by the name it has afterwards; `None` for what all share.
    pub cluster: Option<String>,
    /// The value: its key in paths of diagnostics, such as `rpcAddress`, or `running`.
    pub field: &'static str,
    /// What was there; empty where nothing was.
    pub from: String,
    /// What is there afterwards.
    pub to: String,
    /// Where it was read.
    pub at: Option<Location>,
}

impl Import {
    /// The draft with everything imported, and what that adds or changes. A cluster that was read is
    /// one that is there where that is certain: see [`Self::identities`]. What a file does not tell
    /// stays as it was, or stays empty: nothing is invented for a cluster that runs.
    #[must_use]
    pub fn to_draft(&self, draft: &Draft) -> (Draft, Vec<Change>) {
        self.to_draft_as(draft, &Chosen::new())
    }

    /// As [`Self::to_draft`], where a person says which cluster is which. A cluster that was read under
    /// another name takes that name: the name of a cluster that runs can never change.
    #[must_use]
    pub fn to_draft_as(&self, draft: &Draft, chosen: &Chosen) -> (Draft, Vec<Change>) {
        let named = identity::names(draft).into_iter();
        let mut merge = Merge {
            draft: draft.clone(),
            changes: Vec::new(),
            imported: BTreeSet::new(),
            named: named.map(|(name, id)| (name.to_owned(), id)).collect(),
        };
        let identities = self.identities(draft, chosen).into_iter();
        let known = identities.filter_map(|of| Some((of.name, of.is?)));
        merge.named.extend(known);
        for kept in &self.drafts {
            merge.kept(kept);
        }
        let merged = self.observed.merge();
        merge.observed(&merged, &Network::of(&merged, &self.drafts));
        merge.tool(self, &merged, draft.clusters.is_empty());
        if let Some(master) = common_master(&self.observed.views) {
            merge.set_shared("masterClusterName", &master.value, Some(&master.at));
        }
        merge.make_room();
        (merge.draft, merge.changes)
    }
}

struct Merge {
    draft: Draft,
    changes: Vec<Change>,
    /// The clusters that were imported: their numbers stay.
    imported: BTreeSet<ClusterId>,
    /// The clusters by the names that were read: the first of each.
    named: BTreeMap<String, ClusterId>,
}

impl Merge {
    /// What is left empty there is not told.
    fn kept(&mut self, kept: &KeptDraft) {
        let from = &kept.draft;
        let at = Some(&kept.at);
        self.set_shared(RELEASE, &from.server_version, at);
        self.set_shared("tool", from.tool.program(), at);
        self.set_shared("failoverVersionIncrement", &from.increment, at);
        self.set_shared(
            REDIRECTION,
            from.redirection.map_or("", RedirectionPolicy::name),
            at,
        );
        self.set_shared(CLOUD, truth(from.keeps_cloud_open), at);
        self.set_shared(TLS, truth(from.tls), at);
        for setting in Setting::ALL {
            self.set_shared(setting.key(), from.settings.get(setting), at);
        }
        for cluster in &from.clusters {
            let id = self.cluster(&cluster.name, at);
            for field in FIELDS {
                self.set_told(id, field, cluster.field(field), at);
            }
            if let Some(running) = &cluster.running {
                self.mark(id, Running::clone(running), at);
            }
        }
        self.seen_from(from, at);
        let master = from.master.and_then(|id| from.cluster(id));
        if let Some(master) = master {
            self.set_shared("masterClusterName", &master.name, at);
        }
    }

    /// The tool that is in use. What a script calls, and what goes with a release, is for a draft that has nothing yet.
    fn tool(&mut self, read: &Import, merged: &Merged, is_new: bool) {
        if !read.drafts.is_empty() {
            return;
        }
        let seen = read.tool.as_ref().filter(|seen| is_new || seen.is_asked);
        if let Some(seen) = seen {
            return self.set_shared("tool", seen.tool.program(), Some(&seen.at));
        }
        let release = release(merged).filter(|_| is_new && read.tool.is_none());
        let has_no_tctl = |told: &Told<String>| {
            ServerVersion::parse(&told.value)
                .is_some_and(|release| release.has(Capability::ImagesWithoutTctl))
        };
        if let Some(told) = release.filter(has_no_tctl) {
            self.set_shared("tool", Tool::Temporal.program(), Some(&told.at));
        }
    }

    /// Where clusters reach each other, once all of them are there.
    fn seen_from(&mut self, from: &Draft, at: Option<&Location>) {
        for cluster in &from.clusters {
            for (by, address) in &cluster.seen_from {
                let by = from.cluster(*by).map_or("", |by| &by.name);
                let find = |name: &str| self.named.get(name).copied();
                if let (Some(of), Some(by)) = (find(&cluster.name), find(by)) {
                    self.set_told(of, ClusterField::AddressFrom(by), address, at);
                }
            }
        }
    }

    fn observed(&mut self, merged: &Merged, network: &Network<'_>) {
        let has_own_releases = self.releases(merged);
        if let Some(told) = merged
            .clusters
            .iter()
            .find_map(|cluster| cluster.increment.as_ref())
        {
            self.set_shared(
                "failoverVersionIncrement",
                &told.value.to_string(),
                Some(&told.at),
            );
        }
        if let Some(told) = common_redirection(merged) {
            self.set_shared(REDIRECTION, &told.value, Some(&told.at));
        }
        for cluster in &merged.clusters {
            self.observed_cluster(cluster, network, has_own_releases);
        }
        self.nameless(&merged.nameless);
        self.network(network);
    }

    /// The release of all clusters, unless others are known to run with it and told nothing. Whether
    /// clusters that told another one have it as their own.
    fn releases(&mut self, merged: &Merged) -> bool {
        let Some(told) = release(merged) else {
            return false;
        };
        let known = &self.draft.server_version;
        let differs = *known != told.value && ServerVersion::parse(known).is_some();
        let ids = merged.clusters.iter();
        let ids: BTreeSet<_> = ids.filter_map(|of| self.named.get(&of.name)).collect();
        let mut others = self.draft.clusters.iter();
        let have_it = others.any(|of| {
            of.running.is_some() && of.server_version.is_empty() && !ids.contains(&of.id)
        });
        if differs && have_it {
            return true;
        }
        self.set_shared(RELEASE, &told.value, Some(&told.at));
        releases_differ(merged)
    }

    /// How clusters reach each other, once all of them are there.
    fn network(&mut self, network: &Network<'_>) {
        for dialling in network.dialled() {
            let [of, by] = [dialling.to, dialling.from].map(|of| self.named.get(&of.name).copied());
            let (Some(of), Some(by)) = (of, by) else {
                continue;
            };
            let address = dialling.address;
            let field = ClusterField::AddressFrom(by);
            let Some(known) = self.draft.cluster(of) else {
                continue;
            };
            let is_at_rpc = is_same_endpoint(&known.rpc_address, &address.value);
            if !is_at_rpc && dialling.is_at_rpc() {
                // The RPC address that was read is not the one that is there, which was of more use.
                continue;
            }
            let text = if is_at_rpc { "" } else { &*address.value };
            if known.field(field) != text {
                self.set(of, field, text, Some(&address.at));
            }
        }
        let Some(tls) = network.tls() else { return };
        self.set_shared(TLS, truth(true), Some(&tls.at));
        let settings = [Setting::TlsCa, Setting::TlsCertificate, Setting::TlsKey];
        for (setting, file) in settings
            .into_iter()
            .zip(network.tls_files().into_iter().flatten())
        {
            self.set_shared(setting.key(), file, Some(&tls.at));
        }
        for names in network.tls_names() {
            let (by, name) = names.told[0];
            let at = name.map_or(&by.remote_tls[0].host.at, |name| &name.at);
            let name = name.map_or("", |name| &name.value);
            if let Some(of) = self.named.get(&names.of.name).copied() {
                self.set_told(of, ClusterField::TlsServerName, name, Some(at));
            }
        }
    }

    fn observed_cluster(
        &mut self,
        cluster: &ObservedCluster,
        network: &Network<'_>,
        has_own_release: bool,
    ) {
        let number = |told: &Option<Told<i64>>| {
            told.as_ref()
                .map(|told| (told.value.to_string(), told.at.clone()))
        };
        let text = |told: &Option<Told<String>>| {
            told.as_ref()
                .map(|told| (told.value.clone(), told.at.clone()))
        };
        let values = [
            (ClusterField::RpcAddress, text(&cluster.rpc_address)),
            (ClusterField::HttpAddress, text(&cluster.http_address)),
            (
                ClusterField::InitialFailoverVersion,
                number(&cluster.initial_version),
            ),
            (ClusterField::HistoryShards, number(&cluster.history_shards)),
            (
                ClusterField::ServerVersion,
                own_release(cluster, has_own_release).map(|told| (told.value, told.at)),
            ),
        ];
        let at = values
            .iter()
            .find_map(|(_, value)| value.as_ref().map(|(_, at)| at.clone()));
        let id = self.cluster(&cluster.name, at.as_ref());
        self.reached_by_others(id, cluster, network);
        for (field, value) in values {
            if let Some((value, at)) = value {
                self.set(id, field, &value, Some(&at));
            }
        }
        self.mark(id, told_running(cluster), at.as_ref());
    }

    /// Where others dial a cluster that has for itself, and here, no address but one on its own machine.
    fn reached_by_others(
        &mut self,
        id: ClusterId,
        cluster: &ObservedCluster,
        network: &Network<'_>,
    ) {
        let field = ClusterField::RpcAddress;
        let known = self.draft.cluster(id).map_or("", |of| of.field(field));
        let is_known = HostPort::parse(known).is_ok_and(|known| known.is_dialable());
        if let Some(told) = network.rpc_of(cluster).filter(|_| !is_known) {
            self.set(id, field, &told.value, Some(&told.at));
        }
    }

    /// Says that a cluster runs. What was known of it and is not told again stays.
    fn mark(&mut self, id: ClusterId, told: Running, at: Option<&Location>) {
        let before = self
            .draft
            .cluster(id)
            .and_then(|cluster| cluster.running.clone());
        let known = before.as_deref().cloned().unwrap_or_default();
        let told_or = |told: String, known: String| if told.is_empty() { known } else { told };
        let running = Running {
            name: told_or(told.name, known.name),
            initial_version: told_or(told.initial_version, known.initial_version),
            increment: told_or(told.increment, known.increment),
            history_shards: told_or(told.history_shards, known.history_shards),
        };
        if before.as_deref() != Some(&running) {
            let from = before.as_deref().map_or(String::new(), in_words);
            let to = in_words(&running);
            self.draft
                .apply(&Edit::SetRunning(id, Some(Rc::new(running))));
            self.change(ChangeKind::Marked, Some(id), "running", from, &to, at);
        }
    }

    /// Clusters of which a script tells the address only: a person must tell their names and numbers.
    fn nameless(&mut self, addresses: &[Told<String>]) {
        let clusters = self.draft.clusters.iter();
        let known = clusters.flat_map(|it| [&it.rpc_address, &it.admin_address]);
        let mut known: BTreeSet<String> = known.map(|address| endpoint(address)).collect();
        for address in addresses {
            if known.insert(endpoint(&address.value)) {
                let id = self.add("", Some(&address.at));
                let field = ClusterField::RpcAddress;
                self.set(id, field, &address.value, Some(&address.at));
            }
        }
    }

    /// The cluster with this name: one that is there, or a new one of which nothing else is known.
    fn cluster(&mut self, name: &str, at: Option<&Location>) -> ClusterId {
        let known = self.named.get(name).filter(|_| !name.is_empty());
        match known.copied() {
            Some(id) => {
                self.imported.insert(id);
                self.set(id, ClusterField::Name, name, at);
                id
            }
            None => self.add(name, at),
        }
    }

    fn add(&mut self, name: &str, at: Option<&Location>) -> ClusterId {
        let id = self.draft.add_named(name);
        self.imported.insert(id);
        self.named.entry(name.to_owned()).or_insert(id);
        self.change(
            ChangeKind::Added,
            Some(id),
            ClusterField::Name.key(),
            String::new(),
            name,
            at,
        );
        id
    }

    /// As [`Self::set`], where an empty text tells nothing.
    fn set_told(&mut self, id: ClusterId, field: ClusterField, text: &str, at: Option<&Location>) {
        if !text.is_empty() {
            self.set(id, field, text, at);
        }
    }

    /// Sets a value, unless it is of less use than what is there.
    fn set(&mut self, id: ClusterId, field: ClusterField, text: &str, at: Option<&Location>) {
        let before = self
            .draft
            .cluster(id)
            .map_or(String::new(), |cluster| cluster.field(field).to_owned());
        if let Some(worse) = Worse::of(field, text, &before).filter(|_| !text.is_empty()) {
            let kind = ChangeKind::Stays(worse);
            return self.change(kind, Some(id), field.key(), before, text, at);
        }
        // Also where it is the same: a number that runs somewhere is no longer assigned.
        self.draft
            .apply(&Edit::SetField(id, field, text.to_owned()));
        if before != text {
            self.change(ChangeKind::Changed, Some(id), field.key(), before, text, at);
        }
    }

    fn set_shared(&mut self, field: &'static str, text: &str, at: Option<&Location>) {
        let before = shared(&self.draft, field);
        if text.is_empty() {
            return;
        }
        if field == RELEASE
            && let Some(worse) = Worse::of_release(text, &before)
        {
            return self.change(ChangeKind::Stays(worse), None, field, before, text, at);
        }
        let edit = match field {
            RELEASE => Some(Edit::SetServerVersion(text.to_owned())),
            "failoverVersionIncrement" => Some(Edit::SetIncrement(text.to_owned())),
            "tool" => Tool::from_program(text).map(Edit::SetTool),
            REDIRECTION => Some(Edit::SetRedirection(RedirectionPolicy::from_name(text))),
            CLOUD => Some(Edit::SetKeepsCloudOpen(text == truth(true))),
            TLS => Some(Edit::SetTls(text == truth(true))),
            "masterClusterName" => self.named.get(text).copied().map(Edit::SetMaster),
            key => setting(key).map(|setting| Edit::SetSetting(setting, text.to_owned())),
        };
        if let Some(edit) = edit.filter(|_| before != text) {
            self.draft.apply(&edit);
            self.change(ChangeKind::Changed, None, field, before, text, at);
        }
    }

    /// Automatic assignment gives way to numbers that run somewhere.
    fn make_room(&mut self) {
        let is_imported = |id: &ClusterId| self.imported.contains(id);
        let taken: BTreeSet<String> = self
            .draft
            .clusters
            .iter()
            .filter(|cluster| is_imported(&cluster.id))
            .map(|cluster| cluster.initial_version.clone())
            .collect();
        let in_the_way: Vec<(ClusterId, String)> = self
            .draft
            .clusters
            .iter()
            .filter(|cluster| {
                !is_imported(&cluster.id)
                    && cluster.automatic
                    && taken.contains(&cluster.initial_version)
            })
            .map(|cluster| (cluster.id, cluster.initial_version.clone()))
            .collect();
        for (id, before) in in_the_way {
            self.draft.apply(&Edit::AssignInitialVersion(id));
            let field = ClusterField::InitialFailoverVersion;
            let after = self
                .draft
                .cluster(id)
                .map_or(String::new(), |cluster| cluster.field(field).to_owned());
            self.change(
                ChangeKind::Reassigned,
                Some(id),
                field.key(),
                before,
                &after,
                None,
            );
        }
    }

    fn change(
        &mut self,
        kind: ChangeKind,
        id: Option<ClusterId>,
        field: &'static str,
        from: String,
        to: &str,
        at: Option<&Location>,
    ) {
        let cluster = id
            .and_then(|id| self.draft.cluster(id))
            .map(|cluster| cluster.name.clone());
        self.changes.push(Change {
            kind,
            cluster,
            field,
            from,
            to: to.to_owned(),
            at: at.cloned(),
        });
    }
}

const FIELDS: [ClusterField; 8] = [
    ClusterField::Name,
    ClusterField::RpcAddress,
    ClusterField::AdminAddress,
    ClusterField::HttpAddress,
    ClusterField::InitialFailoverVersion,
    ClusterField::HistoryShards,
    ClusterField::ServerVersion,
    ClusterField::TlsServerName,
];

/// What all share, by the keys of the topology file.
const RELEASE: &str = "serverVersion";
const REDIRECTION: &str = "dcRedirectionPolicy";
const CLOUD: &str = "keepTemporalCloudOpen";
const TLS: &str = "tls";

fn setting(key: &str) -> Option<Setting> {
    Setting::ALL
        .into_iter()
        .find(|setting| setting.key() == key)
}

const fn truth(value: bool) -> &'static str {
    if value { "true" } else { "" }
}

/// What can never change of a cluster that was seen, as far as it was told.
fn told_running(cluster: &ObservedCluster) -> Running {
    // Zero and less is what no server goes on with, so nothing runs with it.
    let number = |told: &Option<Told<i64>>| {
        let number = told.as_ref().map(|told| told.value);
        let number = number.filter(|number| *number > 0);
        number.map_or(String::new(), |number| number.to_string())
    };
    Running {
        name: cluster.name.clone(),
        initial_version: number(&cluster.initial_version),
        increment: number(&cluster.increment),
        history_shards: number(&cluster.history_shards),
    }
}

/// `initialFailoverVersion 1, failoverVersionIncrement 100`; the name alone where no number is known.
fn in_words(running: &Running) -> String {
    let known = [
        ("initialFailoverVersion", &running.initial_version),
        ("failoverVersionIncrement", &running.increment),
        ("historyShards", &running.history_shards),
    ];
    let known = known.iter().filter(|(_, text)| !text.is_empty());
    let words: Vec<String> = known.map(|(key, text)| format!("{key} {text}")).collect();
    if words.is_empty() {
        format!("name {}", running.name)
    } else {
        words.join(", ")
    }
}

/// A value that all clusters share, as text.
fn shared(draft: &Draft, field: &str) -> String {
    match field {
        RELEASE => draft.server_version.clone(),
        "failoverVersionIncrement" => draft.increment.clone(),
        "tool" => draft.tool.program().to_owned(),
        REDIRECTION => draft
            .redirection
            .map_or("", RedirectionPolicy::name)
            .to_owned(),
        CLOUD => truth(draft.keeps_cloud_open).to_owned(),
        TLS => truth(draft.tls).to_owned(),
        "masterClusterName" => draft
            .master
            .and_then(|id| draft.cluster(id))
            .map_or(String::new(), |cluster| cluster.name.clone()),
        key => setting(key)
            .map_or("", |setting| draft.settings.get(setting))
            .to_owned(),
    }
}

/// The release that a cluster told, and the row of the list of releases that it belongs to.
fn releases(merged: &Merged) -> impl Iterator<Item = (ServerVersion, &Told<String>)> {
    merged.clusters.iter().filter_map(|cluster| {
        let told = cluster.server_version.as_ref()?;
        Some((ServerVersion::parse(&told.value)?, told))
    })
}

/// The release of all servers, as it stands in the list of releases. Where they differ, it is that
/// of those of which nothing is told: the oldest, because its rules are the stricter ones.
fn release(merged: &Merged) -> Option<Told<String>> {
    let (version, told) = releases(merged).min_by_key(|(version, _)| *version)?;
    Some(Told::new(version.range().value.to_owned(), told.at.clone()))
}

fn releases_differ(merged: &Merged) -> bool {
    let mut ranges = releases(merged).map(|(version, _)| version.range());
    let first = ranges.next();
    ranges.any(|other| Some(other) != first)
}

/// The release of a cluster that told one: its own where not all have the same, else that of all.
fn own_release(cluster: &ObservedCluster, has_own: bool) -> Option<Told<String>> {
    let told = cluster.server_version.as_ref()?;
    let range = ServerVersion::parse(&told.value)?.range();
    let own = if has_own { range.value } else { "" };
    Some(Told::new(own.to_owned(), told.at.clone()))
}

/// The policy of all clusters that tell one; `None` where they differ.
fn common_redirection(merged: &Merged) -> Option<&Told<String>> {
    let clusters = merged.clusters.iter();
    let mut policies = clusters.filter_map(|cluster| cluster.redirection.as_ref());
    let first = policies.next()?;
    policies
        .all(|other| other.value == first.value)
        .then_some(first)
}

/// The master that all files name which list several clusters: those of the layout prior to 1.14.
fn common_master(views: &[View]) -> Option<&Told<String>> {
    let listing_several = views
        .iter()
        .filter(|view| view.kind == ViewKind::ConfigFile && view.entries.len() > 1);
    let mut masters = listing_several.filter_map(|view| view.master.as_ref());
    let first = masters.next()?;
    masters
        .all(|other| other.value == first.value)
        .then_some(first)
}
