//! Views merged into clusters and connections.
//!
//! One law: **the nearer witness wins**. What a cluster says of itself beats what others say of it,
//! and among those a running server beats a file, and a file a script. What was not believed is not
//! forgotten: every value that differs is part of a [`Contradiction`].

use std::collections::{BTreeMap, BTreeSet};

use super::{Entry, Location, RemoteTls, Told, View, ViewKind};
use crate::by_key::ByKey;
use crate::model::HostPort;

/// What is known of one cluster, each value from its nearest witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObservedCluster {
    /// Its name.
    pub name: String,
    /// Whether it spoke for itself: its own file, or its own server.
    pub has_own_view: bool,
    /// Whether its own server listed its connections.
    pub lists_connections: bool,
    /// Whether such a list was read whole: a connection that is not among them does not exist.
    pub lists_all: bool,
    /// `initialFailoverVersion`.
    pub initial_version: Option<Told<i64>>,
    /// `failoverVersionIncrement`, by its own word only.
    pub increment: Option<Told<i64>>,
    /// `enableGlobalNamespace`, by its own word only.
    pub global_namespace: Option<Told<bool>>,
    /// `masterClusterName`, by its own word only.
    pub master: Option<Told<String>>,
    /// `dcRedirectionPolicy.policy`, by its own word only.
    pub redirection: Option<Told<String>>,
    /// Where others reach it: its own word, else the first address that another one dials.
    pub rpc_address: Option<Told<String>>,
    /// Where a tool was pointed when the cluster spoke for itself.
    pub server_address: Option<Told<String>>,
    /// `httpAddress`.
    pub http_address: Option<Told<String>>,
    /// Its number of history shards.
    pub history_shards: Option<Told<i64>>,
    /// The release of its servers, by its own word only.
    pub server_version: Option<Told<String>>,
    /// The id of its database.
    pub cluster_id: Option<Told<String>>,
    /// `global.tls.remoteClusters`, by its own file only.
    pub remote_tls: Vec<RemoteTls>,
}

/// What one cluster has of another one: a direction of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The cluster that has it.
    pub from: String,
    /// The cluster that it leads to.
    pub to: String,
    /// The address it dials.
    pub address: Option<Told<String>>,
    /// Whether it is on.
    pub enabled: Option<Told<bool>>,
    /// The id of the database that it leads to, as it was when they were connected.
    pub cluster_id: Option<Told<String>>,
    /// Who says so. A file's word holds for the releases that read other clusters from it; a
    /// script's tells what was once run, perhaps.
    pub told_by: ViewKind,
}

/// A value of a cluster that was told in more than one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObservedField {
    /// `initialFailoverVersion`.
    InitialVersion,
    /// `failoverVersionIncrement`.
    Increment,
    /// `enableGlobalNamespace`.
    GlobalNamespace,
    /// `masterClusterName`.
    Master,
    /// The number of history shards.
    HistoryShards,
    /// `rpcAddress`, by the cluster's own word; others may dial another address.
    RpcAddress,
    /// The release of its servers.
    ServerVersion,
    /// The id of its database.
    ClusterId,
}

/// Two witnesses who differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The cluster.
    pub cluster: String,
    /// Which of its values.
    pub field: ObservedField,
    /// What was told, as text: the value that is believed first, then every other one once.
    pub told: Vec<Told<String>>,
}

/// Two clusters that call themselves alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Namesakes {
    /// The name of both.
    pub name: String,
    /// What shows that they are two, as each tells it of itself: the ids of their databases, or what their
    /// files say.
    pub told: [Told<String>; 2],
}

/// Everything about each cluster together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Merged {
    /// The clusters in the order in which they were first named.
    pub clusters: Vec<ObservedCluster>,
    /// The directions of connections, each once, by its nearest witness.
    pub connections: Vec<Connection>,
    /// What differs.
    pub contradictions: Vec<Contradiction>,
    /// Clusters that call themselves alike, once for each name.
    pub namesakes: Vec<Namesakes>,
    /// Addresses in scripts of which no cluster is known, each once.
    pub nameless: Vec<Told<String>>,
    /// Where lists were printed of which nobody knows whose they are, each with its place.
    pub ownerless: Vec<Told<String>>,
    /// Where the lists begin that were not read whole, and in whose place no whole one was read.
    pub cut: Vec<Location>,
}

