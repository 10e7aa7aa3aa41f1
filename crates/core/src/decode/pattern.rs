//! Finding a message in a text, whatever words are in its places.

/// How far a place or a gap reaches at most, in bytes: so that a text is read in linear time, however
/// it was made. A cluster name has 255 bytes at most.
const REACH: usize = 320;

/// What ends a line: of the text, and of what is quoted in one.
const LINE_ENDS: [char; 2] = ['\n', QUOTED_LINE_END];
/// What stands for a line end within a line whose escapes were taken away.
pub(super) const QUOTED_LINE_END: char = '\u{2028}';

/// A message of `server_messages`, taken apart.
pub(super) struct Pattern {
    /// What it begins with.
    head: &'static str,
    rest: Vec<(Place, &'static str)>,
}

/// What stands between two parts of a message.
#[derive(Clone, Copy)]
enum Place {
    /// A word that is kept under this name.
    Word(&'static str),
    /// What is left out.
    Gap,
}

/// What was found: where it ends, and the words in its places.
pub(super) struct Found {
    pub(super) end: usize,
    pub(super) words: Vec<(&'static str, String)>,
}

impl Pattern {
    /// `message` must not begin with a place, and two places must not meet.
    pub(super) fn of(message: &'static str) -> Self {
        let mut parts = message.split_inclusive(['{', '…']);
        let head = parts.next().unwrap_or_default();
        let mut place = place_at(head);
        let mut rest = Vec::new();
        for part in parts {
            let text = match place {
                Place::Gap => part,
                Place::Word(_) => part.split_once('}').map_or("", |(_, text)| text),
            };
            let word = part.split_once('}').map_or("", |(word, _)| word);
            let this = match place {
                Place::Gap => Place::Gap,
                Place::Word(_) => Place::Word(word),
            };
            rest.push((this, literal(text)));
            place = place_at(part);
        }
        Self {
            head: literal(head),
            rest,
        }
    }

    /// Every place where the message may begin.
    pub(super) fn heads<'t>(&self, text: &'t str) -> impl Iterator<Item = usize> + use<'t> {
        text.match_indices(self.head).map(|(at, _)| at)
    }

    /// The message at this place. No word and no gap reaches over one of the `breaks`, which are in
    /// their order.
    pub(super) fn at(&self, text: &str, begin: usize, breaks: &[usize]) -> Option<Found> {
        let mut end = begin + self.head.len();
        let mut words = Vec::new();
        for &(place, literal) in &self.rest {
            let mut ahead = within_line(&text[end..]);
            let most = reach(end, breaks);
            if literal.is_empty() {
                ahead = &ahead[..ahead.len().min(most)];
            }
            let (length, word) = match place {
                Place::Gap => (ahead.find(literal).filter(|length| *length <= most)?, None),
                Place::Word(name) => {
                    let length = word_length(name, ahead, literal);
                    let length = length.filter(|length| *length <= most)?;
                    (length, Some((name, clean(name, &ahead[..length]))))
                }
            };
            words.extend(word);
            end += length + literal.len();
        }
        Some(Found { end, words })
    }

