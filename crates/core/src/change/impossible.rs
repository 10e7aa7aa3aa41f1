//! Wishes that no server grants, each with the way that works.

use crate::model::{ClusterName, HostPort};
use crate::observed::{ObservedCluster, ObservedField, Told, endpoint};
use crate::plan::{Cluster, Plan};
use crate::release::{Capability, ServerVersion};

use super::index::Index;
use super::{planned, releases};

/// Something that is wished and cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Impossible {
    /// At the address of a planned cluster runs one with another name.
    Rename {
        /// The name that it has.
        from: String,
        /// The name in the plan.
        to: ClusterName,
    },
    /// Two clusters that run have the same number.
    NumbersCollide {
        /// Both.
        clusters: [ClusterName; 2],
        /// The number that both have.
        number: i64,
    },
    /// Two databases say that they are the cluster of this name.
    NamesCollide {
        /// The name.
        name: String,
        /// The ids of both databases.
        ids: [String; 2],
    },
    /// A cluster knows another one with a database that it no longer has.
    OtherDatabase {
        /// The cluster that knows it.
        from: ClusterName,
        /// The cluster that was made anew.
        to: ClusterName,
    },
    /// A running cluster has another initial failover version.
    Renumber {
        /// The cluster.
        cluster: ClusterName,
        /// The number that it has.
        from: i64,
        /// The number in the plan.
        to: u32,
    },
    /// A new cluster is to have the number of one that leaves.
    NumberReused {
        /// The new cluster.
        cluster: ClusterName,
        /// The one that leaves.
        of: String,
        /// The number.
        number: i64,
    },
    /// A running cluster has another increment.
    OtherIncrement {
        /// The cluster.
        cluster: ClusterName,
        /// The increment that it has.
        from: i64,
        /// The increment in the plan.
        to: u32,
    },
    /// A running cluster has another number of history shards.
    OtherShards {
        /// The cluster.
        cluster: ClusterName,
        /// The number that it has.
        from: i64,
        /// The number in the plan.
        to: u32,
    },
    /// Two clusters have numbers of history shards that do not go together.
    ShardsDoNotFit {
        /// Both.
        clusters: [ClusterName; 2],
        /// Their numbers.
        shards: [i64; 2],
    },
    /// A cluster of 1.14 was first started with `enableGlobalNamespace: false`, which stays.
    GlobalNamespacesStayOff {
        /// The cluster.
        cluster: ClusterName,
    },
    /// A cluster runs a newer release than planned.
    Downgrade {
        /// The cluster.
        cluster: ClusterName,
        /// The release that it runs.
        from: ServerVersion,
        /// The range in the plan.
        to: &'static str,
    },
    /// A cluster that is not in the plan has a name that no command can be given.
    UnusableName {
        /// The name.
        name: String,
    },
}

/// How a text of the user stands in a sentence.
type Named = fn(&str) -> String;

impl Impossible {
    /// What is wished, and what hinders it.
    pub(crate) fn message_with(&self, named: Named) -> String {
        match self {
            Self::Rename { from, to } => format!(
                "{} runs where {} is planned: a cluster keeps its name. With another one in its file its server does \
                 not start, and its database may be damaged.",
                named(from),
                named(to.as_str())
            ),
            Self::NumbersCollide {
                clusters: [one, other],
                number,
            } => format!(
                "{} and {} both run with the initial failover version {number}, and no number can change: they can \
                 never be connected. Servers refuse with `Cannot add remote cluster due to initial failover version \
                 conflict`, or never use the connection.",
                named(one.as_str()),
                named(other.as_str())
            ),
            Self::NamesCollide {
                name,
                ids: [one, other],
            } => format!(
                "Two databases say that they are {}: {} and {}. Two clusters of one name can never be connected; a \
                 cluster that was made anew is another one to those that know the old one.",
                named(name),
                named(one),
                named(other)
            ),
            Self::OtherDatabase { from, to } => format!(
                "{0} knows {1} with another database than it has: it was made anew. The connection does not work, and \
                 connecting again is refused with `Cannot update remote cluster due to update immutable fields` or `Unable to persist \
                 cluster info`.",
                named(from.as_str()),
                named(to.as_str())
            ),
            Self::Renumber { cluster, from, to } => format!(
                "{} runs with initial failover version {from}, which all that happened there carries: it can never \
                 become {to}.",
                named(cluster.as_str())
            ),
            Self::NumberReused {
                cluster,
                of,
                number,
            } => format!(
                "{} is to have the initial failover version {number} of {}: what happened there carries that number for \
                 ever, and would be taken for its own.",
                named(cluster.as_str()),
                named(of)
            ),
            Self::OtherIncrement { cluster, from, to } => format!(
                "{} runs with failover version increment {from}: it can never become {to}, and clusters of two increments do \
                 not go together. From 1.14 on they refuse each other with `Cannot add remote cluster due to failover version \
                 increment mismatch`.",
                named(cluster.as_str())
            ),
            Self::OtherShards { cluster, from, to } => format!(
                "{} runs with {from} history shards: they can never become {to}.",
                named(cluster.as_str())
            ),
            Self::ShardsDoNotFit {
                clusters: [one, other],
                shards: [few, many],
            } => format!(
                "{} has {few} history shards and {} has {many}, which can never change: they can never be connected.",
                named(one.as_str()),
                named(other.as_str())
            ),
            Self::GlobalNamespacesStayOff { cluster } => format!(
                "{} was first started with `enableGlobalNamespace: false`, which servers of 1.14 keep: every connection is \
                 refused with `Cannot add remote cluster as global namespace is not supported`.",
                named(cluster.as_str())
            ),
            Self::Downgrade { cluster, from, to } => format!(
                "{} runs {from}, and the plan is for {to}: older servers do not go with its database.",
                named(cluster.as_str())
            ),
            Self::UnusableName { name } => format!(
                "{} is connected and not in the plan, and no command can be given that name.",
                named(&format!("{name:?}"))
            ),
        }
    }

