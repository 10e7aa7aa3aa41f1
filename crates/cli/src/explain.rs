//! `multicluster explain`: what each code means, in the words of core's rules and import's kinds.

use multicluster_core::{Severity, rule_texts};
use multicluster_import::KINDS;

use crate::failure::{Failure, Verdict};
use crate::terminal::{self, Style};

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explanation {
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    pub(crate) origin: Origin,
    /// Markdown.
    pub(crate) text: String,
}

/// What finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A rule for whole set-ups.
    Rule,
    /// The reading of files.
    Import,
}

impl Origin {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Rule => "set-up",
            Self::Import => "reading",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Rule => "What can be wrong with a set-up",
            Self::Import => "What can be found while reading a file",
        }
    }
}

impl Explanation {
    /// The first sentence; of a kind of finding, whose text is the way out, the words of its code.
    pub(crate) fn summary(&self) -> String {
        match self.origin {
            Origin::Rule => {
                let text = self.text.lines().skip_while(|line| line.starts_with('#'));
                let first: Vec<&str> = text.take_while(|line| !line.is_empty()).collect();
                first_sentence(&first.join(" "))
            }
            Origin::Import => {
                let words = self.code.replace('-', " ");
                let (first, rest) = words.split_at(1);
                format!("{}{rest}.", first.to_uppercase())
            }
        }
    }
}

fn first_sentence(text: &str) -> String {
    let end = text.match_indices(". ").map(|(at, _)| at + 1).find(|&at| {
        // Not after `e.g.` and the like.
        text[at..]
            .trim_start()
            .starts_with(|c: char| !c.is_lowercase())
    });
    text[..end.unwrap_or(text.len())].to_owned()
}

/// Everything that can be found, the rules first.
pub(crate) fn explanations() -> Vec<Explanation> {
    let rules = rule_texts().map(|rule| Explanation {
        code: rule.code.as_str(),
        severity: rule.severity,
        origin: Origin::Rule,
        text: rule.text,
    });
    let kinds = KINDS.iter().map(|kind| Explanation {
        code: kind.code,
        severity: kind.severity,
        origin: Origin::Import,
        text: kind.help.to_owned(),
    });
    rules.chain(kinds).collect()
}

pub(crate) fn run(code: Option<&str>) -> Result<Verdict, Failure> {
    let all = explanations();
    let style = Style::of_output();
    let text = match code {
        None => list(&all, style),
        Some(code) => match all.iter().find(|known| known.code == code) {
            Some(known) => one(known, style),
            None => return Err(unknown(code, &all)),
        },
    };
    terminal::write(text.as_bytes())?;
    Ok(Verdict::Fine)
}

fn one(known: &Explanation, style: Style) -> String {
    let severity = style.of_severity(known.severity, known.severity.word());
    let mut text = format!("{}: {severity}\n\n", style.bold(known.code));
    for line in known.text.lines() {
        let is_heading = line.starts_with('#');
        text.push_str(&if is_heading {
            style.bold(line)
        } else {
            line.to_owned()
        });
        text.push('\n');
    }
    text
}

fn list(all: &[Explanation], style: Style) -> String {
    let width = all.iter().map(|known| known.code.len()).max().unwrap_or(0);
    let mut text = String::new();
    for origin in [Origin::Rule, Origin::Import] {
        text.push_str(&format!("{}\n\n", style.bold(origin.title())));
        for known in all.iter().filter(|known| known.origin == origin) {
            let severity = format!("{:7}", known.severity.word());
            let severity = style.of_severity(known.severity, &severity);
            // The words of a code are its summary already.
            let summary = match origin {
                Origin::Rule => known.summary(),
                Origin::Import => first_sentence(&known.text),
            };
            text.push_str(&format!("{:width$}  {severity}  {summary}\n", known.code));
        }
        text.push('\n');
    }
    text.push_str("`multicluster explain CODE` tells all of one.\n");
    text
}

fn unknown(code: &str, all: &[Explanation]) -> Failure {
    let mut near: Vec<(f64, &str)> = all
        .iter()
        .map(|known| (strsim::jaro_winkler(code, known.code), known.code))
        .filter(|(closeness, _)| *closeness > 0.7)
        .collect();
    near.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let near: Vec<String> = near
        .iter()
        .take(3)
        .map(|(_, code)| format!("`{code}`"))
        .collect();
    let offer = if near.is_empty() {
        String::new()
    } else {
        format!(" Near it are {}.", near.join(", "))
    };
    Failure::new(format!(
        "nothing has the code `{}`.{offer} `multicluster explain` lists all codes.",
        terminal::harmless(code)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_for_one_thing() {
        let mut codes: Vec<_> = explanations().iter().map(|known| known.code).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }

    #[test]
    fn every_summary_is_a_sentence() {
        for known in explanations() {
            let summary = known.summary();
            assert!(summary.ends_with(['.', ':']), "{}: {summary}", known.code);
            assert!(!summary.starts_with('#'), "{}: {summary}", known.code);
            assert!(summary.len() < 250, "{}: {summary}", known.code);
        }
    }
}
