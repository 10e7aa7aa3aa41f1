//! What is saved under names, and the text in which the browser keeps it. Pure: the dialog only shows it.
//!
//! ```text
//! v=1
//! north%20and%20south<TAB>v=1&server=1.32&tool=tctl&…
//! ```
//!
//! Links are kept byte for byte, also those that this page cannot open. A text that is wrong anywhere is refused whole:
//! whoever writes what was half read loses the rest.

use std::fmt;

use multicluster_core::link;

use crate::preview::{counted, few};

const VERSION: &str = "v=1";

/// A draft with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Saved {
    pub(crate) name: String,
    pub(crate) link: String,
}

impl Saved {
    /// The draft in one line, or why it cannot be opened.
    pub(crate) fn summary(&self) -> Result<String, link::LinkError> {
        let draft = link::decode(&self.link)?;
        let names: Vec<_> = draft.clusters.iter().map(|it| it.name.as_str()).collect();
        let mut summary = counted(names.len(), "cluster", "clusters");
        if !names.is_empty() {
            summary += &format!(" ({})", few(&names));
        }
        if !draft.server_version.is_empty() {
            summary += &format!(", server {}", draft.server_version);
        }
        Ok(summary)
    }
}

/// Everything that is saved, the last saved last. No two have one name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct List(Vec<Saved>);

/// Why a text is no list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// Of another version.
    Version,
    /// The line, counted from 1, that is broken.
    Line(usize),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version => f.write_str("it was not written by this version of the page"),
            Self::Line(line) => write!(f, "line {line} of it is broken"),
        }
    }
}

/// What was taken away, and where it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) saved: Saved,
    at: usize,
    /// Whether something else has its name now.
    is_replaced: bool,
}

impl List {
    /// Reads what [`Self::to_text`] wrote.
    pub(crate) fn parse(text: &str) -> Result<Self, Unreadable> {
        if text.is_empty() {
            return Ok(Self::default());
        }
        let mut lines = text.split('\n');
        if lines.next() != Some(VERSION) {
            return Err(Unreadable::Version);
        }
        // The last line ends too: else it was cut.
        let count = text.split('\n').count();
        if lines.next_back() != Some("") {
            return Err(Unreadable::Line(count));
        }
        let mut list = Self::default();
        for (at, line) in lines.enumerate() {
            let saved = parse_line(line).filter(|saved| list.find(&saved.name).is_none());
            list.0.push(saved.ok_or(Unreadable::Line(at + 2))?);
        }
        Ok(list)
    }

