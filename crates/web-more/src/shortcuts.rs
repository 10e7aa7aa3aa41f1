//! The keys that do something.

use crate::dom::El;
use crate::tools::Tool;

/// The list of keys.
pub(crate) struct Shortcuts;

/// What is done, and the keys that do it; keys that are pressed together are joined by `+`.
const SHORTCUTS: [(&str, &[&str]); 11] = [
    ("Undo the last change", &["Ctrl+Z"]),
    ("Do it again", &["Ctrl+Shift+Z", "Ctrl+Y"]),
    (
        "Choose a file, within the list of files",
        &["Arrow keys", "Home", "End"],
    ),
    (
        "Explain the next or previous line, within a file",
        &["Arrow down", "Arrow up"],
    ),
    ("Go to the field that a line comes from", &["Enter"]),
    ("Stop explaining", &["Escape"]),
    (
        "Move a cluster: its buttons “up” and “down”",
        &["Enter", "Space"],
    ),
    (
        "Choose a tool, within the list of tools",
        &["Arrow keys", "Home", "End"],
    ),
    ("Save under the name that was typed", &["Enter"]),
    ("Close a dialog", &["Escape"]),
    ("This list", &["?"]),
];

impl Shortcuts {
    pub(crate) const TITLE: &str = "Keys";
}

impl Tool for Shortcuts {
    fn title(&self) -> &'static str {
        Self::TITLE
    }

    fn panel(&self) -> El {
        let mut list = El::new("dl").attribute("class", "keys");
        for (what, keys) in SHORTCUTS {
            let mut shown = El::new("dd");
            for (place, key) in keys.iter().enumerate() {
                if place > 0 {
                    shown = shown.words(" or ");
                }
                shown = shown.child(El::text("kbd", "", key));
            }
            list = list.child(El::text("dt", "", what)).child(shown);
        }
        El::new("div").child(list).child(El::text(
            "p",
            "hint",
            "On a Mac, Cmd does what Ctrl does elsewhere.",
        ))
    }
}