impl Merged {
    /// The cluster with this name.
    #[must_use]
    pub fn cluster(&self, name: &str) -> Option<&ObservedCluster> {
        self.clusters.iter().find(|cluster| cluster.name == name)
    }

    /// What `from` has of `to`.
    #[must_use]
    pub fn connection(&self, from: &str, to: &str) -> Option<&Connection> {
        self.connections
            .iter()
            .find(|connection| connection.from == from && connection.to == to)
    }

    pub(super) fn of(views: &[View]) -> Self {
        let names = Names::of(views);
        let mut merged = Self::default();
        let mut connections = Places::new();
        let mut nameless = BTreeSet::new();
        let mut witnesses: Vec<Vec<Witness<'_>>> = vec![Vec::new(); names.ordered.len()];
        for view in views {
            let owner = names.owner(view);
            if let Some(owner) = owner {
                witnesses[owner].push(Witness::own(view, view.entry(&names.ordered[owner])));
            }
            if owner.is_none() && view.kind == ViewKind::Commands {
                merged.add_nameless(view.server_address.as_ref(), &mut nameless);
            }
            if let (None, true, Some(address)) = (owner, is_list(view), &view.server_address) {
                let told = Told::new(address.value.clone(), view.at.clone());
                merged.ownerless.push(told);
            }
            for entry in &view.entries {
                let Some(about) = names.about(entry) else {
                    merged.add_nameless(entry.rpc_address.as_ref(), &mut nameless);
                    continue;
                };
                if owner == Some(about) {
                    continue;
                }
                witnesses[about].push(Witness::other(view, entry));
                if let Some(owner) = owner {
                    let place = *connections
                        .entry((owner, about))
                        .or_insert(merged.connections.len());
                    let ends = (&*names.ordered[owner], &*names.ordered[about]);
                    merged.add_connection(place, ends, view.kind, entry);
                }
            }
        }
        merged.cut = cut(views, &names);
        for (name, mut witnesses) in names.ordered.into_iter().zip(witnesses) {
            witnesses.sort_by_key(Witness::distance);
            let told = two_databases(&witnesses).or_else(|| two_files(&witnesses));
            merged.namesakes.extend(told.map(|told| Namesakes {
                name: name.clone(),
                told,
            }));
            let cluster = merged.believe(name, &witnesses);
            merged.clusters.push(cluster);
        }
        merged
    }

    fn add_nameless(&mut self, address: Option<&Told<String>>, known: &mut BTreeSet<String>) {
        if let Some(address) = address
            && known.insert(endpoint(&address.value))
        {
            self.nameless.push(address.clone());
        }
    }

    /// Keeps the connection unless a nearer witness told of it; of two alike the later one counts,
    /// as the later of two commands does.
    fn add_connection(
        &mut self,
        place: usize,
        (from, to): (&str, &str),
        told_by: ViewKind,
        entry: &Entry,
    ) {
        let connection = Connection {
            from: from.to_owned(),
            to: to.to_owned(),
            address: entry.rpc_address.clone(),
            enabled: entry.enabled.clone(),
            cluster_id: entry.cluster_id.clone(),
            told_by,
        };
        match self.connections.get_mut(place) {
            None => self.connections.push(connection),
            Some(known) if known.told_by >= told_by => *known = connection,
            Some(_) => {}
        }
    }

