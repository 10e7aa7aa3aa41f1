//! Which cluster of a draft each cluster is that was read. Only what is certain is decided here:
//! the same name, the name with which a cluster is known to run, or its number at an address that
//! others can dial. Everything else a person says.

use std::collections::{BTreeMap, BTreeSet};

use multicluster_core::model::HostPort;
use multicluster_core::observed::endpoint;
use multicluster_core::{ClusterId, Draft};

use crate::Import;

/// What a person says of clusters that were read, by the names that were read: which cluster of the
/// draft it is, or that it is a new one.
pub type Chosen = BTreeMap<String, Option<ClusterId>>;

/// A cluster that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The name that was read.
    pub name: String,
    /// The cluster of the draft that it is; `None`: it is new.
    pub is: Option<ClusterId>,
    /// Whether there is nothing to choose, as that cluster has this name.
    pub has_its_name: bool,
    /// Clusters of the draft with one of its addresses.
    pub at_address: BTreeSet<ClusterId>,
}

/// What identifies a cluster that was read.
#[derive(Default)]
struct Read<'i> {
    addresses: BTreeSet<String>,
    versions: BTreeSet<String>,
    name: &'i str,
}

impl<'i> Read<'i> {
    fn is_told(&mut self, addresses: impl IntoIterator<Item = &'i str>, version: String) {
        let dialable = addresses.into_iter().filter(|text| is_dialable(text));
        self.addresses.extend(dialable.map(endpoint));
        self.versions.insert(version);
    }
}

impl Import {
    /// Every cluster that was read and has a name, in the order of reading, and which cluster of the
    /// draft it is. No two of them are the same cluster of the draft. What was chosen and cannot be
    /// is passed over.
    #[must_use]
    pub fn identities(&self, draft: &Draft, chosen: &Chosen) -> Vec<Identity> {
        let merged = self.observed.merge();
        let mut read = Reading::default();
        for cluster in self.drafts.iter().flat_map(|kept| &kept.draft.clusters) {
            let addresses = [&*cluster.rpc_address, &*cluster.admin_address];
            let version = cluster.initial_version.clone();
            read.of(&cluster.name).is_told(addresses, version);
        }
        for cluster in &merged.clusters {
            let addresses = [&cluster.rpc_address, &cluster.server_address];
            let addresses = addresses.into_iter().flatten().map(|told| &*told.value);
            let version = cluster.initial_version.as_ref();
            let version = version.map_or(String::new(), |told| told.value.to_string());
            read.of(&cluster.name).is_told(addresses, version);
        }
        let mut all = read.all;
        all.retain(|read| !read.name.is_empty());
        Known::of(draft).identities(&all, chosen)
    }
}

/// The clusters that were read, each once.
#[derive(Default)]
struct Reading<'i> {
    all: Vec<Read<'i>>,
    places: BTreeMap<&'i str, usize>,
}

impl<'i> Reading<'i> {
    fn of(&mut self, name: &'i str) -> &mut Read<'i> {
        let place = *self.places.entry(name).or_insert(self.all.len());
        if place == self.all.len() {
            let of = Read {
                name,
                ..Read::default()
            };
            self.all.push(of);
        }
        &mut self.all[place]
    }
}

/// The clusters of a draft, found by what identifies them.
struct Known<'d> {
    draft: &'d Draft,
    by_name: BTreeMap<&'d str, ClusterId>,
    by_running_name: BTreeMap<&'d str, Vec<ClusterId>>,
    by_address: BTreeMap<String, BTreeSet<ClusterId>>,
}

