//! What differs between two texts, line by line.

/// A line of two texts laid over each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiffLine {
    /// It is in both.
    Same(String),
    /// It is in the first only.
    Removed(String),
    /// It is in the second only.
    Added(String),
}

impl DiffLine {
    /// How it is printed: behind a space, `-` or `+`.
    #[must_use]
    pub fn text(&self) -> String {
        let (mark, line) = match self {
            Self::Same(line) => (' ', line),
            Self::Removed(line) => ('-', line),
            Self::Added(line) => ('+', line),
        };
        format!("{mark}{line}")
    }
}

/// The fewest lines to remove and to add; where both, those removed stand first.
pub(super) fn diff(before: &[String], after: &[String]) -> Vec<DiffLine> {
    let same = |(one, other): &(&String, &String)| one == other;
    let head = before.iter().zip(after).take_while(same).count();
    let (first, second) = (&before[head..], &after[head..]);
    let tail = first.iter().rev().zip(second.iter().rev());
    let tail = tail.take_while(same).count();
    let middle = diff_in_between(&first[..first.len() - tail], &second[..second.len() - tail]);
    let kept = |lines: &[String]| {
        lines
            .iter()
            .cloned()
            .map(DiffLine::Same)
            .collect::<Vec<_>>()
    };
    [
        kept(&before[..head]),
        middle,
        kept(&before[before.len() - tail..]),
    ]
    .concat()
}

/// The same, in time that grows with the product of both lengths.
fn diff_in_between(mut before: &[String], mut after: &[String]) -> Vec<DiffLine> {
    let common = common(before, after);
    let mut lines = Vec::new();
    loop {
        let line;
        (line, before, after) = match (before, after) {
            ([], []) => return lines,
            ([same, first @ ..], [other, second @ ..]) if same == other => {
                (DiffLine::Same(same.clone()), first, second)
            }
            ([_, first @ ..], [added, second @ ..])
                if common[first.len()][after.len()] < common[before.len()][second.len()] =>
            {
                (DiffLine::Added(added.clone()), before, second)
            }
            ([removed, first @ ..], _) => (DiffLine::Removed(removed.clone()), first, after),
            ([], [added, second @ ..]) => (DiffLine::Added(added.clone()), before, second),
        };
        lines.push(line);
    }
}

/// How many lines the rests of both texts have in common, by the lengths of both.
fn common(before: &[String], after: &[String]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; after.len() + 1]];
    for line in before.iter().rev() {
        let shorter = &common[common.len() - 1];
        let mut row = vec![0];
        for (length, other) in after.iter().rev().enumerate() {
            row.push(if line == other {
                shorter[length] + 1
            } else {
                shorter[length + 1].max(row[length])
            });
        }
        common.push(row);
    }
    common
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<String> {
        text.chars().map(String::from).collect()
    }

    #[test]
    fn tells_what_was_removed_before_what_was_added() {
        for (before, after, expected) in [
            ("", "", ""),
            ("abc", "abc", " a b c"),
            ("abc", "axc", " a-b+x c"),
            ("", "a", "+a"),
            ("ab", "", "-a-b"),
            ("abcd", "acdb", " a-b c d+b"),
            ("ac", "ba", "+b a-c"),
        ] {
            let told: String = diff(&lines(before), &lines(after))
                .iter()
                .map(DiffLine::text)
                .collect();
            assert_eq!(told, expected, "{before} {after}");
        }
    }

    /// How many lines two texts have in common: the most of one that are in the other in their order, every choice tried.
    fn most_in_common(before: &str, after: &str) -> usize {
        let chosen = |bits: u32| {
            let letters = before.chars().enumerate();
            letters.filter(move |(at, _)| bits >> at & 1 == 1)
        };
        let fits = |&bits: &u32| {
            let mut rest = after.chars();
            chosen(bits).all(|(_, letter)| rest.any(|other| other == letter))
        };
        let most = (0..1 << before.len()).filter(fits).map(u32::count_ones);
        most.max().map_or(0, |most| most as usize)
    }

    proptest! {
        #[test]
        fn it_keeps_as_many_lines_as_can_be(before in "[abc]{0,7}", after in "[abc]{0,7}") {
            let told = diff(&lines(&before), &lines(&after));
            let kept = told.iter().filter(|line| matches!(line, DiffLine::Same(_)));
            prop_assert_eq!(kept.count(), most_in_common(&before, &after));
        }

        #[test]
        fn both_texts_can_be_read_from_it(before in "[abc]{0,9}", after in "[abc]{0,9}") {
            let (mut first, mut second) = (String::new(), String::new());
            for line in diff(&lines(&before), &lines(&after)) {
                match line {
                    DiffLine::Same(line) => {
                        first += &line;
                        second += &line;
                    }
                    DiffLine::Removed(line) => first += &line,
                    DiffLine::Added(line) => second += &line,
                }
            }
            prop_assert_eq!((first, second), (before, after));
        }
    }
}