    /// What works in its place.
    pub(crate) fn way_with(&self, named: Named) -> String {
        match self {
            Self::Rename { from, to } => format!(
                "Call it {0} in the plan. Or plan {1} as a further cluster, with a number that is free, another address \
                 and an empty database, move the namespaces to it with the workflows that were there before, and then take \
                 {0} out: `CHANGE.md` of either plan has the steps.",
                named(from),
                named(to.as_str())
            ),
            Self::NumbersCollide {
                clusters: [one, other],
                ..
            } => format!(
                "Start a new cluster with a number that is free and an empty database, connect it with {0}, and let \
                 new workflows start there in place of {1}. What runs in {1} ends there: it cannot be replicated.",
                named(one.as_str()),
                named(other.as_str())
            ),
            Self::NamesCollide { .. } => {
                "Of two clusters, start a new one with another name in place of one of them. Of one that was made anew, \
                 let all others forget the old one, and read all lists again a minute later."
                    .to_owned()
            }
            Self::OtherDatabase { from, to } => format!(
                "Let {} forget {}, once no namespace is in both, and read all lists again a minute later.",
                named(from.as_str()),
                named(to.as_str())
            ),
            Self::Renumber { from, .. } | Self::OtherShards { from, .. } => format!(
                "Put {from} in the plan. For another number, add a new cluster that has it, with another name and an \
                 empty database, move the namespaces to it with the workflows that were there before, and then take this one out: \
                 `CHANGE.md` of either plan has the steps."
            ),
            Self::NumberReused { .. } => "Give the new cluster a number that none has had.".to_owned(),
            Self::OtherIncrement { from, .. } => format!(
                "Put {from} in the plan, if all clusters have it. Else start a new cluster with the increment of the \
                 others and an empty database, and let new workflows start there: what runs here cannot be replicated."
            ),
            Self::ShardsDoNotFit {
                clusters: [one, other],
                ..
            } => format!(
                "Start a new cluster with a number that fits and an empty database, connect it with {0}, and let new \
                 workflows start there in place of {1}. From 1.20 on, one number may be a multiple of the other.",
                named(one.as_str()),
                named(other.as_str())
            ),
            Self::GlobalNamespacesStayOff { .. } => {
                "Plan for 1.15 or later, where they can be enabled, and upgrade first.".to_owned()
            }
            Self::Downgrade { from, .. } => format!("Choose {} in the plan.", from.range().label),
            Self::UnusableName { .. } => {
                "Let every other cluster forget it by hand, and read the lists again.".to_owned()
            }
        }
    }
}

