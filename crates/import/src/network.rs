//! What witnesses together say of how clusters reach each other: addresses that are other ones for some of
//! them, and TLS.

use std::collections::{BTreeMap, BTreeSet};

use multicluster_core::Draft;
use multicluster_core::model::HostPort;
use multicluster_core::observed::{
    Connection, Location, Merged, ObservedCluster, RemoteTls, Told, ViewKind, is_same_endpoint,
};

use crate::KeptDraft;
use crate::finding::{self, Finding, Kind};
use crate::formats::quoted;

/// One cluster that dials another one.
pub(crate) struct Dialling<'m> {
    pub(crate) from: &'m ObservedCluster,
    pub(crate) to: &'m ObservedCluster,
    /// Where.
    pub(crate) address: &'m Told<String>,
    /// Where the other one is reached by all that state nothing else.
    rpc: Option<&'m Told<String>>,
}

impl Dialling<'_> {
    /// Whether it is where the other one is reached by all that state nothing else.
    pub(crate) fn is_at_rpc(&self) -> bool {
        self.rpc
            .is_none_or(|rpc| is_same_endpoint(&rpc.value, &self.address.value))
    }
}

/// The names with which a cluster is dialled, and by whom; nothing where the host has to be its name.
pub(crate) struct Names<'m> {
    pub(crate) of: &'m ObservedCluster,
    pub(crate) told: Vec<(&'m ObservedCluster, Option<&'m Told<String>>)>,
}

/// What is used to dial: the certificate authority, the certificate and its key. Empty: none.
pub(crate) type Files<'m> = [&'m str; 3];

