//! What is shown of a source must not tell secrets: it is printed in terminals, logs and reports.

/// Stands for every character of a secret, so that columns stay.
const MARK: char = '*';

/// Parts of names whose values are secret, without case and separators.
const SECRET_PARTS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pwd",
    "token",
    "secret",
    "credential",
    "apikey",
    "accesskey",
    "privatekey",
    "keydata",
    "certdata",
    "authorization",
];

/// Ends of names whose values only tell where a secret is.
const PLACE_ENDS: &[&str] = &["name", "file", "path", "ref"];

/// A text with every secret in it replaced.
pub(crate) fn hidden(text: &str) -> String {
    let mut line = Line {
        chars: text.chars().collect(),
    };
    line.hide_logins();
    let mut at = 0;
    while at < line.chars.len() {
        let end = line.end(at, is_of_name);
        if end == at {
            at += 1;
            continue;
        }
        at = line.hide_value_of(at, end);
    }
    line.chars.into_iter().collect()
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`' | '“' | '”')
}

fn is_secret(name: &str) -> bool {
    let folded: String = name
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let is_place = PLACE_ENDS.iter().any(|end| folded.ends_with(end));
    let is_part = SECRET_PARTS.iter().any(|part| folded.contains(part));
    (is_part && !is_place) || folded.ends_with("pass")
}

struct Line {
    chars: Vec<char>,
}

impl Line {
    fn at(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// Behind the characters from here on that are such.
    fn end(&self, from: usize, is_such: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.iter().skip(from);
        from + rest.take_while(|c| is_such(**c)).count()
    }

    fn hide(&mut self, from: usize, to: usize) {
        for c in &mut self.chars[from..to] {
            *c = MARK;
        }
    }

    /// `user:password@host`, with a scheme or without.
    fn hide_logins(&mut self) {
        let mut from = 0;
        for at in 0..self.chars.len() {
            match self.chars[at] {
                c if c.is_whitespace() || is_quote(c) || c == '=' => from = at + 1,
                '/' if self.at(at + 1) == Some('/') => from = at + 2,
                '@' => {
                    let colon = self.chars[from..at].iter().position(|c| *c == ':');
                    if let Some(colon) = colon {
                        self.hide(from + colon + 1, at);
                    }
                }
                _ => {}
            }
        }
    }

    /// Hides what follows a name, if that is secret; returns where to go on.
    fn hide_value_of(&mut self, name: usize, end: usize) -> usize {
        let word: String = self.chars[name..end].iter().collect();
        let is_bearer = word.eq_ignore_ascii_case("bearer");
        if !is_bearer && !is_secret(&word) {
            return end;
        }
        let Some((from, separator)) = self.value(end, is_bearer || word.starts_with('-')) else {
            return end;
        };
        // A header is more than one word: `Authorization: Basic …`.
        let is_header = word.to_lowercase().contains("authorization");
        let to = match self.at(from).filter(|c| matches!(c, '"' | '\'')) {
            Some(quote) if separator == ':' => return self.hide_quoted(from, quote),
            _ if separator == ':' || is_header => self.end(from, |c| c != '”'),
            _ => self.word_end(from),
        };
        self.hide(from, to);
        to
    }

    /// Where the value begins of the name that ends here, and what stands between them.
    fn value(&self, name_end: usize, is_free: bool) -> Option<(usize, char)> {
        let is_between = |c: char| c.is_whitespace() || c == '\\' || is_quote(c);
        let mut at = self.end(name_end, is_between);
        // `{"name": "PASSWORD", "value": "…"}`
        let pair = self.end(at, |c| c == ',' || is_between(c));
        let pair_end = self.end(pair, is_of_name);
        if self.chars[pair..pair_end] == ['v', 'a', 'l', 'u', 'e'] {
            at = self.end(pair_end, is_between);
        }
        let separator = self.at(at)?;
        let begin = if matches!(separator, ':' | '=') {
            let behind = self.end(at, |c| matches!(c, ':' | '=' | '>'));
            self.end(behind, |c| c.is_whitespace() || c == '\\')
        } else if is_free && self.at(name_end)?.is_whitespace() {
            self.end(name_end, char::is_whitespace)
        } else {
            return None;
        };
        let is_flag = separator != ':' && separator != '=' && self.at(begin) == Some('-');
        (begin < self.chars.len() && !is_flag).then_some((begin, separator))
    }

    /// Hides what stands within quotation marks, as YAML and JSON have them, also within a text in JSON.
    fn hide_quoted(&mut self, open: usize, quote: char) -> usize {
        let is_nested = open > 0 && self.at(open - 1) == Some('\\');
        let mut at = open + 1;
        while let Some(c) = self.at(at) {
            let next = self.at(at + 1);
            let is_escape = if quote == '"' {
                c == '\\'
            } else {
                c == quote && next == Some(quote)
            };
            let ends = if is_nested {
                c == '\\' && next == Some(quote)
            } else {
                c == quote && !is_escape
            };
            if ends {
                break;
            }
            at += 1 + usize::from(is_escape);
        }
        let end = at.min(self.chars.len());
        self.hide(open + 1, end);
        end
    }

    /// Behind a word as shells split them.
    fn word_end(&self, from: usize) -> usize {
        let mut quote = None;
        let mut at = from;
        while let Some(c) = self.at(at) {
            match (quote, c) {
                (Some(open), c) if c == open => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, c) if c.is_whitespace() || c == '”' => return at,
                (quote, '\\') if quote != Some('\'') => at += 1,
                _ => {}
            }
            at += 1;
        }
        self.chars.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_hidden() {
        for (text, expected) in [
            ("password: a b # c", "password: *******"),
            (
                "  \"password\":\"a\\\"b\",\"x\":1",
                "  \"password\":\"****\",\"x\":1",
            ),
            ("password: 'it''s' # c", "password: '*****' # c"),
            (
                "{\\\"password\\\":\\\"ab\\\",\\\"x",
                "{\\\"password\\\":\\\"**\\\",\\\"x",
            ),
            ("DB_PASSWORD=ab tctl", "DB_PASSWORD=** tctl"),
            ("DB_PASS=a\"b c\"d e", "DB_PASS=******* e"),
            ("export TOKEN='a b' x", "export TOKEN=***** x"),
            (
                "x --api-key ab --address h:1",
                "x --api-key ** --address h:1",
            ),
            ("x --api-key=ab y", "x --api-key=** y"),
            (
                "x --token-auth --address h:1",
                "x --token-auth --address h:1",
            ),
            (
                "--grpc-meta \"authorization=Bearer ab\"",
                "--grpc-meta \"authorization=**********",
            ),
            (
                "-H 'Authorization: Basic ab'",
                "-H 'Authorization: *********",
            ),
            ("curl -H bearer ab", "curl -H bearer **"),
            ("https://user:ab@h:1 x", "https://user:**@h:1 x"),
            ("--address user:ab@h:1", "--address user:**@h:1"),
            (
                "[{name: DB_PASSWORD, value: ab}]",
                "[{name: DB_PASSWORD, value: ****",
            ),
            ("keyData: LS0t", "keyData: ****"),
            ("x“https://u:ab@h:1” y", "x“https://u:**@h:1” y"),
            ("“password: ab” y", "“password: **” y"),
            ("apiKey => ab", "apiKey => **"),
        ] {
            assert_eq!(hidden(text), expected, "{text}");
            assert_eq!(hidden(expected), expected, "twice: {text}");
        }
    }

    #[test]
    fn everything_else_is_shown() {
        for text in [
            "rpcAddress: \"east.example.com:7233\"",
            "keyFile: /tls.key",
            "keyspace: temporal",
            "existingSecretName: x",
            "valueFrom: {secretKeyRef: {name: x}}",
            "`keyData` of the host “west” has no place here.",
            "The key “password” is dropped by servers.",
            "git@github.com:a/b",
            "ops@bastion:~$",
            "password:",
            "the password of ours",
            "-----BEGIN",
            "",
        ] {
            assert_eq!(hidden(text), text);
        }
    }
}
