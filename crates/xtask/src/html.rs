//! The references in index.html: just enough HTML to read tags and their attributes.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::finish::Named;

/// An opening tag, with its place in the text.
struct Tag<'a> {
    name: &'a str,
    attributes: Vec<Attribute<'a>>,
    begin: usize,
    end: usize,
}

impl<'a> Tag<'a> {
    fn value(&self, attribute: &str) -> Option<&'a str> {
        self.attributes
            .iter()
            .find(|found| found.name == attribute)
            .map(|found| found.value)
    }

    /// Scripts, modules fetched ahead and style sheets. Not the wasm: boot.js checks it when it is fetched, and a value
    /// here is not looked at.
    fn checks_integrity(&self) -> bool {
        self.name == "script" || matches!(self.value("rel"), Some("modulepreload" | "stylesheet"))
    }
}

/// Marks what is written into the page: `<script data-inline src>` and `<link data-inline rel="stylesheet" href>`.
const INLINE: &str = "data-inline";

/// One attribute of a tag, with the place of its value (without quotes) in the text.
struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    at: usize,
}

/// Gives every `href` and `src` that names a local file its final name, and an integrity value where browsers check one.
/// What is marked so is written into the page, and its hash in place of `hash:NAME`. Instructions to Trunk that it left are
/// removed.
pub(crate) fn link(page: &str, named: &BTreeMap<String, Named>) -> Result<String> {
    let page = &with_hashes(without_comments(page), named)?;
    let mut linked = String::with_capacity(page.len() + 1024);
    let mut copied = 0;
    for tag in tags(page) {
        if let Some(name) = inlined_by(&tag) {
            linked.push_str(&page[copied..tag.begin]);
            let element = if tag.name == "link" {
                "style"
            } else {
                tag.name
            };
            let content = content(name, named)?;
            let kind = tag.value("type").map(|kind| format!(" type=\"{kind}\""));
            let kind = kind.unwrap_or_default();
            linked.push_str(&format!("<{element}{kind}>{content}</{element}>"));
            copied = tag.end;
            if tag.name == element {
                let end = format!("></{element}>");
                let found = page[copied - 1..].starts_with(&end);
                ensure!(found, "what is inlined must be empty: {name}");
                copied += end.len() - 1;
            }
            continue;
        }
        if tag.value("data-trunk").is_some() {
            linked.push_str(page[copied..tag.begin].trim_end());
            copied = tag.end;
            continue;
        }
        for attribute in tag
            .attributes
            .iter()
            .filter(|attribute| matches!(attribute.name, "href" | "src"))
        {
            let Some(file) = named.get(attribute.value.trim_start_matches("./")) else {
                continue;
            };
            // From the opening quote, if there is one, to the closing one.
            let quoted = usize::from(page[..attribute.at].ends_with(['"', '\'']));
            linked.push_str(&page[copied..attribute.at - quoted]);
            linked.push_str(&format!("\"./{}\"", file.name));
            if tag.checks_integrity() {
                linked.push_str(&format!(" integrity=\"{}\"", file.integrity));
            }
            copied = attribute.at + attribute.value.len() + quoted;
        }
    }
    linked.push_str(&page[copied..]);
    Ok(linked)
}

/// The names of the files that are written into the page.
pub(crate) fn inlined(page: &str) -> Vec<String> {
    tags(page)
        .filter_map(|tag| inlined_by(&tag).map(str::to_owned))
        .collect()
}

fn inlined_by<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    tag.value(INLINE)?;
    let file = tag.value("href").or_else(|| tag.value("src"))?;
    Some(file.trim_start_matches("./"))
}

/// What a file adds to the page.
fn content<'a>(name: &str, named: &'a BTreeMap<String, Named>) -> Result<&'a str> {
    let file = named.get(name);
    let file = file.with_context(|| format!("{name} was not built"))?;
    let content = std::str::from_utf8(&file.content)?.trim_end();
    ensure!(!content.contains("</"), "{name} would end its element");
    Ok(content)
}

/// A page whose policy allows what is written into it.
fn with_hashes(mut page: String, named: &BTreeMap<String, Named>) -> Result<String> {
    for name in inlined(&page) {
        let hash = Sha256::digest(content(&name, named)?);
        let hash = format!("'sha256-{}'", STANDARD.encode(hash));
        let place = format!("'hash:{name}'");
        ensure!(page.contains(&place), "the policy does not name {name}");
        page = page.replace(&place, &hash);
    }
    Ok(page)
}

/// A page without its comments, and without the lines that they leave empty.
fn without_comments(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before.trim_end_matches([' ', '\n']));
        rest = after.split_once("-->").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The local files that the page loads at once: values of `href` in links, and of `src` in scripts and images.