impl<'d> Known<'d> {
    fn of(draft: &'d Draft) -> Self {
        let mut known = Self {
            draft,
            by_name: names(draft),
            by_running_name: BTreeMap::new(),
            by_address: BTreeMap::new(),
        };
        for cluster in &draft.clusters {
            if let Some(running) = &cluster.running {
                let same = known.by_running_name.entry(&running.name).or_default();
                same.push(cluster.id);
            }
            let addresses = [&cluster.rpc_address, &cluster.admin_address];
            for address in addresses.into_iter().filter(|text| is_dialable(text)) {
                let there = known.by_address.entry(endpoint(address)).or_default();
                there.insert(cluster.id);
            }
        }
        known
    }

    fn identities(&self, read: &[Read<'_>], chosen: &Chosen) -> Vec<Identity> {
        let mut taken = BTreeSet::new();
        let mut found: Vec<Identity> = read.iter().map(|read| self.named(read)).collect();
        taken.extend(found.iter().filter_map(|of| of.is));
        for of in &mut found {
            let wanted = chosen.get(&of.name).copied().flatten();
            let wanted = wanted.filter(|id| self.draft.cluster(*id).is_some());
            if let Some(id) = wanted.filter(|id| !of.has_its_name && taken.insert(*id)) {
                of.is = Some(id);
            }
        }
        let certain: Vec<_> = read.iter().map(|read| self.certain(read)).collect();
        let mut wanted: BTreeMap<ClusterId, usize> = BTreeMap::new();
        for id in certain.iter().flatten() {
            *wanted.entry(*id).or_default() += 1;
        }
        for (of, certain) in found.iter_mut().zip(certain) {
            let is_open = of.is.is_none() && !chosen.contains_key(&of.name);
            // What two can be, neither is for certain.
            let certain = certain.filter(|id| is_open && wanted[id] == 1);
            of.is = of.is.or(certain.filter(|id| taken.insert(*id)));
        }
        found
    }

    fn named(&self, read: &Read<'_>) -> Identity {
        let is = self.by_name.get(read.name).copied();
        let there = |address| self.by_address.get(address).into_iter().flatten();
        Identity {
            name: read.name.to_owned(),
            is,
            has_its_name: is.is_some(),
            at_address: read.addresses.iter().flat_map(there).copied().collect(),
        }
    }

    /// The only cluster of another name that it can be.
    fn certain(&self, read: &Read<'_>) -> Option<ClusterId> {
        if let Some([id]) = self.by_running_name.get(read.name).map(Vec::as_slice) {
            return Some(*id);
        }
        let here = read.addresses.iter();
        let here = here.filter_map(|address| self.by_address.get(address));
        let is_it = |id: &ClusterId| {
            let cluster = self.draft.cluster(*id);
            let version = cluster.map_or("", |cluster| &cluster.initial_version);
            // A cluster that is known to run under another name is another one.
            let runs = cluster.is_some_and(|cluster| cluster.running.is_some());
            !runs && !version.is_empty() && read.versions.contains(version)
        };
        let here: BTreeSet<ClusterId> = here.flatten().copied().filter(is_it).collect();
        here.first().copied().filter(|_| here.len() == 1)
    }
}

fn is_dialable(address: &str) -> bool {
    HostPort::parse(address).is_ok_and(|address| address.is_dialable())
}

/// The first cluster of each name.
pub(crate) fn names(draft: &Draft) -> BTreeMap<&str, ClusterId> {
    let named = draft.clusters.iter().rev();
    named.map(|cluster| (&*cluster.name, cluster.id)).collect()
}

#[cfg(test)]
mod tests {
    use multicluster_core::link;

    use super::*;
    use crate::{Source, import};

    /// `read is known`, or `read new`; `!` where there is nothing to choose.
    fn told(draft: &Draft, read: &Import, chosen: &Chosen) -> Vec<String> {
        let identities = read.identities(draft, chosen).into_iter();
        let told = identities.map(|of| {
            let is = of.is.and_then(|id| draft.cluster(id));
            let is = is.map_or("new".to_owned(), |is| format!("is {}", is.name));
            let mark = if of.has_its_name { "!" } else { "" };
            format!("{} {is}{mark}", of.name)
        });
        told.collect()
    }

