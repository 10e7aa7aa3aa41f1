//! Failovers for people to see: which version each failover gives a namespace, and what a version says
//! of the past. The arithmetic itself is [`crate::model::FailoverVersionIncrement`].
//!
//! ```
//! use multicluster_core::{Draft, failover::Failovers};
//!
//! let draft = Draft::default();
//! let failovers = Failovers::of(&draft).expect("the increment is right");
//! let (a, b) = (draft.clusters[0].id, draft.clusters[1].id);
//! let steps = failovers.steps(&[a, b, a]);
//! let versions: Vec<i64> = steps.iter().map(|step| step.to.get()).collect();
//! assert_eq!(versions, [1, 2, 101]);
//! assert!(failovers.read("102").summary.contains("clusterB"));
//! ```

mod verdict;

use crate::diagnostics::cluster_label;
use crate::draft::{ClusterId, Draft};
use crate::model::{
    FailoverVersion, FailoverVersionIncrement, InitialFailoverVersion, NumberError,
};

pub use verdict::{Existence, Verdict};

/// The clusters of a draft that a namespace can fail over to. Other fields may be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failovers {
    increment: FailoverVersionIncrement,
    clusters: Vec<Contender>,
}

/// A cluster whose initial version is right.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Contender {
    id: ClusterId,
    /// As it was typed.
    name: String,
    /// As sentences call it.
    label: String,
    initial: InitialFailoverVersion,
}

/// One failover of a simulated namespace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The cluster that becomes active.
    pub cluster: ClusterId,
    /// Its name as sentences call it: in quotation marks, else `cluster 3`.
    pub label: String,
    /// The version of the namespace before.
    pub from: FailoverVersion,
    /// The version of the namespace afterwards; the same where nothing happens.
    pub to: FailoverVersion,
    /// The rule that gives this version, with the numbers: whole sentences.
    pub rule: String,
}

impl Step {
    /// Whether the cluster was active already, so that servers do nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.from == self.to
    }
}

impl Failovers {
    /// What is known of a draft.
    ///
    /// # Errors
    /// If the increment is wrong: without it no version means anything.
    pub fn of(draft: &Draft) -> Result<Self, NumberError> {
        let increment = FailoverVersionIncrement::parse(&draft.increment)?;
        let clusters = draft.clusters.iter().enumerate();
        let contender = |(index, cluster): (usize, &std::rc::Rc<crate::ClusterDraft>)| {
            Some(Contender {
                id: cluster.id,
                name: cluster.name.clone(),
                label: cluster_label(index, &cluster.name),
                initial: InitialFailoverVersion::parse(&cluster.initial_version, increment).ok()?,
            })
        };
        Ok(Self {
            increment,
            clusters: clusters.filter_map(contender).collect(),
        })
    }

    /// Whether a namespace can fail over to this cluster: its initial version is right.
    #[must_use]
    pub fn can_be_active(&self, cluster: ClusterId) -> bool {
        self.contender(cluster).is_some()
    }

    /// A new namespace that is active in the first of these clusters, and fails over to each next one.
    /// Clusters that cannot be active are left out.
    #[must_use]
    pub fn steps(&self, clusters: &[ClusterId]) -> Vec<Step> {
        let mut version = FailoverVersion::LOCAL;
        let mut steps = Vec::new();
        for &cluster in clusters {
            if let Some(step) = self.step(version, cluster) {
                version = step.to;
                steps.push(step);
            }
        }
        steps
    }

    /// A namespace with this version fails over to a cluster. `None` if that cannot be active, or if
    /// there is no higher version.
    #[must_use]
    pub fn step(&self, from: FailoverVersion, cluster: ClusterId) -> Option<Step> {
        let to = self.contender(cluster)?;
        let version = self.increment.next(to.initial, from)?;
        Some(Step {
            cluster,
            label: to.label.clone(),
            from,
            to: version,
            rule: self.rule(to, from, version),
        })
    }

