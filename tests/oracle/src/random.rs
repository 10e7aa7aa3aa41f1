//! Random choices that a number brings back: the same seed makes the same choices on every machine.

/// `SplitMix64`, by Sebastiano Vigna (public domain): small, quick, and good enough to choose cases.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Choices for the case with this number, independent of all other cases.
    pub fn of_case(seed: u64, case: usize) -> Self {
        let mut mixed = Self(seed);
        for _ in 0..2 {
            mixed.0 = mixed.next() ^ case as u64;
        }
        mixed
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the remainder is below a usize"
    )]
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number in `first ..= last`.
    pub fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// Yes in so many cases of a hundred.
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_makes_the_same_choices() {
        let choices = |seed, case| {
            let mut random = Random::of_case(seed, case);
            [(); 4].map(|()| random.below(1000))
        };
        assert_eq!(choices(1, 7), choices(1, 7));
        assert_ne!(choices(1, 7), choices(1, 8));
        assert_ne!(choices(1, 7), choices(2, 7));
    }
}