pub(crate) fn references(page: &str) -> Vec<String> {
    let mut files = Vec::new();
    for tag in tags(page) {
        let value = match tag.name {
            "link" => tag.value("href"),
            "script" | "img" => tag.value("src"),
            _ => None,
        };
        let Some(file) = value.filter(|value| !value.contains(':')) else {
            continue;
        };
        let file = file.trim_start_matches("./").to_owned();
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

/// The opening tags of a page, without those in comments.
fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let begin = at + page[at..].find('<')?;
            at = begin + 1;
            if page[at..].starts_with("!--") {
                at += page[at..].find("-->")?;
                continue;
            }
            let (name, end) = word(page, at);
            if name.is_empty() {
                continue;
            }
            let (attributes, end) = attributes(page, end)?;
            at = end;
            if matches!(name, "script" | "style") {
                at += page[at..].find("</")?;
            }
            return Some(Tag {
                name,
                attributes,
                begin,
                end,
            });
        }
    })
}

/// The attributes from `at` to the end of the tag, and that end. Nothing if the tag does not end.
fn attributes(page: &str, mut at: usize) -> Option<(Vec<Attribute<'_>>, usize)> {
    let mut found = Vec::new();
    loop {
        at += page[at..].find(|c: char| !c.is_ascii_whitespace() && c != '/')?;
        if page[at..].starts_with('>') {
            return Some((found, at + 1));
        }
        let (name, end) = word(page, at);
        // Anything that is no name is stepped over.
        at = if name.is_empty() {
            at + page[at..].chars().next()?.len_utf8()
        } else {
            end
        };
        let Some(rest) = page[at..].trim_ascii_start().strip_prefix('=') else {
            found.push(Attribute {
                name,
                value: "",
                at,
            });
            continue;
        };
        let rest = rest.trim_ascii_start();
        let begin = page.len() - rest.len();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (begin, length) = match quote {
            Some(quote) => (begin + 1, rest[1..].find(quote)?),
            None => (
                begin,
                rest.find(|c: char| c.is_ascii_whitespace() || c == '>')?,
            ),
        };
        found.push(Attribute {
            name,
            value: &page[begin..begin + length],
            at: begin,
        });
        at = begin + length + usize::from(quote.is_some());
    }
}

/// The name that begins at `at`, and its end.
fn word(page: &str, at: usize) -> (&str, usize) {
    let rest = &page[at..];
    let length = rest
        .find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | ':' | '_'))
        .unwrap_or(rest.len());
    (&rest[..length], at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named() -> BTreeMap<String, Named> {
        let file = |name: &str| Named {
            name: name.into(),
            integrity: "sha384-x".into(),
            content: b"a<b\n".to_vec(),
        };
        BTreeMap::from([
            ("a.js".to_owned(), file("a-1.js")),
            ("a.css".to_owned(), file("a-3.css")),
            ("a.wasm".to_owned(), file("a-2.wasm")),
        ])
    }

    fn linked(page: &str) -> String {
        link(page, &named()).expect("can be linked")
    }

    #[test]
    fn what_is_inlined_is_allowed_by_its_hash() {
        let page = "<meta content=\"'hash:a.js' 'hash:a.css'\"><script data-inline src=\"a.js\"></script><link data-inline rel=stylesheet href=a.css><p>";
        assert_eq!(inlined(page), ["a.js", "a.css"]);
        // printf 'a<b' | openssl dgst -sha256 -binary | base64
        let expected = "<meta content=\"'sha256-SoJqrPWAdXxRg7jwZ37lj0qYOp/6UL5JlO2fdBNz0l8=' 'sha256-SoJqrPWAdXxRg7jwZ37lj0qYOp/6UL5JlO2fdBNz0l8='\"><script>a<b</script><style>a<b</style><p>";
        assert_eq!(linked(page), expected);
        assert_eq!(references(&linked(page)), [""; 0]);
        let page = page.replace("hash:", "");
        assert!(link(&page, &named()).is_err(), "refused by its own policy");
    }

    #[test]
    fn links_get_final_names_and_integrity() {
        let page = r#"<!doctype html><script type="module" src="./a.js"></script><link rel=modulepreload href=a.js>"#;
        let expected = r#"<!doctype html><script type="module" src="./a-1.js" integrity="sha384-x"></script><link rel=modulepreload href="./a-1.js" integrity="sha384-x">"#;
        assert_eq!(linked(page), expected);
    }

    #[test]
    fn preload_gets_no_integrity() {
        let page = "<link rel='preload' href='a.wasm' as=fetch>";
        assert_eq!(
            linked(page),
            "<link rel='preload' href=\"./a-2.wasm\" as=fetch>"
        );
    }

    #[test]
    fn everything_else_is_left_alone() {
        let page = "<a href=\"#x\">a.js < b</a><p title='src=a.js'>ä</p><link href=other.css>";
        assert_eq!(linked(page), page);
    }

    #[test]
    fn comments_are_removed() {
        let page = "<head>\n  <!-- <link href=a.js> -->\n  <title>a</title><!-- b -->\n</head>";
        assert_eq!(linked(page), "<head>\n  <title>a</title>\n</head>");
    }

    #[test]
    fn instructions_to_trunk_are_removed() {
        let page =
            "<head><link data-trunk rel=rust href=Cargo.toml></head><link rel='icon' data-trunk/>";
        assert_eq!(linked(page), "<head></head>");
    }

    #[test]
    fn references_are_what_is_loaded() {
        let page = "<link href=./a.css><script src='b.js'></script><a href=c.html></a><link href='data:,'><link href=a.css>";
        assert_eq!(references(page), ["a.css", "b.js"]);
    }
}
