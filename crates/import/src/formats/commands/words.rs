//! The words of a command line, as a shell splits it.

/// A word, and where it begins in its line, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) at: usize,
}

/// The words from here to the end of the command: `;`, `|`, `&`, a redirection, a comment, or the
/// quotation mark that was opened before the command.
pub(crate) fn words(line: &str, begin: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut word: Option<Word> = None;
    let mut rest = line[begin..]
        .char_indices()
        .map(|(at, c)| (begin + at, c))
        .peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            _ if c.is_whitespace() => words.extend(word.take()),
            ';' | '|' | '&' | '`' | '>' | ')' => break,
            '#' if word.is_none() => break,
            '\'' | '"' => {
                let Some(quoted) = until(&mut rest, c) else {
                    break;
                };
                word.get_or_insert(Word {
                    text: String::new(),
                    at,
                })
                .text
                .push_str(&quoted);
            }
            '\\' => {
                if let Some((_, escaped)) = rest.next() {
                    word.get_or_insert(Word {
                        text: String::new(),
                        at,
                    })
                    .text
                    .push(escaped);
                }
            }
            '$' if rest.peek().is_some_and(|(_, next)| *next == '(') => {
                // What it prints is not known: the word stays a placeholder.
                let word = word.get_or_insert(Word {
                    text: String::new(),
                    at,
                });
                word.text.push('$');
                for (_, c) in rest.by_ref() {
                    word.text.push(c);
                    if c == ')' {
                        break;
                    }
                }
            }
            _ => word
                .get_or_insert(Word {
                    text: String::new(),
                    at,
                })
                .text
                .push(c),
        }
    }
    words.extend(word);
    words
}

/// What stands before the closing quotation mark; `None` where it is missing.
fn until(rest: &mut impl Iterator<Item = (usize, char)>, quote: char) -> Option<String> {
    let mut quoted = String::new();
    while let Some((_, c)) = rest.next() {
        match c {
            _ if c == quote => return Some(quoted),
            '\\' if quote == '"' => match rest.next()? {
                (_, escaped @ ('"' | '\\' | '$' | '`')) => quoted.push(escaped),
                (_, other) => quoted.extend(['\\', other]),
            },
            _ => quoted.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_split_as_shells_do() {
        for (line, expected) in [
            ("a  b", &["a", "b"][..]),
            ("a \"b c\" 'd \"e'", &["a", "b c", "d \"e"]),
            ("a\\ b \"\\$x\\n\"", &["a b", "$x\\n"]),
            ("a --x=\"y\" # z", &["a", "--x=y"]),
            ("a b#c", &["a", "b#c"]),
            ("a && b", &["a"]),
            ("a > b", &["a"]),
            ("a b` prose", &["a", "b"]),
            ("a b\"", &["a", "b"]),
            ("a $(b c) d", &["a", "$(b c)", "d"]),
            ("a \"\"", &["a", ""]),
        ] {
            let found: Vec<String> = words(line, 0).into_iter().map(|word| word.text).collect();
            assert_eq!(found, expected, "{line}");
        }
        assert_eq!(
            words("x yz", 1),
            [Word {
                text: "yz".into(),
                at: 2
            }]
        );
    }
}
