//! Clusters found by a text that they have: a name, an endpoint, a number.

/// Places of clusters by key, sorted. One plain type for all uses: maps of many types would make
/// the page heavier than everything they look up.
pub(crate) struct ByKey(Vec<(String, usize)>);

impl ByKey {
    /// The places with their keys; one place may have several, and one key several places.
    pub(crate) fn new(mut entries: Vec<(String, usize)>) -> Self {
        entries.sort_unstable();
        Self(entries)
    }

    /// The places that have this key, in their order.
    pub(crate) fn places(&self, key: &str) -> &[(String, usize)] {
        let from = self.0.partition_point(|(known, _)| &**known < key);
        let rest = &self.0[from..];
        &rest[..rest.partition_point(|(known, _)| known == key)]
    }

    /// Every place whose key an earlier place has, behind the first that has it; in the order of the
    /// places.
    pub(crate) fn repeated(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let mut first = 0;
        for at in 1..self.0.len() {
            if self.0[at].0 != self.0[first].0 {
                first = at;
            } else if self.0[at].1 != self.0[first].1 {
                pairs.push((self.0[at].1, self.0[first].1));
            }
        }
        pairs.sort_unstable();
        for pair in &mut pairs {
            *pair = (pair.1, pair.0);
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_places_and_repetitions() {
        let entries = [("b", 0), ("a", 1), ("b", 3), ("a", 2), ("b", 0), ("c", 4)];
        let entries = entries.map(|(key, place)| (key.to_owned(), place));
        let by_key = ByKey::new(entries.into());
        let places = |key| {
            let places = by_key.places(key).iter();
            places.map(|(_, place)| *place).collect::<Vec<_>>()
        };
        assert_eq!(places("a"), [1, 2]);
        assert_eq!(places("b"), [0, 0, 3]);
        assert_eq!(places("aa"), [0; 0]);
        assert_eq!(by_key.repeated(), [(1, 2), (0, 3)]);
    }
}