/// Every wish that cannot be had.
pub(super) fn wishes(wanted: &Plan, observed: &Index<'_>) -> Vec<Impossible> {
    let mut found = Vec::new();
    found.extend(names_collide(observed));
    found.extend(renamed(wanted, observed));
    let collisions = numbers_collide(wanted, observed);
    for cluster in wanted.clusters() {
        let Some(known) = observed.cluster(cluster.name().as_str()) else {
            found.extend(number_reused(wanted, observed, cluster));
            continue;
        };
        let collides = |wish: &Impossible| matches!(wish, Impossible::NumbersCollide { clusters, .. } if clusters.contains(cluster.name()));
        let number = number(cluster, known);
        found.extend(number.filter(|_| !collisions.iter().any(collides)));
        found.extend(fixed_values(wanted, cluster, known));
    }
    found.extend(collisions);
    found.extend(shards_do_not_fit(wanted, observed));
    found.extend(other_databases(wanted, observed));
    found.extend(unusable_names(wanted, observed));
    found
}

/// The planned cluster that was not read, at the address of one with another name.
fn renamed<'a>(wanted: &'a Plan, observed: &'a Index<'a>) -> impl Iterator<Item = Impossible> + 'a {
    let new = |cluster: &&Cluster| observed.cluster(cluster.name().as_str()).is_none();
    wanted.clusters().iter().filter(new).filter_map(|cluster| {
        let at = endpoint(cluster.rpc_address().as_str());
        let mut others = observed.clusters().iter();
        let there = others.find(|other| runs_at(wanted, observed, other, &at))?;
        Some(Impossible::Rename {
            from: there.name.clone(),
            to: cluster.name().clone(),
        })
    })
}

/// Whether a cluster that is not planned to move away runs at an address, or a second one of its name.
fn runs_at(wanted: &Plan, observed: &Index<'_>, of: &ObservedCluster, at: &str) -> bool {
    let is_there = |told: &Told<String>| endpoint(&told.value) == at;
    let believed = of.rpc_address.as_ref().is_some_and(is_there);
    if believed {
        return planned(wanted, &of.name).is_none();
    }
    observed
        .contradictions(ObservedField::RpcAddress)
        .any(|found| found.cluster == of.name && found.told.iter().any(is_there))
}

/// Two databases of one name, where it is not another cluster that remembers an older one.
fn names_collide<'a>(observed: &'a Index<'a>) -> impl Iterator<Item = Impossible> + 'a {
    observed
        .contradictions(ObservedField::ClusterId)
        .filter_map(|found| {
            let remembered = |id: &str| {
                let mut connections = observed.connections().iter();
                connections.any(|told| {
                    told.to == found.cluster
                        && told
                            .cluster_id
                            .as_ref()
                            .is_some_and(|told| told.value == id)
                })
            };
            let (first, others) = found.told.split_first()?;
            let other = others.iter().find(|told| !remembered(&told.value))?;
            Some(Impossible::NamesCollide {
                name: found.cluster.clone(),
                ids: [first.value.clone(), other.value.clone()],
            })
        })
}

/// Clusters of the plan that run with one number.
fn numbers_collide(wanted: &Plan, observed: &Index<'_>) -> Vec<Impossible> {
    let mut numbered: Vec<(i64, &ClusterName)> = Vec::new();
    let mut found = Vec::new();
    for cluster in wanted.clusters() {
        let Some(known) = observed.cluster(cluster.name().as_str()) else {
            continue;
        };
        let Some(number) = &known.initial_version else {
            continue;
        };
        if releases::takes_new_numbers(cluster, known) {
            continue;
        }
        let number = number.value;
        match numbered.iter().find(|(other, _)| *other == number) {
            Some((_, other)) => found.push(Impossible::NumbersCollide {
                clusters: [(*other).clone(), cluster.name().clone()],
                number,
            }),
            None => numbered.push((number, cluster.name())),
        }
    }
    found
}

/// The clusters whose shards do not go with those of one before.
fn shards_do_not_fit(wanted: &Plan, observed: &Index<'_>) -> Vec<Impossible> {
    let multiples = wanted.release().has(Capability::AcceptsMultipleShardCounts);
    let fit =
        |one: i64, other: i64| one == other || multiples && (one % other == 0 || other % one == 0);
    let mut counted: Vec<(i64, &ClusterName)> = Vec::new();
    let mut found = Vec::new();
    for cluster in wanted.clusters() {
        let Some(shards) = shards(cluster, observed).filter(|shards| *shards > 0) else {
            continue;
        };
        match counted.iter().find(|(other, _)| !fit(*other, shards)) {
            Some((other, name)) => found.push(Impossible::ShardsDoNotFit {
                clusters: [(*name).clone(), cluster.name().clone()],
                shards: [*other, shards],
            }),
            None => counted.push((shards, cluster.name())),
        }
    }
    found
}