/// What was merged, found by name: there may be a connection for every pair of clusters.
pub(crate) struct Network<'m> {
    merged: &'m Merged,
    clusters: BTreeMap<&'m str, &'m ObservedCluster>,
    connections: BTreeMap<[&'m str; 2], &'m Connection>,
    /// Where clusters are to dial others by set-ups that people kept, if elsewhere.
    planned: BTreeMap<[&'m str; 2], &'m str>,
    /// Where clusters are dialled that have for themselves only an address on their own machine.
    dialled_at: BTreeMap<&'m str, &'m Told<String>>,
}

impl<'m> Network<'m> {
    pub(crate) fn of(merged: &'m Merged, kept: &'m [KeptDraft]) -> Self {
        let clusters = merged.clusters.iter();
        let connections = merged.connections.iter();
        let mut network = Self {
            merged,
            planned: kept.iter().flat_map(|kept| planned(&kept.draft)).collect(),
            dialled_at: BTreeMap::new(),
            clusters: clusters.map(|of| (&*of.name, of)).collect(),
            connections: connections
                .map(|told| ([&*told.from, &*told.to], told))
                .collect(),
        };
        let is_dialable = |told: &Told<String>| {
            HostPort::parse(&told.value).is_ok_and(|address| address.is_dialable())
        };
        let of_no_use =
            |of: &ObservedCluster| of.rpc_address.as_ref().is_some_and(|own| !is_dialable(own));
        let dialled = network.dialled();
        let dialled = dialled.filter(|it| of_no_use(it.to) && is_dialable(it.address));
        let mut at = BTreeMap::new();
        for it in dialled {
            at.entry(&*it.to.name).or_insert(it.address);
        }
        network.dialled_at = at;
        network
    }

    /// Where a cluster is reached by all that state nothing else: its own word, unless that is an address on
    /// its own machine and another cluster dials it elsewhere.
    pub(crate) fn rpc_of(&self, of: &'m ObservedCluster) -> Option<&'m Told<String>> {
        let dialled = self.dialled_at.get(&*of.name).copied();
        dialled.or(of.rpc_address.as_ref())
    }

    /// Every direction of which an address was told by a server or a file.
    pub(crate) fn dialled(&self) -> impl Iterator<Item = Dialling<'m>> {
        self.merged.connections.iter().filter_map(|told| {
            let from = *self.clusters.get(&*told.from)?;
            // Servers that list their connections have no others, whatever their files say.
            let is_believed = match told.told_by {
                ViewKind::Commands => false,
                ViewKind::ConfigFile => !from.lists_connections,
                _ => true,
            };
            let to = *self.clusters.get(&*told.to)?;
            let address = told.address.as_ref().filter(|_| is_believed)?;
            let rpc = self.rpc_of(to);
            Some(Dialling {
                from,
                to,
                address,
                rpc,
            })
        })
    }

    /// The names of every cluster that others dial with TLS.
    pub(crate) fn tls_names(&self) -> Vec<Names<'m>> {
        let names = self.merged.clusters.iter().map(|of| {
            let by = self.dialling().filter(|by| by.name != of.name);
            let told = by.filter_map(|by| {
                let mut on = self.used(by, of).filter(|entry| entry.is_on());
                Some((by, on.next()?.server_name.as_ref()))
            });
            Names {
                of,
                told: told.collect(),
            }
        });
        names.filter(|names| !names.told.is_empty()).collect()
    }

    /// The clusters that state how they dial with TLS.
    fn dialling(&self) -> impl Iterator<Item = &'m ObservedCluster> {
        let clusters = self.merged.clusters.iter();
        clusters.filter(|of| !of.remote_tls.is_empty())
    }

    /// The entries with which one cluster dials another one.
    fn used(
        &self,
        by: &'m ObservedCluster,
        of: &'m ObservedCluster,
    ) -> impl Iterator<Item = &'m RemoteTls> + use<'m> {
        let pair = [&*by.name, &*of.name];
        let stored = self.connections.get(&pair);
        let stored = stored.and_then(|told| told.address.as_ref()).map(text);
        let rpc = stored.or(self.planned.get(&pair).copied());
        let rpc = rpc.or(of.rpc_address.as_ref().map(text));
        let http = of.http_address.as_ref().map(text);
        rpc.into_iter().chain(http).filter_map(|address| {
            let address = HostPort::parse(address).ok()?;
            RemoteTls::of_host(&by.remote_tls, address.host())
        })
    }

    /// The entries that dial with TLS.
    fn entries(&self) -> impl Iterator<Item = &'m RemoteTls> {
        let all = self.dialling().flat_map(|of| &of.remote_tls);
        all.filter(|entry| entry.is_on())
    }

    /// Where TLS is done, if it is.
    pub(crate) fn tls(&self) -> Option<&'m Told<String>> {
        self.entries().next().map(|entry| &entry.host)
    }

    /// The files with which every host is dialled that is dialled with TLS; `None` where they are not the same, or
    /// more than are stated here.
    pub(crate) fn tls_files(&self) -> Option<Files<'m>> {
        let mut all = self.entries();
        let first = all.next()?;
        let is_same = |other: &RemoteTls| files(other) == files(first);
        (first.ca_files.len() < 2 && all.all(is_same)).then(|| {
            let [certificate, key] = first.shown();
            let ca = first.ca_files.first().map_or("", |ca| &ca.value);
            [ca, certificate, key]
        })
    }

    /// What is to be said of it; the texts of lines come later.
    pub(crate) fn findings(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> = self.dialled().filter_map(elsewhere).collect();
        found.extend(self.off());
        found.extend(self.missing());
        found.extend(self.files_differ());
        found.extend(self.tls_names().iter().filter_map(names_differ));
        found.extend(self.dialling().flat_map(|by| self.unknown_hosts(by)));
        found
    }

    /// What servers list; a file or a script says what once was to be.
    fn listed(&self) -> impl Iterator<Item = &'m Connection> {
        let all = self.merged.connections.iter();
        all.filter(|told| told.told_by.is_live())
    }

    /// The connections that are there, and not on.
    fn off(&self) -> impl Iterator<Item = Finding> {
        let is_on = |told: &&Connection| told.enabled.as_ref().is_some_and(|told| told.value);
        self.listed()
            .filter(move |told| !is_on(told))
            .filter_map(|told| {
                let at = told.enabled.as_ref().map(|told| &told.at);
                let at = at.or(told.address.as_ref().map(|told| &told.at))?;
                let (from, to) = (quoted(&told.from), quoted(&told.to));
                let message = format!("The connection of {from} to {to} is off.");
                Some(said_at(&finding::CONNECTION_OFF, message, at))
            })
    }

    /// The connections that are not there, of clusters that have any: one that has none has yet to join.
    fn missing(&self) -> Vec<Finding> {
        let listed: BTreeSet<[&str; 2]> =
            self.listed().map(|told| [&*told.from, &*told.to]).collect();
        let joined: BTreeSet<&str> = listed.iter().flatten().copied().collect();
        let clusters = self.merged.clusters.iter();
        let joined: Vec<&ObservedCluster> =
            clusters.filter(|of| joined.contains(&*of.name)).collect();
        let mut found = Vec::new();
        for from in joined.iter().filter(|from| from.lists_all) {
            for to in joined.iter().filter(|to| to.name != from.name) {
                if listed.contains(&[&*from.name, &*to.name]) {
                    continue;
                }
                let Some(at) = from.initial_version.as_ref() else {
                    continue;
                };
                let (from, to) = (quoted(&from.name), quoted(&to.name));
                let message = format!("{from} is not connected to {to}.");
                found.push(said_at(&finding::CONNECTION_MISSING, message, &at.at));
            }
        }
        found
    }

    fn files_differ(&self) -> Option<Finding> {
        let first = self.entries().next()?;
        let other = self.entries().find(|other| files(other) != files(first));
        if let Some(other) = other {
            let message = format!(
                "The hosts {} ({}) and {} are dialled with different files.",
                quoted(&first.host.value),
                first.host.at,
                quoted(&other.host.value)
            );
            return Some(said(&finding::TLS_FILES_DIFFER, message, &other.host));
        }
        let second = first.ca_files.get(1)?;
        let message = "Several certificate authorities are trusted.".to_owned();
        Some(said(&finding::TLS_NOT_IMPORTED, message, second))
    }

    fn unknown_hosts(&self, by: &'m ObservedCluster) -> Vec<Finding> {
        let others = self.merged.clusters.iter();
        let others = others.filter(|of| of.name != by.name);
        let used = others.flat_map(|of| self.used(by, of));
        let used: BTreeSet<&str> = used.map(|entry| &*entry.host.value).collect();
        let unknown = by.remote_tls.iter();
        let unknown = unknown.filter(|entry| !used.contains(&*entry.host.value));
        let found = unknown.map(|entry| {
            let message = format!(
                "No cluster is known that {} dials at {}.",
                quoted(&by.name),
                quoted(&entry.host.value)
            );
            said(&finding::TLS_HOST_UNKNOWN, message, &entry.host)
        });
        found.collect()
    }
}