    /// The message behind this place, in the same line and not far.
    pub(super) fn behind(&self, text: &str, end: usize, breaks: &[usize]) -> Option<Found> {
        let ahead = within_line(&text[end..]);
        let begin = ahead.find(self.head)?;
        let is_near = begin <= reach(end, breaks);
        is_near.then(|| self.at(text, end + begin, breaks))?
    }
}

/// How many bytes behind this place the next break is.
fn reach(from: usize, breaks: &[usize]) -> usize {
    let next = breaks.partition_point(|at| *at < from);
    breaks.get(next).map_or(usize::MAX, |at| at - from)
}

fn place_at(part: &str) -> Place {
    if part.ends_with('{') {
        Place::Word("")
    } else {
        Place::Gap
    }
}

fn literal(part: &'static str) -> &'static str {
    part.trim_end_matches(['{', '…'])
}

/// What is near and in the same line.
fn within_line(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(REACH)];
    near.find(LINE_ENDS).map_or(near, |end| &near[..end])
}

/// How long the word is that stands before `literal`, or at the end of the message.
fn word_length(name: &str, ahead: &str, literal: &str) -> Option<usize> {
    let is_number = matches!(name, "version" | "increment" | "initial" | "line");
    let length = if literal.is_empty() && name == "text" {
        // All that follows, up to the next value of a line of JSON.
        ahead.find("\",\"").unwrap_or(ahead.len())
    } else if literal.is_empty() {
        let ends = |c: char| match name {
            _ if is_number => !(c.is_ascii_digit() || c == '-'),
            "flag" | "policy" => c.is_whitespace() || c == '"' || c == '\'',
            _ => c == '"',
        };
        // A name that Go put in quotation marks ends with them.
        let quoted = ahead.strip_prefix('"').and_then(|rest| rest.find('"'));
        match quoted {
            Some(inside) => inside + 2,
            None => ahead.find(ends).unwrap_or(ahead.len()),
        }
    } else {
        ahead.find(literal)?
    };
    let word = &ahead[..length];
    let fits = match name {
        _ if is_number => {
            let digits = word.strip_prefix('-').unwrap_or(word);
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        }
        "reason" => length <= 20,
        "address" | "flag" | "word" | "letter" => !word.contains(char::is_whitespace),
        _ => true,
    };
    fits.then_some(length)
}

/// The word without what it was wrapped in.
fn clean(name: &str, word: &str) -> String {
    let word = word.trim();
    if name == "text" {
        return word.trim_end_matches(['"', '.']).to_owned();
    }
    let quotes = ['"', '`', '\''];
    let inside = quotes
        .iter()
        .find_map(|&quote| word.strip_prefix(quote)?.strip_suffix(quote));
    inside.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(message: &'static str, text: &str) -> Option<String> {
        let pattern = Pattern::of(message);
        let found = pattern
            .heads(text)
            .find_map(|begin| pattern.at(text, begin, &[]))?;
        let words = found
            .words
            .iter()
            .map(|(name, word)| format!("{name}={word}"));
        Some(words.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn places_take_words() {
        for (message, text, expected) in [
            ("a b", "x a b y", Some("")),
            ("a b", "x a c", None),
            (
                "name: {cluster}",
                "name: my cluster\nnext",
                Some("cluster=my cluster"),
            ),
            (
                "name: {cluster}",
                r#""e":"name: b","x":1"#,
                Some("cluster=b"),
            ),
            (
                "for {cluster} and {other}",
                r#"for "a b" and "c", x"#,
                Some("cluster=a b other=c"),
            ),
            ("got {version}", "got -1, x", Some("version=-1")),
            ("got {version}", "got x", None),
            ("no flag {flag}", "no flag --a b", Some("flag=--a")),
            ("no flag {flag}", "no flag --a\" b", Some("flag=--a")),
            ("no flag {flag}", "no flag --a' b", Some("flag=--a")),
            ("got {version}", "got 12", Some("version=12")),
            ("a … b {version}", "a long way to b 7", Some("version=7")),
            ("a … b {version}", "a long way\nto b 7", None),
            (
                "v {version} of {cluster}.",
                "v 1 of x.",
                Some("version=1 cluster=x"),
            ),
            (
                "str {value} into",
                "str `100` into int64",
                Some("value=100"),
            ),
            ("dial {address}: refused", "dial a b: refused", None),
            (
                "dial {address}: refused",
                "dial [::1]:7: refused",
                Some("address=[::1]:7"),
            ),
        ] {
            assert_eq!(words(message, text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn literals_reach_over_breaks_and_places_do_not() {
        let pattern = Pattern::of("name {cluster} is … bad");
        let at = |breaks: &[usize]| {
            let text = "name a is rather bad";
            pattern.at(text, 0, breaks).map(|found| found.words.len())
        };
        for (at_break, expected) in [
            (2, Some(1)),
            (5, None),
            (6, Some(1)),
            (8, Some(1)),
            (12, None),
            (18, Some(1)),
        ] {
            assert_eq!(at(&[at_break]), expected, "{at_break}");
        }
        let word = Pattern::of("name {cluster}");
        let found = word.at("name a b", 0, &[7]).expect("a word");
        assert_eq!(found.words, [("cluster", "a".to_owned())]);
    }

    #[test]
    fn places_reach_no_further_than_a_name_can() {
        for (letters, is_found) in [(200, false), (9, true)] {
            for before in ["", "x"] {
                let text = format!("name {before}{} end", "é".repeat(letters));
                assert_eq!(
                    words("name {cluster} end", &text).is_some(),
                    is_found,
                    "{text}"
                );
            }
        }
    }
}
