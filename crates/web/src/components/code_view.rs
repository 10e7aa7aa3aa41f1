//! The text of a file: its exact characters, coloured by what core says they are.

use std::any::Any;
use std::cell::Cell;

use multicluster_core::Artifact;
use multicluster_core::render::{Line, Segment};
use yew::{AttrValue, Html};

use super::element::{all, tag};
use super::part::{Part, part};
use super::{Shared, path_id};

/// The element that scrolls. boot.js and crates/web-more know its id.
pub(super) const ID: &str = "file";
/// The class of lines that the last change altered.
pub(super) const CHANGED: &str = "changed";

/// How many lines are rendered, or left alone, together.
const CHUNK: usize = 32;

/// A file, if it is ready.
pub(super) type Rendered = Shared<Option<Artifact>>;

/// Shows a file, if it is ready; `marks` says which lines changed.
pub(super) fn view(key: String, artifact: &Rendered, marks: &Shared<Vec<bool>>) -> Html {
    let (name, count) = match &**artifact {
        Some(artifact) => (artifact.name().to_owned(), artifact.lines().len()),
        None => (String::new(), 0),
    };
    let chunk = |start| {
        let (artifact, marks) = (artifact.clone(), marks.clone());
        let chunk = Chunk {
            artifact,
            marks,
            start,
        };
        part(start, chunk)
    };
    tag!("pre",
        "id" = ID,
        "class" = "code",
        "role" = "region",
        "aria-label" = name,
        "tabindex" = "0";
        all((0..count).step_by(CHUNK).map(chunk)),
    )
    .key(key)
    .html()
}

/// A few lines. They are rendered again only if they differ.
struct Chunk {
    artifact: Rendered,
    marks: Shared<Vec<bool>>,
    start: usize,
}

impl Chunk {
    fn lines(&self) -> &[Line] {
        slice(
            self.artifact.as_ref().map_or(&[], Artifact::lines),
            self.start,
        )
    }

    fn marks(&self) -> &[bool] {
        slice(&self.marks, self.start)
    }
}

fn slice<T>(all: &[T], start: usize) -> &[T] {
    &all[start.min(all.len())..(start + CHUNK).min(all.len())]
}

impl Part for Chunk {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| {
            self.start == other.start
                && (self.marks == other.marks || self.marks() == other.marks())
                && (self.artifact == other.artifact || self.lines() == other.lines())
        })
    }

    fn view(&self, _: &Cell<bool>) -> Html {
        let lines = self.lines().iter().enumerate();
        let line = |(at, line): (usize, &Line)| {
            let is_changed = self.marks().get(at) == Some(&true);
            let class = if is_changed { "line changed" } else { "line" };
            let mut segments: Vec<Html> = line.segments.iter().enumerate().map(segment).collect();
            segments.push(tag!("span"; "\n").key("end").html());
            let source = line.source.map(path_id);
            tag!("span", "class" = class, "data-source" = source; segments)
                .key(at)
                .html()
        };
        tag!("span", "class" = "chunk"; all(lines.map(line))).html()
    }
}

fn segment((at, segment): (usize, &Segment)) -> Html {
    let text = AttrValue::from(segment.text.clone());
    tag!("span", "class" = segment.kind.class(); text)
        .key(at)
        .html()
}
