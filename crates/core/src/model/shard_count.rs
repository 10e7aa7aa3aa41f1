//! History shards.

use std::fmt;

use super::number::{NumberError, parse_number};

/// `numHistoryShards` of a cluster, in `1 ..= 2147483647` (an `int32` in the server), fixed at
/// its first start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ShardCount(u32);

impl ShardCount {
    /// The largest count the server's type can hold.
    pub const MAX: u32 = i32::MAX as u32;

    /// Reads a shard count.
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

    /// Whether one count is a multiple of the other.
    #[must_use]
    pub const fn is_multiple_either_way(self, other: Self) -> bool {
        self.0.is_multiple_of(other.0) || other.0.is_multiple_of(self.0)
    }
}

impl fmt::Display for ShardCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_measured_both_ways() {
        let shards = |text| ShardCount::parse(text).expect("valid");
        for (left, right, expected) in [
            ("4", "4", true),
            ("4", "8", true),
            ("8", "4", true),
            ("4", "6", false),
            ("1", "7", true),
        ] {
            assert_eq!(shards(left).is_multiple_either_way(shards(right)), expected);
        }
    }
}
