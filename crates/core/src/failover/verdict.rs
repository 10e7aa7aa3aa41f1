//! What a failover version says: which cluster it belongs to, and whether it can exist.

use super::{Contender, Failovers};
use crate::diagnostics::quoted;
use crate::draft::ClusterId;
use crate::model::FailoverVersion;

/// Whether a version can exist in a set-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// Nothing was typed.
    NothingTyped,
    /// What was typed is no whole number.
    NotANumber,
    /// The version of a namespace that is not global.
    Local,
    /// A namespace can have it.
    Possible,
    /// No namespace can have it.
    Impossible,
}

/// What is known of a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it can exist.
    pub existence: Existence,
    /// The cluster that is active, where there is one and only one.
    pub owner: Option<ClusterId>,
    /// One sentence.
    pub summary: String,
    /// Why: a sentence each.
    pub reasons: Vec<String>,
    /// The version, where it is one, so that what comes next can be asked.
    pub version: Option<FailoverVersion>,
}

impl Verdict {
    fn new(existence: Existence, summary: impl Into<String>) -> Self {
        Self {
            existence,
            owner: None,
            summary: summary.into(),
            reasons: Vec::new(),
            version: None,
        }
    }

    fn because(mut self, reason: impl Into<String>) -> Self {
        self.reasons.push(reason.into());
        self
    }
}

impl Failovers {
    /// Reads a version that somebody typed or pasted: `101`, or with a word in front, `clusterB = 101`.
    /// If that word is the name of a cluster, it is checked that the version is one of it.
    #[must_use]
    pub fn read(&self, text: &str) -> Verdict {
        let text = text.trim();
        if text.is_empty() {
            return Verdict::new(Existence::NothingTyped, "No version was typed.");
        }
        let (claim, number) = split(text);
        let Some(version) = parse(number) else {
            return Verdict::new(
                Existence::NotANumber,
                format!("{} is no whole number.", quoted(text)),
            )
            .because("A failover version is written in the digits 0 to 9.");
        };
        let verdict = self.verdict(version);
        let claimed = self.clusters.iter().find(|cluster| cluster.name == claim);
        match claimed {
            Some(claimed) => self.check(claimed, verdict),
            None => verdict,
        }
    }

    /// What is known of a version.
    fn verdict(&self, version: i128) -> Verdict {
        let Some(version) = i64::try_from(version).ok().and_then(FailoverVersion::new) else {
            return out_of_range(version);
        };
        let number = version.get();
        let Some(residue) = self.increment.owner(version) else {
            return Verdict {
                version: Some(version),
                ..Verdict::new(Existence::Local, "0 is the version of a local namespace.").because(
                    "A namespace that was never global has no owner. Once it is promoted, it gets \
                         the initial failover version of its cluster.",
                )
            };
        };
        let increment = self.increment;
        let owners: Vec<&Contender> = self
            .clusters
            .iter()
            .filter(|cluster| i64::from(cluster.initial.get()) == residue)
            .collect();
        let verdict = match owners[..] {
            [owner] => self.owned(version, owner),
            [] if residue == i64::from(increment.get()) => Verdict::new(
                Existence::Impossible,
                format!("{number} belongs to no cluster, and cannot exist."),
            )
            .because(format!(
                "{number} is a multiple of the increment {increment}, and every initial failover version \
                 is smaller than the increment."
            )),
            [] => Verdict::new(
                Existence::Impossible,
                format!("{number} belongs to no cluster of this set-up."),
            )
            .because(format!(
                "{}: no cluster has the initial failover version {residue}.",
                self.equation(number)
            ))
            .because(
                "If a namespace has it, a cluster was taken out or is missing here, or the increment is \
                 another one.",
            ),
            _ => Verdict::new(
                Existence::Impossible,
                format!("{number} belongs to several clusters at once."),
            )
            .because(format!(
                "{}: {} have the initial failover version {residue}, and each needs its own.",
                self.equation(number),
                joined(owners.iter().map(|owner| &*owner.label))
            )),
        };
        Verdict {
            version: Some(version),
            ..verdict
        }
    }

    fn owned(&self, version: FailoverVersion, owner: &Contender) -> Verdict {
        let number = version.get();
        let label = &owner.label;
        let round = number / i64::from(self.increment.get());
        let remainder = format!(
            "{}: the remainder is the initial failover version of {label}.",
            self.equation(number)
        );
        let Some(least) = self.least_failovers(round, owner) else {
            return Verdict::new(
                Existence::Impossible,
                format!("{number} would be a version of {label}, but cannot exist in this set-up."),
            )
            .because(remainder)
            .because(format!(
                "{label} is the only cluster: without another one to fail over to and back, the version \
                 stays {}.",
                owner.initial
            ));
        };
        let history = match least {
            0 => format!(
                "It is the first version of a namespace that begins active in {label}, or comes after \
                 failovers from clusters with smaller numbers."
            ),
            1 => "At least 1 failover came before it.".to_owned(),
            _ => format!("At least {least} failovers came before it."),
        };
        Verdict {
            owner: Some(owner.id),
            ..Verdict::new(
                Existence::Possible,
                format!("{number} is a version of {label}: the namespace is active there."),
            )
            .because(remainder)
            .because(history)
        }
    }