fn text(told: &Told<String>) -> &str {
    &told.value
}

/// Where each cluster of a set-up dials another one elsewhere: the names of both, and the address.
fn planned(draft: &Draft) -> impl Iterator<Item = ([&str; 2], &str)> {
    draft.clusters.iter().flat_map(|of| {
        of.seen_from.iter().filter_map(|(by, address)| {
            let by = draft.cluster(*by)?;
            Some(([&*by.name, &*of.name], &**address))
        })
    })
}

fn files(of: &RemoteTls) -> (Vec<&str>, bool, [&str; 2]) {
    let cas = of.ca_files.iter().map(|ca| ca.value.as_str());
    (cas.collect(), of.has_ca_data, of.shown())
}

fn said(kind: &'static Kind, message: String, told: &Told<String>) -> Finding {
    said_at(kind, message, &told.at)
}

fn said_at(kind: &'static Kind, message: String, at: &Location) -> Finding {
    Finding {
        kind,
        message,
        at: at.clone(),
        line: String::new(),
    }
}

fn elsewhere(dialling: Dialling<'_>) -> Option<Finding> {
    let rpc = dialling.rpc.filter(|_| !dialling.is_at_rpc())?;
    let message = format!(
        "{} reaches {} at {}, and its RPC address is {} ({}).",
        quoted(&dialling.from.name),
        quoted(&dialling.to.name),
        dialling.address.value,
        rpc.value,
        rpc.at
    );
    Some(said(&finding::DIALLED_ELSEWHERE, message, dialling.address))
}

fn names_differ(names: &Names<'_>) -> Option<Finding> {
    let (first, believed) = names.told[0];
    let value = |told: Option<&Told<String>>| told.map(|told| told.value.clone());
    let mut others = names.told.iter();
    let (other, differs) = others.find(|(_, told)| value(*told) != value(believed))?;
    let shown = |told| match value(told) {
        Some(name) => format!("the TLS server name {}", quoted(&name)),
        None => "no TLS server name".to_owned(),
    };
    let message = format!(
        "{} dials {} with {}, and {} with {}.",
        quoted(&first.name),
        quoted(&names.of.name),
        shown(believed),
        quoted(&other.name),
        shown(*differs)
    );
    let at = differs.or(believed)?;
    Some(said(&finding::TLS_NAMES_DIFFER, message, at))
}