    fn draft(clusters: &str) -> Draft {
        let text = format!("v=2&server=1.32&tool=temporal&increment=100{clusters}");
        link::decode(&text).expect("a link")
    }

    fn description(name: &str, version: u32, asked: &str) -> Source {
        let answer = format!(
            "$ temporal operator cluster describe --address {asked} -o json\n\
             {{\"clusterName\": \"{name}\", \"serverVersion\": \"1.32.1\", \"initialFailoverVersion\": \"{version}\"}}\n"
        );
        Source::new(name, answer)
    }

    #[test]
    fn only_what_is_certain_is_decided() {
        for (clusters, read, expected) in [
            // The same name, whatever its address.
            (
                "&cluster=a,x.example:1,7",
                description("a", 1, "a.example:1"),
                "a is a!",
            ),
            // The same number at the same address.
            (
                "&cluster=east,a.example:1,1",
                description("a", 1, "a.example:1"),
                "a is east",
            ),
            (
                "&cluster=east,east:1,1,A.Example:1",
                description("a", 1, "a.example:1"),
                "a is east",
            ),
            // Only one of both.
            (
                "&cluster=east,a.example:1,2",
                description("a", 1, "a.example:1"),
                "a new",
            ),
            (
                "&cluster=east,b.example:1,1",
                description("a", 1, "a.example:1"),
                "a new",
            ),
            // Where every machine finds itself.
            (
                "&cluster=east,127.0.0.1:1,1",
                description("a", 1, "127.0.0.1:1"),
                "a new",
            ),
            // It runs under that name, or under another one.
            (
                "&cluster=east,b.example:1,2!&running=a,2,100,",
                description("a", 1, "a.example:1"),
                "a is east",
            ),
            (
                "&cluster=east,a.example:1,1!&running=east,1,100,",
                description("a", 1, "a.example:1"),
                "a new",
            ),
            // Two that it can be.
            (
                "&cluster=east,a.example:1,1&cluster=west,a.example:1,1",
                description("a", 1, "a.example:1"),
                "a new",
            ),
        ] {
            let read = import(&[read]);
            assert_eq!(
                told(&draft(clusters), &read, &Chosen::new()),
                [expected],
                "{clusters}"
            );
        }
    }

    #[test]
    fn two_that_were_read_are_never_one() {
        let draft = draft("&cluster=east,a.example:1,1&cluster=west,b.example:1,2");
        let read = ["a", "b"].map(|name| description(name, 1, "a.example:1"));
        let read = import(&read);
        let [east, west] = [0, 1].map(|at| draft.clusters[at].id);
        let told = |chosen: &[(&str, Option<ClusterId>)]| {
            let chosen = chosen.iter();
            let chosen = chosen.map(|(name, is)| ((*name).to_owned(), *is));
            told(&draft, &read, &chosen.collect())
        };
        assert_eq!(told(&[]), ["a new", "b new"]);
        assert_eq!(told(&[("b", Some(east))]), ["a new", "b is east"]);
        assert_eq!(
            told(&[("a", Some(west)), ("b", Some(west))]),
            ["a is west", "b new"]
        );
    }

    #[test]
    fn a_person_has_the_last_word() {
        let draft = draft("&cluster=east,a.example:1,1&cluster=west,b.example:1,2");
        let read = import(&[
            description("a", 1, "a.example:1"),
            description("west", 9, "c:1"),
        ]);
        let [east, west] = [0, 1].map(|at| Some(draft.clusters[at].id));
        for (chosen, expected) in [
            (None, "a is east"),
            (Some(None), "a new"),
            (Some(east), "a is east"),
            // It has its name, and is taken.
            (Some(west), "a new"),
        ] {
            let chosen = chosen.map(|is| ("a".to_owned(), is)).into_iter().collect();
            assert_eq!(told(&draft, &read, &chosen), [expected, "west is west!"]);
        }
    }
}