    fn believe(&mut self, name: String, witnesses: &[Witness<'_>]) -> ObservedCluster {
        use ObservedField::*;
        let entries = || {
            witnesses
                .iter()
                .filter_map(|witness| Some((witness, witness.entry?)))
        };
        let own_views = || {
            witnesses
                .iter()
                .filter(|witness| witness.own)
                .map(|w| w.view)
        };
        let own_entries = || {
            entries()
                .filter(|(witness, _)| witness.own)
                .map(|(_, entry)| entry)
        };
        let all_entries = || entries().map(|(_, entry)| entry);
        let shards = || {
            let own = own_views().filter_map(|view| view.history_shards.as_ref());
            own.chain(all_entries().filter_map(|entry| entry.history_shards.as_ref()))
        };
        let contradictions = &mut self.contradictions;
        let mut agree = Agree {
            cluster: &name,
            contradictions,
        };
        ObservedCluster {
            has_own_view: witnesses
                .iter()
                .any(|witness| witness.own && witness.view.kind != ViewKind::Commands),
            lists_connections: own_views().any(is_list),
            lists_all: own_views().any(is_whole_list),
            initial_version: agree.on(
                InitialVersion,
                all_entries().filter_map(|e| e.initial_version.as_ref()),
            ),
            increment: agree.on(Increment, own_views().filter_map(|v| v.increment.as_ref())),
            global_namespace: agree.on(
                GlobalNamespace,
                own_views().filter_map(|v| v.global_namespace.as_ref()),
            ),
            master: agree.on(Master, own_views().filter_map(|v| v.master.as_ref())),
            redirection: own_views().find_map(|view| view.redirection.clone()),
            rpc_address: agree
                .on(
                    RpcAddress,
                    own_entries().filter_map(|e| e.rpc_address.as_ref()),
                )
                .or_else(|| all_entries().find_map(|entry| entry.rpc_address.clone())),
            server_address: own_views().find_map(|view| view.server_address.clone()),
            http_address: all_entries().find_map(|entry| entry.http_address.clone()),
            history_shards: agree.on(HistoryShards, shards()),
            server_version: agree.on(
                ServerVersion,
                own_views().filter_map(|v| v.server_version.as_ref()),
            ),
            cluster_id: agree.on(
                ClusterId,
                all_entries().filter_map(|e| e.cluster_id.as_ref()),
            ),
            remote_tls: own_views()
                .map(|view| &view.remote_tls)
                .find(|told| !told.is_empty())
                .cloned()
                .unwrap_or_default(),
            name: name.clone(),
        }
    }
}

/// The databases of two clusters that call themselves alike: no cluster has two ids.
fn two_databases(witnesses: &[Witness<'_>]) -> Option<[Told<String>; 2]> {
    let own = witnesses
        .iter()
        .filter(|it| it.own && it.view.kind.is_live());
    let mut ids = own.filter_map(|it| it.entry?.cluster_id.as_ref());
    let first = ids.next()?;
    let other = ids.find(|other| other.value != first.value)?;
    Some([first.clone(), other.clone()])
}

/// The files of two clusters that call themselves alike. A cluster can move, and a number be corrected
/// before the first start; who differs in both is another one.
fn two_files(witnesses: &[Witness<'_>]) -> Option<[Told<String>; 2]> {
    let own = witnesses
        .iter()
        .filter(|it| it.own && it.view.kind == ViewKind::ConfigFile);
    let mut files = own.filter_map(|it| {
        let entry = it.entry?;
        Some((entry.initial_version.as_ref()?, entry.rpc_address.as_ref()?))
    });
    let (number, address) = files.next()?;
    let (other, elsewhere) = files.find(|(other, elsewhere)| {
        other.value != number.value && !is_same_endpoint(&elsewhere.value, &address.value)
    })?;
    let words = |number: &Told<i64>, address: &Told<String>| {
        Told::new(
            format!("number {} at {}", number.value, address.value),
            number.at.clone(),
        )
    };
    Some([words(number, address), words(other, elsewhere)])
}

/// Where the lists begin that were cut, but for those of clusters that have a whole one too.
fn cut(views: &[View], names: &Names) -> Vec<Location> {
    let whole = views.iter().filter(|view| is_whole_list(view));
    let whole: BTreeSet<usize> = whole.filter_map(|view| names.owner(view)).collect();
    let is_replaced = |view: &View| {
        names
            .owner(view)
            .is_some_and(|owner| whole.contains(&owner))
    };
    let cut = views.iter().filter(|view| is_list(view) && view.is_cut);
    cut.filter(|view| !is_replaced(view))
        .map(|view| view.at.clone())
        .collect()
}

fn is_list(view: &View) -> bool {
    view.kind == ViewKind::ClusterList
}

fn is_whole_list(view: &View) -> bool {
    is_list(view) && !view.is_cut
}

/// Where each direction between two clusters stands among the connections.
type Places = BTreeMap<(usize, usize), usize>;

/// Who says something of a cluster.
#[derive(Clone, Copy)]
struct Witness<'v> {
    view: &'v View,
    entry: Option<&'v Entry>,
    own: bool,
}

impl<'v> Witness<'v> {
    const fn own(view: &'v View, entry: Option<&'v Entry>) -> Self {
        Self {
            view,
            entry,
            own: true,
        }
    }

    const fn other(view: &'v View, entry: &'v Entry) -> Self {
        Self {
            view,
            entry: Some(entry),
            own: false,
        }
    }

    fn distance(&self) -> (bool, ViewKind) {
        (!self.own, self.view.kind)
    }
}

/// Finds what the witnesses, the nearest first, agree on.
struct Agree<'m> {
    cluster: &'m str,
    contradictions: &'m mut Vec<Contradiction>,
}

impl Agree<'_> {
    fn on<'t, T>(
        &mut self,
        field: ObservedField,
        told: impl Iterator<Item = &'t Told<T>>,
    ) -> Option<Told<T>>
    where
        T: Clone + ToString + 't,
    {
        let mut different: Vec<&Told<T>> = Vec::new();
        let mut seen = BTreeSet::new();
        for each in told {
            if seen.insert(each.value.to_string()) {
                different.push(each);
            }
        }
        if different.len() > 1 {
            let as_text = |told: &&Told<T>| Told::new(told.value.to_string(), told.at.clone());
            self.contradictions.push(Contradiction {
                cluster: self.cluster.to_owned(),
                field,
                told: different.iter().map(as_text).collect(),
            });
        }
        different.first().copied().cloned()
    }
}

