//! Our own links: a whole set-up in the fragment of an address, as people send it: in sentences, in
//! Markdown, in the source of pages and mails, broken over lines.

use multicluster_core::Draft;
use multicluster_core::link::{self, LinkError};

use super::Reader;
use crate::finding;
use crate::text::Place;

/// How many links of one line are read.
const MOST_LINKS: usize = 100;

/// Marks of a sentence behind a link. Links of ours end with none of them, but for a comma; older ones might.
const MARKS: [char; 6] = ['.', ',', ':', ';', '_', '~'];

/// Where the text of a link begins in a line, if there is one.
pub(crate) fn find(line: &str) -> Option<usize> {
    if let Some(at) = find_in_address(line) {
        return Some(at);
    }
    let begin = line.len() - line.trim_start().len();
    let bare = line[begin..].strip_prefix('#').map_or(begin, |_| begin + 1);
    let is_bare = line[bare..].starts_with("v=") && is_version(line, bare + 2);
    (is_bare && line.contains('&')).then_some(bare)
}

/// Where it begins in the first address that has one.
fn find_in_address(line: &str) -> Option<usize> {
    let mut found = line.match_indices("#v=").map(|(at, _)| at + 1);
    found.find(|at| is_version(line, at + 2))
}

fn is_version(line: &str, at: usize) -> bool {
    line[at..].starts_with(|c: char| c.is_ascii_digit())
}

/// What ends a link: no link of ours holds any of it.
fn ends(c: char) -> bool {
    c.is_whitespace()
        || "\"'<>`()[]{}|*\\?".contains(c)
        || "…“”‘’«»‹›„、。，；：！？（）【】《》「」『』".contains(c)
}

/// How much of this text is a link.
fn extent(text: &str) -> usize {
    let mut all = text.char_indices();
    let end = all.find(|&(at, c)| ends(c) && !text[at..].starts_with(ESCAPED));
    end.map_or(text.len(), |(at, _)| at)
}

/// `&` in JSON, as some writers have it.
const ESCAPED: &str = "\\u0026";

/// Reads a link with what a sentence puts behind it: as much of it as makes a link, marks left out where
/// it is one without them.
fn decode(text: &str) -> Result<Draft, LinkError> {
    let cut = text.trim_end_matches(MARKS);
    let decoded = link::decode(cut);
    if decoded.is_ok() || cut == text {
        return decoded;
    }
    // Only a comma can belong to it: behind it, nothing is stated.
    let with_mark = text.get(..=cut.len()).map(link::decode);
    with_mark
        .filter(Result::is_ok)
        .unwrap_or_else(|| link::decode(text).or(decoded))
}

/// The text of a link without what mails and pages make of it in their sources.
fn plain(text: &str) -> String {
    let text = text.replace("&amp;", "&").replace(ESCAPED, "&");
    if text.starts_with("v=3D") {
        without_quoted_printable(&text)
    } else {
        text
    }
}

/// `=3D` as `=`: RFC 2045, 6.7.
fn without_quoted_printable(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for (at, part) in text.split('=').enumerate() {
        let code = part.get(..2).filter(|_| at > 0);
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        match byte.filter(u8::is_ascii_graphic) {
            Some(byte) => {
                plain.push(char::from(byte));
                plain.push_str(&part[2..]);
            }
            None if at > 0 => {
                plain.push('=');
                plain.push_str(part);
            }
            None => plain.push_str(part),
        }
    }
    plain
}

/// What follows a link in the next line, if the line with the link was broken there: nothing that could be
/// a word of a sentence.
fn continuation<'l>(link: &str, line: &'l str) -> Option<&'l str> {
    let token = line.trim_start();
    let token = &token[..extent(token)];
    let has = |marks: &[char]| token.contains(marks);
    // Most lines of a long link are told by their marks, without a look at all of it.
    let is_of_doubtful_line = || {
        let link = plain(link);
        let is_broken_off = link.ends_with([',', '=', ':', '.', '%', '&', '-']);
        token.contains(|c: char| c.is_ascii_digit())
            && (is_broken_off || has(&[',', ':', '.', '!']))
            || !token.is_empty() && link::decode(&link).is_err()
    };
    let is_part = has(&['=', '&', '%']) || is_of_doubtful_line();
    is_part.then_some(token)
}