    pub(crate) fn to_text(&self) -> String {
        let mut text = format!("{VERSION}\n");
        for Saved { name, link } in &self.0 {
            link::percent_encode(&mut text, name);
            text.push('\t');
            text.push_str(link);
            text.push('\n');
        }
        text
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Saved> {
        self.0.iter()
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Saved> {
        Some(&self.0[self.find(name)?])
    }

    /// Where this is.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|saved| saved.name == name)
    }

    /// Saves a link; what had its name is taken away.
    pub(crate) fn save(&mut self, name: &str, link: &str) -> Option<Taken> {
        let new = Saved {
            name: name.to_owned(),
            link: link.to_owned(),
        };
        let Some(at) = self.find(name) else {
            self.0.push(new);
            return None;
        };
        Some(Taken {
            saved: std::mem::replace(&mut self.0[at], new),
            at,
            is_replaced: true,
        })
    }

    /// Gives it a new name, unless it is gone or another one has that name.
    pub(crate) fn rename(&mut self, from: &str, to: &str) -> bool {
        match self.find(from) {
            Some(at) if from == to || self.find(to).is_none() => {
                to.clone_into(&mut self.0[at].name);
                true
            }
            _ => false,
        }
    }

    pub(crate) fn delete(&mut self, name: &str) -> Option<Taken> {
        let at = self.find(name)?;
        Some(Taken {
            saved: self.0.remove(at),
            at,
            is_replaced: false,
        })
    }

    /// Adds a text that was kept as a link and may be none, at the end.
    pub(crate) fn adopt(&mut self, name: &str, text: &str) {
        let is_plain = |c: char| c.is_ascii() && !c.is_control();
        let mut link = String::new();
        for part in text.split_inclusive(|c| !is_plain(c)) {
            let plain = part.trim_end_matches(|c| !is_plain(c));
            link.push_str(plain);
            link::percent_encode(&mut link, &part[plain.len()..]);
        }
        let name = self.free(name);
        self.0.push(Saved { name, link });
    }

    /// The name, or the first one like it that nothing has.
    fn free(&self, wanted: &str) -> String {
        let mut name = wanted.to_owned();
        for number in 2.. {
            if self.find(&name).is_none() {
                break;
            }
            name = format!("{wanted} ({number})");
        }
        name
    }

    /// Puts back what was taken away; the name it has now. What took its name in the meantime stays.
    pub(crate) fn put_back(&mut self, taken: &Taken) -> String {
        let Taken { saved, at, .. } = taken;
        if let Some(at) = self.find(&saved.name)
            && taken.is_replaced
        {
            self.0[at] = saved.clone();
            return saved.name.clone();
        }
        let name = self.free(&saved.name);
        let link = saved.link.clone();
        let back = Saved {
            name: name.clone(),
            link,
        };
        self.0.insert((*at).min(self.0.len()), back);
        name
    }
}

fn parse_line(line: &str) -> Option<Saved> {
    let (name, link) = line.split_once('\t')?;
    let name = link::percent_decode(name).filter(|name| !name.is_empty())?;
    // Nothing else was ever written, and a text that the browser could not give exactly is not.
    let is_exact = line.is_ascii() && !link.contains(char::is_control);
    is_exact.then(|| Saved {
        name,
        link: link.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_not_be_read_is_adopted_and_read_back() {
        let mut list = List::default();
        for text in ["v=99&what=ever", "", " a\té\n%", "v=99&what=ever"] {
            list.adopt("Could not be read", text);
        }
        let names: Vec<_> = list.iter().map(|saved| saved.name.as_str()).collect();
        assert_eq!(names[3], "Could not be read (4)");
        assert_eq!(list.0[0].link, "v=99&what=ever");
        assert_eq!(list.0[2].link, " a%09%C3%A9%0A%");
        assert_eq!(List::parse(&list.to_text()).as_ref(), Ok(&list));
    }

    const OLD: &str = "v=1&server=1.13&tool=tctl&increment=100&cluster=a,10.0.0.1:7233,1";
    const HOSTILE: &str = "<b>\"north\"\n\t&south</b>\u{202e}é%";

    fn list(names: &[&str]) -> List {
        let mut list = List::default();
        for name in names {
            list.save(name, OLD);
        }
        list
    }

    fn names(list: &List) -> Vec<&str> {
        list.iter().map(|saved| saved.name.as_str()).collect()
    }

    #[test]
    fn the_text_is_readable_and_stays_as_it_is() {
        let text = format!("v=1\nnorth\t{OLD}\nnorth%20and%20south\t{OLD}\n");
        assert_eq!(list(&["north", "north and south"]).to_text(), text);
    }

    #[test]
    fn every_name_comes_back() {
        let all = list(&["north", HOSTILE, " ", "v=1"]);
        assert_eq!(List::parse(&all.to_text()), Ok(all));
        assert_eq!(List::parse(""), Ok(List::default()));
        let none = List::default();
        assert_eq!(List::parse(&none.to_text()), Ok(none));
    }

    #[test]
    fn what_is_wrong_anywhere_is_refused_whole() {
        for (text, why) in [
            ("v=2\nnorth\tv=1\n", Unreadable::Version),
            ("v=1 \n", Unreadable::Version),
            ("hello", Unreadable::Version),
            ("v=1", Unreadable::Line(1)),
            ("v=1\nnorth\tv=1&serv", Unreadable::Line(2)),
            ("v=1\nnorth\tv=1\nsouth v=1\n", Unreadable::Line(3)),
            ("v=1\nnorth\tv=1\nnorth\tv=1\n", Unreadable::Line(3)),
            ("v=1\n\tv=1\n", Unreadable::Line(2)),
            ("v=1\n\n", Unreadable::Line(2)),
            ("v=1\nnor%th\tv=1\n", Unreadable::Line(2)),
            ("v=1\nnorth\tv=1\r\n", Unreadable::Line(2)),
            ("v=1\nnorth\tv=1&\u{fffd}\n", Unreadable::Line(2)),
        ] {
            assert_eq!(List::parse(text), Err(why), "{text:?}");
        }
    }

    #[test]
    fn a_link_of_another_page_is_kept_and_told_of() {
        let text = format!("v=1\nold\t{OLD}\nnewer\tv=99&what=ever\n");
        let list = List::parse(&text).expect("a list");
        let summaries: Vec<_> = list.iter().map(Saved::summary).collect();
        assert_eq!(summaries[0].as_deref(), Ok("1 cluster (a), server 1.13"));
        assert!(summaries[1].is_err());
        assert_eq!(list.to_text(), text);
    }

    #[test]
    fn what_is_deleted_comes_back_where_it_was() {
        let mut list = list(&["a", "b", "c"]);
        let first = list.delete("a").expect("it is there");
        let second = list.delete("b").expect("it is there");
        assert_eq!(list.delete("b"), None);
        list.put_back(&second);
        list.put_back(&first);
        assert_eq!(names(&list), ["a", "b", "c"]);
    }

    #[test]
    fn what_took_its_name_stays() {
        let mut list = list(&["a", "b"]);
        let taken = list.delete("a").expect("it is there");
        assert_eq!(list.save("a", "v=1"), None);
        assert_eq!(list.put_back(&taken), "a (2)");
        assert_eq!(names(&list), ["a (2)", "b", "a"]);
        assert_eq!(list.get("a (2)").expect("it is there").link, OLD);
    }

    #[test]
    fn what_is_replaced_comes_back_in_its_place() {
        let mut list = list(&["a", "b"]);
        let taken = list.save("a", "v=1").expect("it was there");
        assert_eq!(list.get("a").expect("it is there").link, "v=1");
        assert_eq!(list.put_back(&taken), "a");
        assert_eq!(list.get("a").expect("it is there").link, OLD);
        assert_eq!(names(&list), ["a", "b"]);
    }

    #[test]
    fn no_new_name_is_that_of_another() {
        let mut list = list(&["a", "b"]);
        assert!(!list.rename("a", "b"));
        assert!(!list.rename("c", "d"));
        assert!(list.rename("a", "a"));
        assert!(list.rename("a", "c"));
        assert_eq!(names(&list), ["c", "b"]);
    }
}
