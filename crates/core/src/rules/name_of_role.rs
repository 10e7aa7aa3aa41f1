//! # `name-of-role`
//!
//! ## What it checks
//! No part of a cluster name is a role, such as `active`, `standby`, `primary` or `backup`. Of clusters
//! that run nothing is said: their names stay.
//!
//! ## Why it matters
//! After the first fail-over `standby` is the active one, and the name can never change. Each namespace
//! has an active cluster of its own, so one cluster may be both at once.
//!
//! ## Example
//! `active` and `standby`, as in older editions of the guide.
//!
//! ## Fix
//! None: only a person knows where the cluster is.
//!
//! ## Source
//! Reports of people who run it: names of regions stay true.

use super::Rule;
use crate::diagnostics::{Diagnostic, quoted};
use crate::edit::ClusterField::Name;
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::warning("name-of-role", check);

const ROLES: &[&str] = &[
    "active",
    "backup",
    "failover",
    "follower",
    "leader",
    "master",
    "passive",
    "primary",
    "replica",
    "secondary",
    "slave",
    "standby",
];

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let planned = reading.clusters.iter();
    let planned = planned.filter(|cluster| cluster.draft.running.is_none());
    let found = planned.filter_map(|cluster| {
        let role = role_in(&cluster.draft.name)?;
        Some(Diagnostic::new(
            cluster.path(Name),
            format!(
                "The name {} will mislead: after a fail-over {} is another cluster.",
                cluster.label(),
                quoted(role)
            ),
            "A name can never change after the first start, and each namespace has an active cluster of \
             its own. The name of a place stays true: us-east-1, eu-west-1, or the name of a data center.",
        ))
    });
    found.collect()
}

/// The part of a name that is a role: parts are parted by what is no letter, and by capitals.
fn role_in(name: &str) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    ROLES.iter().copied().find(|role| {
        let mut places = lower.match_indices(role);
        places.any(|(at, _)| is_parted(name, at) && is_parted(name, at + role.len()))
    })
}

/// Whether a part of a name begins or ends here.
fn is_parted(name: &str, at: usize) -> bool {
    let (before, behind) = name.split_at(at);
    let ends = (before.bytes().next_back(), behind.bytes().next());
    let (Some(before), Some(behind)) = ends else {
        return true;
    };
    !before.is_ascii_alphabetic()
        || !behind.is_ascii_alphabetic()
        || before.is_ascii_lowercase() && behind.is_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, running, said};
    use super::*;

    #[test]
    fn roles_are_whole_parts_of_names() {
        for (name, role) in [
            ("active", Some("active")),
            ("STANDBY", Some("standby")),
            ("prod-primary", Some("primary")),
            ("clusterPassive2", Some("passive")),
            ("backup_eu", Some("backup")),
            ("été.slave", Some("slave")),
            ("masterCluster", Some("master")),
            ("clusterA", None),
            ("proactive", None),
            ("activeness", None),
            ("leaderboard-eu", None),
            ("us-east-1", None),
            ("日本", None),
            ("", None),
        ] {
            assert_eq!(role_in(name), role, "{name}");
        }
    }

    #[test]
    fn the_role_is_named() {
        assert_eq!(
            said(&RULE, &draft(&[(1, Name, "prod-Standby")])),
            "clusters[1].name: The name “prod-Standby” will mislead: after a fail-over “standby” \
             is another cluster."
        );
    }

    #[test]
    fn the_name_of_a_cluster_that_runs_stays() {
        let draft = running(&draft(&[(1, Name, "standby")]), 1);
        assert_eq!(said(&RULE, &draft), "");
    }
}