/// What an address means, equal for equal ones: on one machine `localhost` and 127.0.0.1 are the same, as in
/// the guide.
#[must_use]
pub fn endpoint(address: &str) -> String {
    match HostPort::parse(address) {
        Ok(address) if address.is_loopback() => format!("loopback:{}", address.port()),
        Ok(address) => address.endpoint_key(),
        Err(_) => address.to_owned(),
    }
}

/// Whether two addresses mean the same, as texts that were read.
#[must_use]
pub fn is_same_endpoint(one: &str, other: &str) -> bool {
    one == other || endpoint(one) == endpoint(other)
}

/// The names of all clusters, and which of them an address belongs to.
struct Names {
    ordered: Vec<String>,
    by_name: ByKey,
    by_address: ByKey,
}

impl Names {
    fn of(views: &[View]) -> Self {
        let named = |view: &View| {
            let own = view.of.iter();
            let others = view.entries.iter().filter_map(|entry| entry.name.as_ref());
            own.chain(others)
                .map(|name| name.value.clone())
                .collect::<Vec<_>>()
        };
        let mut ordered: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for name in views.iter().flat_map(named) {
            if seen.insert(name.clone()) {
                ordered.push(name);
            }
        }
        let at = |(at, name): (usize, &String)| (name.clone(), at);
        let by_name = ByKey::new(ordered.iter().enumerate().map(at).collect());
        let mut names = Self {
            ordered,
            by_name,
            by_address: ByKey::new(Vec::new()),
        };
        names.by_address = names.addresses(views);
        names
    }

    fn addresses(&self, views: &[View]) -> ByKey {
        let mut addresses = Vec::new();
        for entry in views.iter().flat_map(|view| &view.entries) {
            let place = entry.name.as_ref().and_then(|name| self.place(&name.value));
            if let (Some(place), Some(address)) = (place, &entry.rpc_address) {
                addresses.push((endpoint(&address.value), place));
            }
        }
        // Where a server that gave its name was asked, another answer from there is of
        // the same cluster.
        for view in views {
            let place = view.of.as_ref().and_then(|name| self.place(&name.value));
            if let (Some(place), Some(address)) = (place, &view.server_address) {
                addresses.push((endpoint(&address.value), place));
            }
        }
        addresses.sort_unstable();
        addresses.dedup();
        ByKey::new(addresses)
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.by_name.places(name).first().map(|(_, place)| *place)
    }

    /// The only cluster with this address; an address of two tells nothing.
    fn at_address(&self, address: &str) -> Option<usize> {
        match self.by_address.places(&endpoint(address)) {
            [(_, place)] => Some(*place),
            _ => None,
        }
    }

