//! A file as one text, for its way from one program of the page to another: the first program writes configuration files
//! only, and everything else is written by a second one.
//!
//! A line is its source, if it has one, then its segments, then a line feed. A source is `=` with the number of a general
//! field, or `@` with a place in the list of clusters, a comma and the number of a field, ended by `;`. A segment is the
//! letter of its kind, the length of its text in bytes, `:`, and the text, whatever that holds. What a line is about stays
//! behind: it is asked for where the file was written.

use std::rc::Rc;
use std::str::Chars;

use crate::diagnostics::Path;
use crate::draft::ClusterDraft;
use crate::edit::ClusterField;

use super::artifact::{Artifact, Kind, Line, Segment};

/// The fields that are not those of a cluster, by their numbers.
const GENERAL: [Path; 7] = [
    Path::ServerVersion,
    Path::Tool,
    Path::Increment,
    Path::Master,
    Path::Redirection,
    Path::Tls,
    Path::Clusters,
];

/// The letter of the first kind.
const FIRST_KIND: u8 = b'a';

/// Packs the lines of a file.
#[must_use]
pub fn pack(file: &Artifact) -> String {
    let mut packed = String::new();
    for line in &file.lines {
        if let Some(source) = line.source {
            packed.push_str(&pack_source(source));
        }
        for Segment { kind, text } in &line.segments {
            packed.push(char::from(FIRST_KIND + *kind as u8));
            packed.push_str(&text.len().to_string());
            packed.push(':');
            packed.push_str(text);
        }
        packed.push('\n');
    }
    packed
}

fn pack_source(source: Path) -> String {
    match source {
        Path::Cluster(place, _, field) => {
            let number = ClusterField::ALL.iter().position(|it| *it == field);
            format!("@{place},{};", number.unwrap_or_default())
        }
        general => {
            let number = GENERAL.iter().position(|path| *path == general);
            format!("={};", number.unwrap_or_default())
        }
    }
}

/// Unpacks lines that [`pack`] wrote of a draft with these clusters, which have ids of their own
/// here. What it did not write is left out.
#[must_use]
pub fn unpack(packed: &str, clusters: &[Rc<ClusterDraft>]) -> Vec<Line> {
    let mut rest = packed.chars();
    let mut lines = Vec::new();
    let mut line = Line::default();
    while let Some(first) = rest.next() {
        match first {
            '\n' => lines.push(std::mem::take(&mut line)),
            '=' => {
                let number = number(&mut rest);
                line.source = GENERAL.get(number).copied();
            }
            '@' => {
                let (place, field) = (number(&mut rest), number(&mut rest));
                let cluster = clusters.get(place);
                line.source = cluster
                    .zip(ClusterField::ALL.get(field))
                    .map(|(cluster, field)| Path::Cluster(place, cluster.id, *field));
            }
            letter => {
                let length = number(&mut rest);
                let text = take(&mut rest, length).to_owned();
                let kind = (letter as usize).wrapping_sub(usize::from(FIRST_KIND));
                if let Some(kind) = Kind::ALL.get(kind) {
                    line.add(*kind, text.into());
                }
            }
        }
    }
    lines
}

/// A number, and the character that ends it.
fn number(rest: &mut Chars<'_>) -> usize {
    let mut number: usize = 0;
    while let Some(digit @ '0'..='9') = rest.next() {
        number = number
            .wrapping_mul(10)
            .wrapping_add(digit as usize - '0' as usize);
    }
    number
}

/// So many bytes, or all that is left.
fn take<'t>(rest: &mut Chars<'t>, length: usize) -> &'t str {
    let text = rest.as_str();
    let taken = text.get(..length).unwrap_or(text);
    *rest = text[taken.len()..].chars();
    taken
}

#[cfg(test)]
mod tests {
    use crate::{ArtifactId, Draft, Edit, resolve};

    use super::super::topic::Topic;
    use super::*;

    fn without_topics(lines: &[Line]) -> Vec<Line> {
        let blank = |line: &Line| Line {
            topic: Topic::default(),
            ..line.clone()
        };
        lines.iter().map(blank).collect()
    }

    #[test]
    fn every_file_comes_back_equal() {
        let mut draft = Draft::default();
        for version in ["1.13", "1.14", "1.32"] {
            draft.apply(&Edit::SetServerVersion(version.into()));
            let resolution = resolve(&draft);
            let files = resolution.render_all();
            assert!(files.len() > 2);
            for file in files {
                let lines = unpack(&pack(&file), &draft.clusters);
                assert_eq!(lines, without_topics(&file.lines), "{}", file.name);
            }
        }
    }

    #[test]
    fn every_kind_and_every_source_comes_back() {
        let draft = Draft::default();
        let cluster = draft.clusters[1].id;
        let sources = ClusterField::ALL.map(|field| Path::Cluster(1, cluster, field));
        let sources = sources.into_iter().chain(GENERAL).map(Some);
        let lines: Vec<Line> = sources
            .chain([None])
            .map(|source| Line {
                source,
                segments: Kind::ALL
                    .map(|kind| Segment {
                        kind,
                        text: "a12:\u{1}\u{20ac}@=;\n".into(),
                    })
                    .into(),
                ..Line::default()
            })
            .collect();
        let file = Artifact {
            id: ArtifactId::Connect,
            name: "x".into(),
            lines,
        };
        assert_eq!(unpack(&pack(&file), &draft.clusters), file.lines);
    }

    #[test]
    fn what_is_altered_is_left_out() {
        for text in [
            "",
            "a9:x",
            "z1:x\n",
            "@9,9;\n",
            "=9;a1:",
            "a18446744073709551616:xy\n",
            "\u{20ac}",
        ] {
            let lines = unpack(text, &[]);
            assert!(lines.iter().all(|line| line.source.is_none()), "{text:?}");
        }
    }
}
