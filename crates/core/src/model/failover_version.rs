//! Failover versions: which cluster owns which number, and which number comes next.
//!
//! Source: `common/cluster/metadata.go`, the same from server 1.13 to 1.32.

use std::fmt;

use super::number::{NumberError, parse_number};

/// The distance between two failover versions of one cluster: `failoverVersionIncrement`, in
/// `1 ..= 2147483647`, equal in all connected clusters, chosen once for life.
///
/// The upper bound is the server's since 1.30 (`common/cluster/metadata.go`); older servers take
/// more, and then break in replication streams, which carry initial versions as 32-bit numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FailoverVersionIncrement(u32);

impl FailoverVersionIncrement {
    /// The largest increment a server accepts.
    pub const MAX: u32 = i32::MAX as u32;
    /// That increment.
    pub(crate) const LARGEST: Self = Self(Self::MAX);

    /// Reads an increment.
    ///
    /// # Errors
    /// [`NumberError`] if the text is not a whole number in `1 ..= 2147483647`.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        parse_number(text, 1..=Self::MAX).map(Self)
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }

    /// How many clusters this increment has room for: initial versions are `1 ..= increment − 1`.
    #[must_use]
    pub const fn capacity(self) -> u32 {
        self.0 - 1
    }

    /// The smallest failover version that is not below `current` and belongs to the cluster with
    /// this `initial` version: what the server assigns on failover. `None` past the largest version.
    #[must_use]
    pub fn next(
        self,
        initial: InitialFailoverVersion,
        current: FailoverVersion,
    ) -> Option<FailoverVersion> {
        let increment = i64::from(self.0);
        let floor = (current.0 / increment) * increment;
        let candidate = floor.checked_add(i64::from(initial.0))?;
        let version = if candidate < current.0 {
            candidate.checked_add(increment)?
        } else {
            candidate
        };
        Some(FailoverVersion(version))
    }

    /// The initial version of the cluster that owns `version`; `None` for version 0, which
    /// belongs to local namespaces.
    #[must_use]
    pub fn owner(self, version: FailoverVersion) -> Option<i64> {
        if version.0 == 0 {
            return None;
        }
        let increment = i64::from(self.0);
        let residue = version.0 % increment;
        Some(if residue == 0 { increment } else { residue })
    }
}

impl fmt::Display for FailoverVersionIncrement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The first failover version of a cluster, and its identity for ever: `initialFailoverVersion`,
/// in `1 ..= increment − 1`, different in every connected cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InitialFailoverVersion(u32);

impl InitialFailoverVersion {
    /// Reads an initial failover version that fits the increment.
    ///
    /// # Errors
    /// [`NumberError`] if the text is not a whole number in `1 ..= increment − 1`.
    pub fn parse(text: &str, increment: FailoverVersionIncrement) -> Result<Self, NumberError> {
        let number = parse_number(text, 1..=FailoverVersionIncrement::MAX)?;
        if number > increment.capacity() {
            return Err(NumberError::OutOfRange(i64::from(number)));
        }
        Ok(Self(number))
    }

    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl fmt::Display for InitialFailoverVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The failover version of a namespace: 0 for a local one, else a number whose remainder by the
/// increment is the initial version of the active cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FailoverVersion(i64);

impl FailoverVersion {
    /// The version of a namespace that was never global.
    pub const LOCAL: Self = Self(0);

    /// A failover version; `None` if negative.
    #[must_use]
    pub const fn new(version: i64) -> Option<Self> {
        if version < 0 {
            None
        } else {
            Some(Self(version))
        }
    }

    /// The number itself, never negative.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// The lowest number in `1..` that is not in `taken`: what automatic assignment gives to a new
/// cluster. It never looks at anything but the numbers that exist, so that nothing is renumbered.
#[must_use]
pub fn lowest_free(taken: impl IntoIterator<Item = u32>) -> u32 {
    let mut taken: Vec<u32> = taken.into_iter().collect();
    taken.sort_unstable();
    let mut free = 1;
    for number in taken {
        if number == free {
            free += 1;
        }
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    fn increment(number: u32) -> FailoverVersionIncrement {
        FailoverVersionIncrement::parse(&number.to_string()).expect("a valid increment")
    }

    #[test]
    fn failing_over_gives_the_versions_seen_on_real_servers() {
        // Clusters A, B, C have the initial versions 1, 2, 3.
        for (number, fail_over_to, expected) in [
            (10, &[1, 2, 1, 3, 2, 1][..], &[1, 2, 11, 13, 22, 31][..]),
            (100, &[1, 2, 1, 2, 1], &[1, 2, 101, 102, 201]),
            (100, &[1, 1, 1], &[1, 1, 1]),
        ] {
            let increment = increment(number);
            let mut version = FailoverVersion::LOCAL;
            for (cluster, expected) in fail_over_to.iter().zip(expected) {
                let initial = InitialFailoverVersion::parse(&cluster.to_string(), increment)
                    .expect("a valid initial version");
                version = increment.next(initial, version).expect("no overflow");
                assert_eq!(version.get(), *expected);
                assert_eq!(increment.owner(version), Some(i64::from(*cluster)));
            }
        }
    }

    #[test]
    fn version_zero_and_multiples_have_the_owners_the_server_gives_them() {
        let increment = increment(100);
        let owner = |version| increment.owner(FailoverVersion::new(version).expect("not negative"));
        assert_eq!(owner(0), None);
        assert_eq!(owner(100), Some(100));
        assert_eq!(owner(4102), Some(2));
    }

    #[test]
    fn next_version_does_not_overflow() {
        let increment = increment(100);
        let initial = InitialFailoverVersion::parse("1", increment).expect("valid");
        let last = FailoverVersion::new(i64::MAX).expect("not negative");
        assert_eq!(increment.next(initial, last), None);
    }

    #[test]
    fn initial_versions_stay_below_the_increment() {
        let increment = increment(100);
        assert_eq!(increment.capacity(), 99);
        assert!(InitialFailoverVersion::parse("99", increment).is_ok());
        for (text, number) in [("0", 0), ("100", 100), ("101", 101), ("-1", -1)] {
            assert_eq!(
                InitialFailoverVersion::parse(text, increment),
                Err(NumberError::OutOfRange(number))
            );
        }
    }

    #[test]
    fn lowest_free_number() {
        for (taken, expected) in [
            (&[][..], 1),
            (&[1, 2, 3], 4),
            (&[2, 3], 1),
            (&[1, 3, 7], 2),
            (&[0, 1], 2),
            (&[3, 1, 1, 2], 4),
        ] {
            assert_eq!(lowest_free(taken.iter().copied()), expected, "{taken:?}");
        }
    }
}