    /// A step to every cluster from this version: what comes next.
    pub fn next_steps(&self, from: FailoverVersion) -> impl Iterator<Item = Step> + '_ {
        let clusters = self.clusters.iter();
        clusters.filter_map(move |cluster| self.step(from, cluster.id))
    }

    fn rule(&self, to: &Contender, from: FailoverVersion, version: FailoverVersion) -> String {
        let (label, initial) = (&to.label, to.initial);
        let (from, version) = (from.get(), version.get());
        if from == 0 {
            return format!(
                "A namespace begins with the initial failover version of its active cluster: {label} \
                 has {initial}."
            );
        }
        if from == version {
            return format!("{label} is active already: nothing happens, and {version} stays.");
        }
        let increment = i64::from(self.increment.get());
        let round = from / increment;
        let begin = format!(
            "The next version of {label} is a multiple of {increment} plus its initial failover version \
             {initial}"
        );
        let first = round * increment + i64::from(initial.get());
        let sum = self.sum(version);
        if first == version {
            format!("{begin}: the smallest that is not below {from} is {sum}.")
        } else {
            format!(
                "{begin}: {} = {first} is below {from}, so it is one multiple more, {sum}.",
                self.terms(first)
            )
        }
    }

    /// `1 × 100 + 2 = 102`.
    fn sum(&self, version: i64) -> String {
        format!("{} = {version}", self.terms(version))
    }

    /// `1 × 100 + 2`.
    fn terms(&self, version: i64) -> String {
        let increment = i64::from(self.increment.get());
        format!(
            "{} × {increment} + {}",
            version / increment,
            version % increment
        )
    }

    fn contender(&self, id: ClusterId) -> Option<&Contender> {
        self.clusters.iter().find(|cluster| cluster.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{ClusterField, Edit};
    use expect_test::expect;

    fn draft(increment: &str, clusters: usize) -> Draft {
        let mut draft = Draft::default().with(&[Edit::SetIncrement(increment.to_owned())]);
        while draft.clusters.len() < clusters {
            draft.apply(&Edit::AddCluster);
        }
        draft
    }

    fn steps(draft: &Draft, places: &[usize]) -> Vec<Step> {
        let ids: Vec<ClusterId> = places.iter().map(|&at| draft.clusters[at].id).collect();
        let failovers = Failovers::of(draft).expect("the increment is right");
        failovers.steps(&ids)
    }

    #[test]
    fn versions_are_those_seen_on_real_servers() {
        for (increment, places, versions) in [
            ("10", &[0, 1, 0, 2, 1, 0][..], &[1, 2, 11, 13, 22, 31][..]),
            ("100", &[0, 1, 0, 1, 0], &[1, 2, 101, 102, 201]),
            ("10", &[0, 1], &[1, 2]),
            ("10", &[1, 0], &[2, 11]),
            ("100", &[0, 0, 0], &[1, 1, 1]),
        ] {
            let steps = steps(&draft(increment, 3), places);
            let seen: Vec<i64> = steps.iter().map(|step| step.to.get()).collect();
            assert_eq!(seen, versions, "{increment} {places:?}");
        }
    }

    #[test]
    fn every_step_says_its_rule_with_the_numbers() {
        let steps = steps(&draft("100", 2), &[0, 1, 0, 0, 1]);
        let said: Vec<String> = steps.iter().map(|step| step.rule.clone()).collect();
        expect![[r#"
            A namespace begins with the initial failover version of its active cluster: “clusterA” has 1.
            The next version of “clusterB” is a multiple of 100 plus its initial failover version 2: the smallest that is not below 1 is 0 × 100 + 2 = 2.
            The next version of “clusterA” is a multiple of 100 plus its initial failover version 1: 0 × 100 + 1 = 1 is below 2, so it is one multiple more, 1 × 100 + 1 = 101.
            “clusterA” is active already: nothing happens, and 101 stays.
            The next version of “clusterB” is a multiple of 100 plus its initial failover version 2: the smallest that is not below 101 is 1 × 100 + 2 = 102."#]]
        .assert_eq(&said.join("\n"));
        let nothing: Vec<bool> = steps.iter().map(Step::is_nothing).collect();
        assert_eq!(nothing, [false, false, false, true, false]);
    }

    #[test]
    fn a_cluster_without_a_version_cannot_be_active_and_the_others_can() {
        let mut draft = draft("100", 3);
        let wrong = draft.clusters[1].id;
        draft.apply(&Edit::SetField(
            wrong,
            ClusterField::InitialFailoverVersion,
            "100".into(),
        ));
        assert!(!Failovers::of(&draft).expect("right").can_be_active(wrong));
        let seen: Vec<i64> = steps(&draft, &[0, 1, 2, 0])
            .iter()
            .map(|step| step.to.get())
            .collect();
        assert_eq!(seen, [1, 3, 101]);
        draft.apply(&Edit::SetIncrement("0".into()));
        assert_eq!(Failovers::of(&draft), Err(NumberError::OutOfRange(0)));
    }

    #[test]
    fn past_the_largest_version_there_is_no_step() {
        let draft = draft("100", 2);
        let failovers = Failovers::of(&draft).expect("right");
        let last = FailoverVersion::new(i64::MAX).expect("not negative");
        assert_eq!(failovers.step(last, draft.clusters[0].id), None);
        assert_eq!(failovers.next_steps(last).count(), 0);
        let first = failovers.next_steps(FailoverVersion::LOCAL);
        assert_eq!(first.map(|step| step.to.get()).collect::<Vec<_>>(), [1, 2]);
    }
}
