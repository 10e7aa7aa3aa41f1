//! The title, what can be done with the draft as a whole, and notices about it.

use yew::{AttrValue, Html};

use super::element::{Button, tag};
use super::{Dispatch, Msg};
use crate::state::{Action, Copyable, Dialog, NotKept, Notice, State};

pub(super) fn view(state: &State, dispatch: &Dispatch) -> Html {
    let actions = tag!("div", "class" = "actions";
        step("Undo", state.can_undo(), Action::Undo, dispatch),
        step("Redo", state.can_redo(), Action::Redo, dispatch),
        open("Import", Dialog::Import, dispatch),
        open("Saved", Dialog::Saved, dispatch),
        open("Tools", Dialog::Tools, dispatch),
        copy_link(state.copied(Copyable::Link), dispatch),
    );
    let notice = state.notice();
    tag!("header";
        tag!("div", "class" = "bar";
            tag!("h1"; "Multi-cluster builder for Temporal"),
            tag!("p"; "Replication configuration you can paste into production. Nothing leaves this page."),
            actions,
        ),
        tag!("div", "role" = "alert"; notice.map(|notice| view_notice(notice, dispatch))),
    )
    .html()
}

fn step(label: &'static str, is_possible: bool, action: Action, dispatch: &Dispatch) -> Html {
    let button = Button {
        idle: !is_possible,
        ..Button::new("quiet", label)
    };
    button.view(dispatch, action)
}

/// A button that opens a dialog. boot.js finds it by its id.
fn open(label: &'static str, dialog: Dialog, dispatch: &Dispatch) -> Html {
    let button = Button {
        id: Some(dialog.id().into()),
        ..Button::new("button", label)
    };
    button.view(dispatch, Msg::Open(dialog))
}

fn copy_link(copied: Option<bool>, dispatch: &Dispatch) -> Html {
    copy_button("button", ["Copy link", "Link copied"], copied)
        .view(dispatch, Msg::Copy(Copyable::Link))
}

/// A button that copies, and says afterwards whether that worked.
pub(super) fn copy_button(
    class: &'static str,
    [label, done]: [&'static str; 2],
    copied: Option<bool>,
) -> Button {
    let text = match copied {
        None => label,
        Some(true) => done,
        Some(false) => "Not copied",
    };
    Button {
        done: copied == Some(true),
        ..Button::new(class, text)
    }
}

const BRINGS_BACK: AttrValue = AttrValue::Static("Undo brings back what you had here.");

fn view_notice(notice: &Notice, dispatch: &Dispatch) -> Html {
    let (title, text) = match notice {
        Notice::BrokenLink(why) => (
            "This link cannot be opened.",
            [why, " What you had here is unchanged."].concat().into(),
        ),
        Notice::BrokenStorage(why) => (
            "What was kept in this browser cannot be read.",
            [why, " It is under Saved now."].concat().into(),
        ),
        Notice::OpenedLink => ("Opened from a link.", BRINGS_BACK),
        Notice::Brought(Dialog::Import) => ("Imported.", BRINGS_BACK),
        Notice::Brought(_) => ("Opened.", BRINGS_BACK),
        Notice::NotLoaded => (
            "This part of the page could not be loaded.",
            AttrValue::Static(
                "You may be offline, or a file on the server may be altered. Nothing here has changed; try again.",
            ),
        ),
        Notice::NotKept(NotKept::Storage) => (
            "This browser keeps nothing.",
            "Its storage is full or switched off. The address of this page holds all of it: keep that.".into(),
        ),
        Notice::NotKept(NotKept::TooLong) => (
            "This is too long to be kept.",
            "Neither this browser nor a link holds more than 1 MiB. Shorten it, or download everything.".into(),
        ),
        Notice::NotCopied(what) => (
            "The browser refused to copy.",
            AttrValue::Static(match what {
                Copyable::Link => "The address of this page is the link: copy that.",
                Copyable::File => "The text is selected: copy it by hand, or download it.",
            }),
        ),
        Notice::NotSaved => (
            "The browser refused to save the file.",
            "Copy it instead.".into(),
        ),
    };
    let is_good = matches!(notice, Notice::OpenedLink | Notice::Brought(_));
    tag!("div", "class" = "notice", "data-bad" = !is_good;
        tag!("p"; tag!("strong"; title), " ", text),
        Button::new("quiet", "Dismiss").view(dispatch, Action::Dismiss),
    )
    .html()
}