impl Reader<'_> {
    /// Reads the links of a line, of which the first begins at this byte, and what continues the last one;
    /// returns the line behind.
    pub(crate) fn links(&mut self, line: usize, begin: usize) -> usize {
        let mut begin = begin;
        for _ in 0..MOST_LINKS {
            let text = &self.text.lines[line];
            let end = begin + extent(&text[begin..]);
            let next = find_in_address(&text[end..]).map(|at| end + at);
            let behind = self.link(line, begin);
            match next {
                Some(next) if behind == line + 1 => begin = next,
                _ => return behind,
            }
        }
        line + 1
    }

    /// Reads the link that begins at this byte of a line; returns the line behind it.
    fn link(&mut self, line: usize, begin: usize) -> usize {
        let at = Place::new(line, self.text.lines[line][..begin].chars().count());
        let whole = self.over_lines(line, begin);
        let mut tried = whole
            .iter()
            .rev()
            .map(|(text, behind)| (decode(text), *behind));
        let first = tried.next();
        let (decoded, behind) = match first {
            Some((Err(error), behind)) => {
                let shorter = tried.find(|(decoded, _)| decoded.is_ok());
                shorter.unwrap_or((Err(error), behind))
            }
            Some(found) => found,
            None => return line + 1,
        };
        match decoded {
            Ok(draft) => self.outcome.add_draft(self.text.location(at), draft),
            Err(error) => self.report(at, &finding::LINK_UNREADABLE, error.to_string()),
        }
        behind
    }

    /// The link as its line has it, and with what continues it in the lines behind, each with the line behind:
    /// the first, the last but one and the last of them.
    fn over_lines(&self, line: usize, begin: usize) -> Vec<(String, usize)> {
        let lines = &self.text.lines;
        let rest = &lines[line][begin..];
        let is_mail = rest.starts_with("v=3D");
        let mut link = rest[..extent(rest)].to_owned();
        let mut reaches_end = link.len() == rest.trim_end().len();
        let mut found = vec![(link.len(), line + 1)];
        for (behind, next) in lines.iter().enumerate().skip(line + 1) {
            let is_soft = is_mail && link.ends_with('=');
            if is_soft {
                link.pop();
                if let Some((end, _)) = found.last_mut() {
                    *end = link.len();
                }
            }
            let token = match is_soft {
                true => Some(&next[..extent(next)]),
                false => continuation(&link, next),
            };
            let Some(token) = token.filter(|_| reaches_end && link.len() <= link::MAX_BYTES) else {
                break;
            };
            link.push_str(token);
            reaches_end = next.trim().len() == token.len();
            if found.len() == 3 {
                found.remove(1);
            }
            found.push((link.len(), behind + 1));
        }
        let found = found.into_iter();
        found
            .map(|(end, behind)| (plain(&link[..end]), behind))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use multicluster_core::link;

    use super::*;
    use crate::{Source, import};

    const LINK: &str = "v=1&server=1.32&tool=tctl&increment=100&cluster=east,east.example:7233,1\
                        &cluster=west,west.example:7233,2";
    const OTHER: &str = "v=2&server=1.32&tool=tctl&increment=100&cluster=east,east.example:7233,1!\
                         &running=prod,1,100,";

    #[test]
    fn links_are_found_in_lines() {
        for (line, expected) in [
            ("https://example.org/x/#v=1&server=1.32", Some(23)),
            ("see <https://example.org/#v=1&a> there", Some(26)),
            ("a#v=x https://example.org/#v=1&a", Some(27)),
            ("  v=1&server=1.32", Some(2)),
            ("#v=1&server=1.32", Some(1)),
            ("v=1", None),
            ("a v=1&b", None),
            ("# v=1&b", None),
            ("#v=x&b", None),
        ] {
            assert_eq!(find(line), expected, "{line}");
        }
    }

    /// The links of the set-ups that were read, and the findings.
    fn read(text: &str) -> (Vec<String>, usize) {
        let read = import(&[Source::new("x", text)]);
        let links = read.drafts.iter().map(|kept| link::encode(&kept.draft));
        let complaints = read
            .findings
            .iter()
            .filter(|it| it.code() != "lines-not-read");
        (links.collect(), complaints.count())
    }

    #[test]
    fn what_stands_around_a_link_is_no_part_of_it() {
        for link in [LINK, OTHER] {
            for (before, behind) in [
                ("", ""),
                ("It is https://example.org/#", "."),
                ("It is https://example.org/#", "..."),
                ("It is https://example.org/#", ", and it works."),
                ("Is it https://example.org/#", "?"),
                ("Here https://example.org/#", ": see"),
                ("Here https://example.org/#", "; see"),
                ("(https://example.org/#", ")."),
                ("<https://example.org/#", ">"),
                ("<a href=\"https://example.org/#", "\">east</a>"),
                ("[east](https://example.org/#", ")"),
                ("[east](https://example.org/#", " \"A title\")"),
                ("**https://example.org/#", "**"),
                ("_https://example.org/#", "_."),
                ("`https://example.org/#", "`"),
                ("<https://example.org/#", "|east>"),
                ("| east | https://example.org/#", "|"),
                ("„https://example.org/#", "“"),
                ("見て https://example.org/#", "。"),
                ("> https://example.org/#", "."),
            ] {
                let text = format!("Hello,\n{before}{link}{behind}\nBye");
                assert_eq!(read(&text), (vec![link.to_owned()], 0), "{text}");
            }
        }
    }

    #[test]
    fn links_with_a_check_value_are_read_whole_or_not_at_all() {
        let sealed = link::sealed(&link::decode(LINK).expect("a link"));
        for (text, expected) in [
            (
                format!("It is https://example.org/#{sealed}."),
                (vec![LINK.to_owned()], 0),
            ),
            (
                format!("https://example.org/#{sealed}\nThanks, all 3"),
                (vec![LINK.to_owned()], 0),
            ),
            (
                format!("https://example.org/#{}\n{}", &sealed[..60], &sealed[60..]),
                (vec![LINK.to_owned()], 0),
            ),
            (
                format!("https://example.org/#{}\nThanks", &sealed[..60]),
                (Vec::new(), 1),
            ),
        ] {
            assert_eq!(read(&text), expected, "{text}");
        }
    }

    #[test]
    fn all_links_of_a_line_are_read() {
        let text = format!("from https://a.example/#{OTHER}, to https://a.example/#{LINK}.");
        assert_eq!(read(&text), (vec![OTHER.to_owned(), LINK.to_owned()], 0));
        let many = "#v=1&a ".repeat(10_000);
        assert_eq!(read(&many).1, MOST_LINKS);
    }

    #[test]
    fn sources_of_pages_and_mails_are_read() {
        let html = LINK.replace('&', "&amp;");
        let json = LINK.replace('&', "\\u0026");
        let mail = LINK.replace('=', "=3D");
        for text in [
            format!("<a href=\"https://example.org/#{html}\">"),
            format!("{{\"url\": \"https://example.org/#{json}\"}}"),
            format!("https://example.org/#{mail}"),
        ] {
            assert_eq!(read(&text), (vec![LINK.to_owned()], 0), "{text}");
        }
        let mail: Vec<char> = format!("https://example.org/#{mail}").chars().collect();
        for width in 30..76 {
            let lines = mail
                .chunks(width)
                .map(|line| line.iter().collect::<String>());
            let lines: Vec<String> = lines.collect();
            let text = format!("Hello\n{}\n\nBye", lines.join("=\n"));
            assert_eq!(read(&text), (vec![LINK.to_owned()], 0), "{text}");
        }
    }

    #[test]
    fn links_are_read_over_lines() {
        let address: Vec<char> = format!("https://example.org/#{LINK}").chars().collect();
        for width in 40..120 {
            for (mark, behind) in [
                ("", "\n\nThanks, all 3 of you"),
                ("> ", "\n> \n"),
                ("  ", ".\n"),
            ] {
                let lines = address
                    .chunks(width)
                    .map(|line| line.iter().collect::<String>());
                let lines: Vec<String> = lines.map(|line| format!("{mark}{line}")).collect();
                let text = format!("Hello\n{}{behind}", lines.join("\n"));
                assert_eq!(read(&text), (vec![LINK.to_owned()], 0), "{width}: {text}");
            }
        }
    }

    #[test]
    fn what_follows_in_the_next_line_is_no_part_of_a_whole_link() {
        for next in [
            "Thanks",
            "Thanks, all",
            "2",
            "east",
            "is it",
            "https://x",
            "- a",
            "",
            "Bye.",
        ] {
            let text = format!("https://example.org/#{LINK}\n{next}\nmore");
            assert_eq!(read(&text).0, [LINK], "{next}");
        }
    }
}
