//! Everything that is wrong, in one list: where, why, what the server would say, and the way out.

use multicluster_core::{Diagnostic, MOST_HELP, Path, Resolution, Severity, unpack_help};
use yew::Html;

use super::element::{Button, all, tag};
use super::{Dispatch, counted, field_id};
use crate::state::Action;

/// The list.
const ID: &str = "problems";
/// How many are shown until all are wanted.
const FEW: usize = 3;
/// How many are shown at most.
const MANY: usize = MOST_HELP;

/// `help`: packed, see [`unpack_help`]; nothing while the program that has it is not there.
pub(super) fn view(
    resolution: &Resolution,
    every: bool,
    help: Option<&str>,
    dispatch: &Dispatch,
) -> Html {
    let found = resolution.diagnostics();
    let shown = found.len().min(if every { MANY } else { FEW });
    let worst = found.first().map_or("none", |found| found.severity.word());
    let toggle = Button {
        expanded: Some((every, ID)),
        ..Button::new("button", if every { "Show less" } else { "Show all" })
    };
    let mut help = unpack_help(help.unwrap_or_default());
    let mut keys: Vec<String> = Vec::new();
    let list = found[..shown].iter().map(|found| {
        let mut key = key(found);
        while keys.contains(&key) {
            key.push('+');
        }
        keys.push(key.clone());
        problem(key, found, help.next(), dispatch)
    });
    let toggle = (!found.is_empty()).then(|| toggle.view(dispatch, Action::ToggleProblems));
    let to_files = Button::new("button files-link", "Files");
    let to_files = to_files.view(dispatch, Action::ToFiles);
    let is_rest = every && found.len() > MANY;
    let rest = is_rest.then(|| [&*(found.len() - MANY).to_string(), " more"].concat());
    tag!("section",
        "class" = "problems",
        "data-worst" = worst,
        "data-one" = found.len() == 1,
        "aria-labelledby" = "problems-title";
        tag!("h2", "id" = "problems-title"; summary(resolution)),
        tag!("ul", "id" = ID, "aria-label" = "Problems"; all(list)),
        tag!("div", "class" = "toggle"; toggle, to_files),
        tag!("p", "class" = "rest"; rest),
    )
    .html()
}

/// `2 errors, 1 warning`, or `No problems`.
pub(super) fn summary(resolution: &Resolution) -> String {
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let count = resolution.count(severity);
        if count > 0 {
            if !text.is_empty() {
                text.push_str(", ");
            }
            text.push_str(&counted(count, severity.word()));
        }
    }
    if text.is_empty() {
        text.push_str("No problems");
    }
    text
}

/// A name for a problem that stays while others come and go.
fn key(found: &Diagnostic) -> String {
    let code = found.code.as_str();
    match found.path {
        Path::Cluster(_, id, field) => [code, " ", &field_id(id, field)].concat(),
        _ => code.to_owned(),
    }
}

fn problem(
    key: String,
    found: &Diagnostic,
    help: Option<(&str, &str)>,
    dispatch: &Dispatch,
) -> Html {
    let code = found.code.as_str();
    let why = help.map(|(help, _)| tag!("p"; help.to_owned(), " ", reference(code)));
    let server = help.filter(|(_, server)| !server.is_empty());
    let server = server.map(|(_, server)| {
        tag!("p", "class" = "server"; "You would see: ", tag!("code"; server.to_owned()))
    });
    tag!("li", "data-code" = code, "data-severity" = found.severity.word();
        tag!("div", "class" = "what";
            tag!("span", "class" = "severity"; severity(found.severity)),
            link(found, dispatch),
            tag!("span", "class" = "fix"; fix(found, dispatch)),
        ),
        tag!("div", "class" = "why"; why, server),
    )
    .key(key)
    .html()
}

/// Its code, which leads to all that is to be said of it.
fn reference(code: &'static str) -> Html {
    let address = ["reference.html#", code].concat();
    tag!("a", "class" = "beside", "href" = address, "target" = "_blank", "rel" = "noopener"; code)
        .html()
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

/// The message, which leads to its field.
pub(super) fn link(found: &Diagnostic, dispatch: &Dispatch) -> Html {
    Button::new("link", found.message.clone()).view(dispatch, Action::Visit(found.path))
}

fn fix(found: &Diagnostic, dispatch: &Dispatch) -> Html {
    found.fix.as_ref().map_or_else(Html::default, |fix| {
        Button::new("button", fix.label.clone())
            .named(&[&fix.label, ": ", &found.message])
            .view(dispatch, Action::Fix(fix.edits.clone(), found.path))
    })
}