    /// Whose view it is: by its own word, else by the address that the tool was pointed at.
    fn owner(&self, view: &View) -> Option<usize> {
        match (&view.of, &view.server_address) {
            (Some(name), _) => self.place(&name.value),
            (None, Some(address)) => self.at_address(&address.value),
            (None, None) => None,
        }
    }

    fn about(&self, entry: &Entry) -> Option<usize> {
        match (&entry.name, &entry.rpc_address) {
            (Some(name), _) => self.place(&name.value),
            (None, Some(address)) => self.at_address(&address.value),
            (None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observed::{Location, Observed};

    fn at(source: &str) -> Location {
        Location {
            source: source.into(),
            line: 1,
            column: 1,
        }
    }

    fn entry(source: &str, name: &str, version: i64, address: &str) -> Entry {
        Entry {
            name: Some(Told::new(name.to_owned(), at(source))),
            initial_version: Some(Told::new(version, at(source))),
            rpc_address: Some(Told::new(address.to_owned(), at(source))),
            enabled: Some(Told::new(true, at(source))),
            ..Entry::new(at(source))
        }
    }

    fn view(source: &str, kind: ViewKind, of: Option<&str>, entries: Vec<Entry>) -> View {
        View {
            of: of.map(|name| Told::new(name.to_owned(), at(source))),
            entries,
            ..View::new(kind, at(source))
        }
    }

    fn merge(views: Vec<View>) -> Merged {
        Observed { views }.merge()
    }

    #[test]
    fn the_own_word_beats_the_word_of_others_and_all_are_kept() {
        let merged = merge(vec![
            view(
                "b.yaml",
                ViewKind::ConfigFile,
                Some("B"),
                vec![
                    entry("b.yaml", "B", 2, "b:1"),
                    entry("b.yaml", "A", 7, "via:1"),
                ],
            ),
            view(
                "a.yaml",
                ViewKind::ConfigFile,
                Some("A"),
                vec![entry("a.yaml", "A", 1, "a:1")],
            ),
        ]);
        let a = merged.cluster("A").expect("named");
        assert_eq!(a.initial_version, Some(Told::new(1, at("a.yaml"))));
        assert_eq!(
            a.rpc_address,
            Some(Told::new("a:1".to_owned(), at("a.yaml")))
        );
        let told = |value: &str, source| Told::new(value.to_owned(), at(source));
        assert_eq!(
            merged.contradictions,
            [Contradiction {
                cluster: "A".to_owned(),
                field: ObservedField::InitialVersion,
                told: vec![told("1", "a.yaml"), told("7", "b.yaml")],
            }],
            "an address may differ by who dials it"
        );
        assert_eq!(merged.connections.len(), 1);
        let connection = merged.connection("B", "A").expect("listed");
        assert_eq!(connection.address, Some(told("via:1", "b.yaml")));
    }

    #[test]
    fn a_running_server_beats_its_file() {
        let merged = merge(vec![
            view(
                "a.yaml",
                ViewKind::ConfigFile,
                Some("A"),
                vec![entry("a.yaml", "A", 5, "a:1")],
            ),
            view(
                "list",
                ViewKind::ClusterList,
                Some("A"),
                vec![entry("list", "A", 1, "a:1")],
            ),
        ]);
        let a = merged.cluster("A").expect("named");
        assert_eq!(a.initial_version, Some(Told::new(1, at("list"))));
        assert!(a.lists_connections);
        assert_eq!(merged.contradictions.len(), 1);
    }

    /// A cluster can be read twice, moved or described by others: only its own word shows that it is two.
    #[test]
    fn who_differs_in_what_one_cluster_has_once_is_another_one() {
        let file = |source, number, address| {
            let own = entry(source, "A", number, address);
            view(source, ViewKind::ConfigFile, Some("A"), vec![own])
        };
        let asked = |source, kind, id: &str| {
            let mut own = entry(source, "A", 1, "a:1");
            own.cluster_id = Some(Told::new(id.to_owned(), at(source)));
            view(source, kind, Some("A"), vec![own])
        };
        let (describe, list) = (ViewKind::ClusterDescription, ViewKind::ClusterList);
        let mut of_another = asked("b", list, "y");
        of_another.of = Some(Told::new("B".to_owned(), at("b")));
        let first = file("1", 1, "a:1");
        for (views, expected) in [
            (
                vec![first.clone(), file("2", 2, "b:1")],
                Some(["number 1 at a:1", "number 2 at b:1"]),
            ),
            (vec![first.clone(), file("2", 1, "b:1")], None),
            (vec![first.clone(), file("2", 2, "a:1")], None),
            (vec![file("2", 2, "b:1"), asked("1", list, "x")], None),
            (vec![asked("1", describe, "x"), asked("2", list, "x")], None),
            (
                vec![asked("1", describe, "x"), asked("2", describe, "y")],
                Some(["x", "y"]),
            ),
            (vec![asked("1", describe, "x"), of_another], None),
        ] {
            let merged = merge(views);
            let told = merged.namesakes.first();
            let told = told.map(|two| two.told.each_ref().map(|told| &*told.value));
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn a_list_is_told_by_the_address_that_was_asked() {
        let mut list = view(
            "list",
            ViewKind::ClusterList,
            None,
            vec![entry("list", "A", 1, "a:1"), entry("list", "B", 2, "b:1")],
        );
        assert_eq!(
            merge(vec![list.clone()]).connections,
            [],
            "whose list it is nobody knows"
        );
        list.server_address = Some(Told::new("a:1".to_owned(), at("list")));
        let merged = merge(vec![list.clone()]);
        assert!(merged.connection("A", "B").is_some());
        assert!(merged.connection("B", "A").is_none());
        list.entries[1].rpc_address = list.entries[0].rpc_address.clone();
        assert_eq!(
            merge(vec![list]).connections,
            [],
            "an address of two tells nothing"
        );
    }

    #[test]
    fn a_list_is_told_by_who_answered_at_the_same_address() {
        let asked_at = |mut view: View, address: &str| {
            view.server_address = Some(Told::new(address.to_owned(), at("terminal")));
            view
        };
        let description = |name: &str| {
            asked_at(
                view("terminal", ViewKind::ClusterDescription, Some(name), vec![]),
                "forwarded:1",
            )
        };
        let entries = vec![entry("list", "A", 1, "a:1"), entry("list", "B", 2, "b:1")];
        let list = asked_at(
            view("list", ViewKind::ClusterList, None, entries),
            "forwarded:1",
        );
        let merged = merge(vec![description("A"), list.clone()]);
        assert!(merged.connection("A", "B").is_some());
        let merged = merge(vec![description("A"), description("B"), list]);
        assert_eq!(merged.connections, [], "two answered there");
    }

    #[test]
    fn the_last_command_counts_and_a_list_beats_it() {
        let dialled = |address: &str, enabled| Entry {
            rpc_address: Some(Told::new(address.to_owned(), at("run.sh"))),
            enabled: Some(Told::new(enabled, at("run.sh"))),
            ..Entry::new(at("run.sh"))
        };
        let mut script = view(
            "run.sh",
            ViewKind::Commands,
            None,
            vec![
                dialled("b:1", true),
                dialled("b:1", false),
                dialled("c:1", true),
            ],
        );
        script.server_address = Some(Told::new("a:1".to_owned(), at("run.sh")));
        let files = [("A", 1, "a:1"), ("B", 2, "b:1")].map(|(name, version, address)| {
            view(
                name,
                ViewKind::ConfigFile,
                Some(name),
                vec![entry(name, name, version, address)],
            )
        });
        let mut views = files.to_vec();
        views.push(script);
        let merged = merge(views.clone());
        let enabled = |merged: &Merged| {
            merged
                .connection("A", "B")
                .and_then(|c| c.enabled.clone())
                .map(|told| told.value)
        };
        assert_eq!(enabled(&merged), Some(false));
        let nameless: Vec<_> = merged.nameless.iter().map(|told| &*told.value).collect();
        assert_eq!(nameless, ["c:1"]);
        views.insert(
            0,
            view(
                "list",
                ViewKind::ClusterList,
                Some("A"),
                vec![entry("list", "B", 2, "b:1")],
            ),
        );
        assert_eq!(enabled(&merge(views)), Some(true));
    }

    /// Of each value the word of the nearest witness, whoever comes first; and all that differ.
    #[test]
    fn every_value_is_that_of_its_nearest_witness() {
        fn told<T>(source: &str, value: T) -> Option<Told<T>> {
            Some(Told::new(value, at(source)))
        }
        fn source<T>(told: &Option<Told<T>>) -> &str {
            told.as_ref().map_or("-", |told| &told.at.source)
        }
        // A view of A that says everything, and an entry of it that does.
        let full = |source: &str, kind, number: i64, entries: Vec<Entry>| View {
            server_address: told(source, format!("{source}:1")),
            global_namespace: told(source, number % 2 == 0),
            increment: told(source, number * 10),
            master: told(source, format!("master of {source}")),
            redirection: told(source, format!("policy of {source}")),
            history_shards: told(source, number * 4),
            server_version: told(source, format!("1.{number}.0")),
            ..view(source, kind, Some("A"), entries)
        };
        let of_a = |source: &str, number: i64| Entry {
            http_address: told(source, format!("{source}:80")),
            history_shards: told(source, number * 8),
            cluster_id: told(source, format!("id of {source}")),
            ..entry(source, "A", number, &format!("{source}:7"))
        };
        let other = [view(
            "b",
            ViewKind::ClusterList,
            Some("B"),
            vec![of_a("b", 9)],
        )];
        let all = [
            full("script", ViewKind::Commands, 5, vec![of_a("script", 5)]),
            full("file", ViewKind::ConfigFile, 4, vec![of_a("file", 4)]),
            full("list", ViewKind::ClusterList, 3, vec![of_a("list", 3)]),
            full("describe", ViewKind::ClusterDescription, 2, vec![]),
        ];
        let mut said = String::new();
        for views in [&all[..], &all[1..3], &all[..1], &[]] {
            let merged = merge([&other, views].concat());
            let a = merged.cluster("A").expect("named");
            let sources = [
                ("initial version", source(&a.initial_version)),
                ("increment", source(&a.increment)),
                ("global namespace", source(&a.global_namespace)),
                ("master", source(&a.master)),
                ("redirection", source(&a.redirection)),
                ("address", source(&a.rpc_address)),
                ("server", source(&a.server_address)),
                ("HTTP", source(&a.http_address)),
                ("shards", source(&a.history_shards)),
                ("release", source(&a.server_version)),
                ("id", source(&a.cluster_id)),
            ];
            let sources = sources.map(|(value, source)| format!("{value} {source}"));
            said += &format!(
                "{}, {}: {}\n",
                a.has_own_view,
                a.lists_connections,
                sources.join(", ")
            );
            for found in &merged.contradictions {
                let told = found.told.iter().map(|told| &*told.value);
                let told: Vec<&str> = told.collect();
                said += &format!("  {:?}: {}\n", found.field, told.join(", "));
            }
        }
        expect_test::expect![[r#"
            true, true: initial version list, increment describe, global namespace describe, master describe, redirection describe, address list, server describe, HTTP list, shards describe, release describe, id list
              InitialVersion: 3, 4, 5, 9
              Increment: 20, 30, 40, 50
              GlobalNamespace: true, false
              Master: master of describe, master of list, master of file, master of script
              RpcAddress: list:7, file:7, script:7
              HistoryShards: 8, 12, 16, 20, 24, 32, 40, 72
              ServerVersion: 1.2.0, 1.3.0, 1.4.0, 1.5.0
              ClusterId: id of list, id of file, id of script, id of b
            true, true: initial version list, increment list, global namespace list, master list, redirection list, address list, server list, HTTP list, shards list, release list, id list
              InitialVersion: 3, 4, 9
              Increment: 30, 40
              GlobalNamespace: false, true
              Master: master of list, master of file
              RpcAddress: list:7, file:7
              HistoryShards: 12, 16, 24, 32, 72
              ServerVersion: 1.3.0, 1.4.0
              ClusterId: id of list, id of file, id of b
            false, false: initial version script, increment script, global namespace script, master script, redirection script, address script, server script, HTTP script, shards script, release script, id script
              InitialVersion: 5, 9
              HistoryShards: 20, 40, 72
              ClusterId: id of script, id of b
            false, false: initial version b, increment -, global namespace -, master -, redirection -, address b, server -, HTTP b, shards b, release -, id b
        "#]].assert_eq(&said);
    }
}