    /// The fewest failovers after which a namespace can have the version of `owner` in this round;
    /// `None` if it never can.
    ///
    /// Going back from the version, each round before needs a cluster with a larger number, so that
    /// the version passed a multiple of the increment. Where there is none, one more failover within
    /// the round leads down to the smallest number first.
    fn least_failovers(&self, round: i64, owner: &Contender) -> Option<i64> {
        let mut numbers: Vec<u32> = self.clusters.iter().map(|it| it.initial.get()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let larger = numbers.iter().filter(|&&it| it > owner.initial.get());
        let larger = i64::try_from(larger.count()).ok()?;
        let all_larger = i64::try_from(numbers.len()).ok()? - 1;
        let remaining = round - larger;
        if remaining <= 0 {
            return Some(round);
        }
        if all_larger == 0 {
            return None;
        }
        // Rounded up.
        let turns = remaining / all_larger + i64::from(remaining % all_larger > 0);
        round.checked_add(turns)
    }

    /// Holds a verdict against the cluster that somebody says is active.
    fn check(&self, claimed: &Contender, verdict: Verdict) -> Verdict {
        let (Some(version), false) = (verdict.version, verdict.owner == Some(claimed.id)) else {
            return verdict;
        };
        let number = version.get();
        let label = &claimed.label;
        let next = self.increment.next(claimed.initial, version);
        let next = next.map_or(String::new(), |next| {
            format!(
                " The smallest version of {label} that is not below it is {}.",
                next.get()
            )
        });
        Verdict {
            existence: Existence::Impossible,
            summary: format!(
                "{number} cannot be a version of {label}. {}",
                verdict.summary
            ),
            reasons: verdict
                .reasons
                .into_iter()
                .chain([format!(
                    "Every version of {label} is a multiple of {} plus {}.{next}",
                    self.increment, claimed.initial
                )])
                .collect(),
            ..verdict
        }
    }

    /// `101 = 1 × 100 + 1`.
    fn equation(&self, version: i64) -> String {
        format!("{version} = {}", self.terms(version))
    }
}

/// Why a number is no version.
fn out_of_range(number: i128) -> Verdict {
    if number < 0 {
        Verdict::new(
            Existence::Impossible,
            format!("{number} cannot exist: versions are never negative."),
        )
        .because("They begin with an initial failover version, which is 1 or more, and only grow.")
    } else {
        Verdict::new(
            Existence::Impossible,
            format!("No version is larger than {}.", i64::MAX),
        )
        .because("Servers keep versions as signed 64-bit numbers.")
    }
}

/// What stands before the number, without what joins the two, and the number.
fn split(text: &str) -> (&str, &str) {
    let is_mark = |c: char| c.is_whitespace() || "=:,\"'`→>".contains(c);
    let text = text.trim_end_matches(is_mark);
    let begin = text.rfind(is_mark).map_or(0, |at| {
        at + text[at..].chars().next().map_or(0, char::len_utf8)
    });
    let (before, number) = text.split_at(begin);
    let before = before.trim_end_matches(|c| is_mark(c) || c == '-');
    (before.trim_start_matches(is_mark), number)
}

/// A whole number however long; what is too long for the type is its largest or smallest value.
fn parse(text: &str) -> Option<i128> {
    let (is_negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let magnitude = digits.parse().unwrap_or(i128::MAX);
    Some(if is_negative { -magnitude } else { magnitude })
}

/// `a, b and c`.
fn joined<'a>(parts: impl DoubleEndedIterator<Item = &'a str>) -> String {
    let mut parts = parts.rev();
    let last = parts.next().unwrap_or_default();
    let mut others: Vec<&str> = parts.collect();
    others.reverse();
    if others.is_empty() {
        return last.to_owned();
    }
    format!("{} and {last}", others.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::edit::{ClusterField, Edit};
    use expect_test::expect;
    use std::collections::BTreeMap;
    use std::collections::btree_map::Entry;

    /// Clusters with these names and initial versions.
    fn failovers(increment: &str, clusters: &[(&str, &str)]) -> Failovers {
        let mut draft = Draft::empty().with(&[Edit::SetIncrement(increment.to_owned())]);
        for (name, initial) in clusters {
            let id = draft.add_named(name);
            let field = ClusterField::InitialFailoverVersion;
            draft.apply(&Edit::SetField(id, field, (*initial).to_owned()));
        }
        Failovers::of(&draft).expect("the increment is right")
    }

    const PAIR: &[(&str, &str)] = &[("cluster-a", "1"), ("cluster-b", "2")];

    fn said(verdict: &Verdict) -> String {
        format!("{} {}", verdict.summary, verdict.reasons.join(" "))
    }

    #[test]
    fn every_integer_has_its_verdict() {
        use Existence::{Impossible, Local, NotANumber, NothingTyped, Possible};
        let pair = failovers("100", PAIR);
        for (text, existence, says) in [
            ("", NothingTyped, "No version was typed."),
            ("  ", NothingTyped, "No version was typed."),
            ("x", NotANumber, "“x” is no whole number."),
            ("1.5", NotANumber, "“1.5” is no whole number."),
            ("0", Local, "0 is the version of a local namespace."),
            (
                "-1",
                Impossible,
                "-1 cannot exist: versions are never negative.",
            ),
            (
                "-24",
                Impossible,
                "-24 cannot exist: versions are never negative.",
            ),
            (
                "9223372036854775808",
                Impossible,
                "No version is larger than 9223372036854775807.",
            ),
            (
                "99999999999999999999999999999999999999999999999999",
                Impossible,
                "No version is larger",
            ),
            (
                "1",
                Possible,
                "1 is a version of “cluster-a”: the namespace is active there.",
            ),
            (
                "2",
                Possible,
                "It is the first version of a namespace that begins active in “cluster-b”",
            ),
            (
                "101",
                Possible,
                "101 = 1 × 100 + 1: the remainder is the initial failover version of “cluster-a”. \
                 At least 1 failover came before it.",
            ),
            ("102", Possible, "At least 2 failovers came before it."),
            (
                "4102",
                Possible,
                "4102 = 41 × 100 + 2: the remainder is the initial failover version of “cluster-b”.",
            ),
            (
                "100",
                Impossible,
                "100 belongs to no cluster, and cannot exist. 100 is a multiple of the increment 100",
            ),
            (
                "103",
                Impossible,
                "103 belongs to no cluster of this set-up. 103 = 1 × 100 + 3: no cluster has the \
                 initial failover version 3.",
            ),
        ] {
            let verdict = pair.read(text);
            assert_eq!(verdict.existence, existence, "{text}");
            let is_version =
                matches!(existence, Local | Possible) || ["100", "103"].contains(&text);
            assert_eq!(verdict.version.is_some(), is_version, "{text}");
            assert!(said(&verdict).contains(says), "{text}: {}", said(&verdict));
        }
    }

    /// Every kind of verdict, word for word.
    #[test]
    fn what_is_said_of_versions() {
        let pair = failovers("100", PAIR);
        let three = failovers("100", &[("a", "1"), ("b", "1"), ("c", "1"), ("d", "2")]);
        let alone = failovers("100", &[("a", "1")]);
        let said = [
            (&pair, "1.5"),
            (&pair, "0"),
            (&pair, "-1"),
            (&pair, "9223372036854775808"),
            (&pair, "2"),
            (&pair, "101"),
            (&pair, "102"),
            (&pair, "200"),
            (&pair, "103"),
            (&pair, "cluster-b = 101"),
            (&pair, "cluster-b = 9223372036854775801"),
            (&three, "201"),
            (&alone, "1"),
            (&alone, "101"),
        ]
        .map(|(failovers, text)| said(&failovers.read(text)));
        expect![[r#"
            “1.5” is no whole number. A failover version is written in the digits 0 to 9.
            0 is the version of a local namespace. A namespace that was never global has no owner. Once it is promoted, it gets the initial failover version of its cluster.
            -1 cannot exist: versions are never negative. They begin with an initial failover version, which is 1 or more, and only grow.
            No version is larger than 9223372036854775807. Servers keep versions as signed 64-bit numbers.
            2 is a version of “cluster-b”: the namespace is active there. 2 = 0 × 100 + 2: the remainder is the initial failover version of “cluster-b”. It is the first version of a namespace that begins active in “cluster-b”, or comes after failovers from clusters with smaller numbers.
            101 is a version of “cluster-a”: the namespace is active there. 101 = 1 × 100 + 1: the remainder is the initial failover version of “cluster-a”. At least 1 failover came before it.
            102 is a version of “cluster-b”: the namespace is active there. 102 = 1 × 100 + 2: the remainder is the initial failover version of “cluster-b”. At least 2 failovers came before it.
            200 belongs to no cluster, and cannot exist. 200 is a multiple of the increment 100, and every initial failover version is smaller than the increment.
            103 belongs to no cluster of this set-up. 103 = 1 × 100 + 3: no cluster has the initial failover version 3. If a namespace has it, a cluster was taken out or is missing here, or the increment is another one.
            101 cannot be a version of “cluster-b”. 101 is a version of “cluster-a”: the namespace is active there. 101 = 1 × 100 + 1: the remainder is the initial failover version of “cluster-a”. At least 1 failover came before it. Every version of “cluster-b” is a multiple of 100 plus 2. The smallest version of “cluster-b” that is not below it is 102.
            9223372036854775801 cannot be a version of “cluster-b”. 9223372036854775801 is a version of “cluster-a”: the namespace is active there. 9223372036854775801 = 92233720368547758 × 100 + 1: the remainder is the initial failover version of “cluster-a”. At least 184467440737095515 failovers came before it. Every version of “cluster-b” is a multiple of 100 plus 2. The smallest version of “cluster-b” that is not below it is 9223372036854775802.
            201 belongs to several clusters at once. 201 = 2 × 100 + 1: “a”, “b” and “c” have the initial failover version 1, and each needs its own.
            1 is a version of “a”: the namespace is active there. 1 = 0 × 100 + 1: the remainder is the initial failover version of “a”. It is the first version of a namespace that begins active in “a”, or comes after failovers from clusters with smaller numbers.
            101 would be a version of “a”, but cannot exist in this set-up. 101 = 1 × 100 + 1: the remainder is the initial failover version of “a”. “a” is the only cluster: without another one to fail over to and back, the version stays 1."#]].assert_eq(&said.join("\n"));
    }

    #[test]
    fn a_version_in_what_people_paste_is_found() {
        let pair = failovers("100", PAIR);
        for text in [
            "101",
            " 101\n",
            "\"failoverVersion\": \"101\",",
            "failover_version:101",
            "cluster-a = 101",
            "cluster-a=101",
            "cluster-a -> 101",
            "\"cluster-a\": 101",
        ] {
            let verdict = pair.read(text);
            assert_eq!(verdict.existence, Existence::Possible, "{text}");
            assert_eq!(verdict.version.map(FailoverVersion::get), Some(101));
        }
    }

    /// Found in a published table: “flip → cluster-b = 101”.
    #[test]
    fn a_version_said_of_the_wrong_cluster_is_refused() {
        let verdict = failovers("100", PAIR).read("cluster-b = 101");
        assert_eq!(verdict.existence, Existence::Impossible);
        assert_eq!(
            verdict.summary,
            "101 cannot be a version of “cluster-b”. 101 is a version of “cluster-a”: the namespace is \
             active there."
        );
        assert_eq!(
            verdict.reasons.last().map(String::as_str),
            Some(
                "Every version of “cluster-b” is a multiple of 100 plus 2. The smallest version of \
                 “cluster-b” that is not below it is 102."
            )
        );
    }

    #[test]
    fn one_number_for_two_clusters_is_no_version() {
        let verdict = failovers("100", &[("a", "1"), ("b", "1"), ("c", "2")]).read("101");
        assert_eq!(verdict.existence, Existence::Impossible);
        assert!(said(&verdict).contains("“a” and “b” have the initial failover version 1"));
    }

    #[test]
    fn alone_a_cluster_keeps_its_first_version() {
        let one = failovers("100", &[("a", "1")]);
        assert_eq!(one.read("1").existence, Existence::Possible);
        assert_eq!(one.read("101").existence, Existence::Impossible);
    }

    /// Every way of up to 9 failovers is gone, and the shortest to each version is what is said.
    #[test]
    fn the_fewest_failovers_are_those_of_the_shortest_way() {
        const FAILOVERS: i64 = 9;
        for count in 2..=4_usize {
            let numbers: Vec<String> = [2, 3, 5, 8].map(|it: u32| it.to_string()).to_vec();
            let clusters: Vec<(&str, &str)> = numbers
                .iter()
                .take(count)
                .map(|number| (number.as_str(), number.as_str()))
                .collect();
            let failovers = failovers("10", &clusters);
            let mut shortest: BTreeMap<i64, i64> = BTreeMap::new();
            let mut reached: Vec<FailoverVersion> = vec![FailoverVersion::LOCAL];
            for way in 0..=FAILOVERS {
                let mut next = Vec::new();
                for from in reached {
                    for step in failovers.next_steps(from).filter(|step| !step.is_nothing()) {
                        if let Entry::Vacant(first) = shortest.entry(step.to.get()) {
                            first.insert(way);
                            next.push(step.to);
                        }
                    }
                }
                reached = next;
            }
            assert!(shortest.len() > 10);
            for (version, way) in shortest {
                let version = FailoverVersion::new(version).expect("not negative");
                let owner = failovers.increment.owner(version);
                let mut all = failovers.clusters.iter();
                let owner = all.find(|it| Some(i64::from(it.initial.get())) == owner);
                let round = version.get() / 10;
                let least = failovers.least_failovers(round, owner.expect("an owner"));
                assert_eq!(least, Some(way), "{version:?} of {count}");
            }
        }
    }
}