/// What a cluster has, else what it is to have.
fn shards(cluster: &Cluster, observed: &Index<'_>) -> Option<i64> {
    let known = observed.cluster(cluster.name().as_str());
    let told = known.and_then(|known| known.history_shards.as_ref());
    let planned = cluster.history_shards().map(|shards| shards.get().into());
    told.map(|told| told.value).or(planned)
}

/// What clusters of the plan remember of others that speak for themselves.
fn other_databases<'a>(
    wanted: &'a Plan,
    observed: &'a Index<'a>,
) -> impl Iterator<Item = Impossible> + 'a {
    observed.connections().iter().filter_map(|told| {
        let to = observed
            .cluster(&told.to)
            .filter(|to| to.lists_connections)?;
        let [remembered, real] = [&told.cluster_id, &to.cluster_id].map(Option::as_ref);
        let differs = remembered?.value != real?.value;
        differs.then_some(Impossible::OtherDatabase {
            from: planned(wanted, &told.from)?.name().clone(),
            to: planned(wanted, &told.to)?.name().clone(),
        })
    })
}

fn number(cluster: &Cluster, known: &ObservedCluster) -> Option<Impossible> {
    let from = known.initial_version.as_ref()?.value;
    let to = cluster.initial_version().get();
    let differs = from != i64::from(to) && !releases::takes_new_numbers(cluster, known);
    differs.then(|| Impossible::Renumber {
        cluster: cluster.name().clone(),
        from,
        to,
    })
}

/// A new cluster with the number of an observed one that is not in the plan.
fn number_reused(wanted: &Plan, observed: &Index<'_>, cluster: &Cluster) -> Option<Impossible> {
    let number = i64::from(cluster.initial_version().get());
    let mut unplanned = observed.clusters().iter().filter(|other| {
        let has_it = other
            .initial_version
            .as_ref()
            .is_some_and(|told| told.value == number);
        has_it && planned(wanted, &other.name).is_none()
    });
    let of = unplanned.next()?;
    let renamed = HostPort::parse(of.rpc_address.as_ref().map_or("", |told| &told.value))
        .is_ok_and(|address| {
            endpoint(address.as_str()) == endpoint(cluster.rpc_address().as_str())
        });
    (!renamed).then(|| Impossible::NumberReused {
        cluster: cluster.name().clone(),
        of: of.name.clone(),
        number,
    })
}

/// What else a running cluster keeps.
fn fixed_values(wanted: &Plan, cluster: &Cluster, known: &ObservedCluster) -> Vec<Impossible> {
    let name = cluster.name();
    let new_numbers = releases::takes_new_numbers(cluster, known);
    let increment = known.increment.as_ref().filter(|_| !new_numbers);
    let to = wanted.increment().get();
    let other_increment = increment
        .filter(|told| told.value != i64::from(to))
        .map(|told| Impossible::OtherIncrement {
            cluster: name.clone(),
            from: told.value,
            to,
        });
    let shards = known.history_shards.as_ref().zip(cluster.history_shards());
    let other_shards = shards
        .filter(|(told, planned)| told.value != i64::from(planned.get()))
        .map(|(told, planned)| Impossible::OtherShards {
            cluster: name.clone(),
            from: told.value,
            to: planned.get(),
        });
    let stays_off = (releases::is_disabled(known) && !new_numbers).then(|| {
        let cluster = name.clone();
        Impossible::GlobalNamespacesStayOff { cluster }
    });
    let found = [
        other_increment,
        other_shards,
        stays_off,
        downgrade(cluster, known),
    ];
    found.into_iter().flatten().collect()
}

fn downgrade(cluster: &Cluster, known: &ObservedCluster) -> Option<Impossible> {
    let from = releases::release_of(known)?;
    let to = cluster.release().range();
    (from.range().first() > to.first()).then(|| Impossible::Downgrade {
        cluster: cluster.name().clone(),
        from,
        to: to.label,
    })
}

fn unusable_names<'a>(
    wanted: &'a Plan,
    observed: &'a Index<'a>,
) -> impl Iterator<Item = Impossible> + 'a {
    let names = observed.clusters().iter().map(|cluster| &cluster.name);
    names
        .filter(|name| planned(wanted, name).is_none() && ClusterName::parse(name).is_err())
        .map(|name| Impossible::UnusableName { name: name.clone() })
}
