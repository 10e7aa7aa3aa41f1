//! The page: its head, a table of contents, and a section for every code.

use multicluster_core::release::{CapabilityText, capability_texts};
use multicluster_core::{RuleText, Severity, link, rule_texts};
use multicluster_import::{KINDS, Kind};

use crate::examples::example;
use crate::markdown::{code, escape, paragraphs, parts};
use crate::servers::printed;

/// A part of the page: its title, what it is, and its entries.
struct Chapter {
    title: &'static str,
    about: &'static str,
    entries: Vec<Entry>,
}

/// A section with an address of its own.
struct Entry {
    /// Its address and its title: a code, or the name of a capability.
    code: String,
    /// What stands beside the title: how bad it is, or since when.
    level: String,
    severity: Option<Severity>,
    html: String,
}

/// The whole page.
pub(crate) fn page() -> String {
    let chapters = chapters();
    let contents: String = chapters.iter().map(Chapter::contents).collect();
    let sections: String = chapters.iter().map(Chapter::section).collect();
    include_str!("page.html")
        .replace("{contents}", contents.trim_end())
        .replace("{sections}", sections.trim_end())
}

fn chapters() -> [Chapter; 3] {
    [
        Chapter {
            title: "What can be wrong with a set-up",
            about: "Rules for everything that is filled in, imported or checked. An error holds back exactly the files \
                    that it makes wrong.",
            entries: rule_texts().map(|rule| of_rule(&rule)).collect(),
        },
        Chapter {
            title: "What can be found while reading a file",
            about: "Findings of an import: about the text itself, and about what clusters say of each other.",
            entries: KINDS.iter().map(|kind| of_kind(kind)).collect(),
        },
        Chapter {
            title: "What differs between releases",
            about: "Everything in which server releases differ that changes what is exported or checked.",
            entries: capability_texts()
                .map(|text| of_capability(&text))
                .collect(),
        },
    ]
}

impl Chapter {
    fn contents(&self) -> String {
        let link = |entry: &Entry| {
            let code = escape(&entry.code);
            format!("<li><a href=\"#{code}\">{code}</a></li>\n")
        };
        let links: String = self.entries.iter().map(link).collect();
        format!("<h2>{}</h2>\n<ul>\n{links}</ul>\n", escape(self.title))
    }

    fn section(&self) -> String {
        let entries: String = self.entries.iter().map(Entry::section).collect();
        format!(
            "<h2>{}</h2>\n<p>{}</p>\n{entries}",
            escape(self.title),
            escape(self.about)
        )
    }
}

impl Entry {
    fn section(&self) -> String {
        let (code, level) = (escape(&self.code), escape(&self.level));
        let severity = self.severity.map_or("none", Severity::word);
        format!(
            "<section class=\"entry\" id=\"{code}\">\n\
             <p class=\"level\" data-severity=\"{severity}\">{level}</p>\n\
             <h3><a href=\"#{code}\">{code}</a></h3>\n{}</section>\n",
            self.html
        )
    }
}

fn of_rule(rule: &RuleText) -> Entry {
    let name = rule.code.as_str();
    let draft = example(name);
    let mut html = String::new();
    for (title, body) in parts(&rule.text) {
        html.push_str(&part(title, &paragraphs(body)));
        match (title, &draft) {
            ("Why it matters", Some(draft)) => html.push_str(&servers(&printed(name, draft))),
            ("Example", Some(draft)) => {
                let (link, name) = (escape(&link::encode(draft)), code(name));
                html.push_str(&format!(
                    "<p><a href=\"./#{link}\">See {name} on the page</a></p>\n"
                ));
            }
            _ => {}
        }
    }
    Entry {
        code: name.to_owned(),
        level: capitalised(rule.severity.word()),
        severity: Some(rule.severity),
        html,
    }
}

fn servers(printed: &[(String, String)]) -> String {
    if printed.is_empty() {
        return String::new();
    }
    let row = |(releases, text): &(String, String)| {
        format!("<dt>{}</dt>\n<dd>{}</dd>\n", escape(releases), code(text))
    };
    let rows: String = printed.iter().map(row).collect();
    part(
        "What the server or the tool prints over the example",
        &format!("<dl>\n{rows}</dl>\n"),
    )
}

fn of_kind(kind: &Kind) -> Entry {
    Entry {
        code: kind.code.to_owned(),
        level: capitalised(kind.severity.word()),
        severity: Some(kind.severity),
        html: paragraphs(kind.help),
    }
}

fn of_capability(of: &CapabilityText) -> Entry {
    let source = format!("{}.", capitalised(of.source));
    let source = part("Source", &paragraphs(&source));
    Entry {
        code: of.code.clone(),
        level: format!("Since {}", of.since),
        severity: None,
        html: paragraphs(&of.text) + &source,
    }
}

fn part(title: &str, html: &str) -> String {
    format!("<h4>{}</h4>\n{html}", escape(title))
}

fn capitalised(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    first.to_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_one_section_and_one_link() {
        let page = page();
        let rules = rule_texts().map(|rule| rule.code.as_str().to_owned());
        let kinds = KINDS.iter().map(|kind| kind.code.to_owned());
        let capabilities = capability_texts().map(|text| text.code);
        for code in rules.chain(kinds).chain(capabilities) {
            assert_eq!(
                page.matches(&format!(" id=\"{code}\"")).count(),
                1,
                "{code}"
            );
            assert_eq!(
                page.matches(&format!("<li><a href=\"#{code}\">")).count(),
                1,
                "{code}"
            );
        }
        assert!(!page.contains("{contents}") && !page.contains("{sections}"));
    }

    /// Addresses that were published are links in other people's texts: a code may come, and none may go.
    #[test]
    fn published_addresses_stay() {
        let page = page();
        for code in include_str!("published.txt").lines() {
            assert!(
                page.contains(&format!(" id=\"{code}\"")),
                "{code} was published"
            );
        }
    }

    #[test]
    fn a_rule_says_all_that_it_must() {
        let page = page();
        let section = page
            .split("id=\"initial-version-duplicate\"")
            .nth(1)
            .expect("the section");
        let section = section.split("</section>").next().expect("its end");
        for title in [
            "What it checks",
            "Why it matters",
            "prints over the example",
            "Example",
            "Fix",
            "Source",
        ] {
            assert!(section.contains(title), "{title}");
        }
        assert!(section.contains("initial failover version conflict"));
    }
}
