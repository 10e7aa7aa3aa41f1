//! What holds for all servers: release, tool, increment, master.

use multicluster_core::model::{FailoverVersionIncrement, RedirectionPolicy, Tool};
use multicluster_core::release::{Layout, RANGES, ServerVersion};
use multicluster_core::{Draft, Edit, Path};
use yew::virtual_dom::Key;
use yew::{AttrValue, Callback, Event, Html};

use super::element::{all, on, tag};
use super::field::{AllRemarks, Remark, Remarks, TextInput, text_input};
use super::{Dispatch, INCREMENT, MASTER, REDIRECTION, RELEASES, SERVER_VERSION, TOOL, counted};
use crate::platform;
use crate::state::{Action, TextField, display_name};

pub(super) fn tool_id(tool: Tool) -> String {
    ["tool-", tool.program()].concat()
}

pub(super) fn view(
    draft: &Draft,
    has_common_master: bool,
    remarks: &AllRemarks,
    dispatch: &Dispatch,
) -> Html {
    let remarks = remarks.general();
    let master = has_common_master.then(|| master(draft, remarks, dispatch));
    tag!("section", "class" = "servers", "aria-labelledby" = "servers-title";
        tag!("h2", "id" = "servers-title"; "Servers"),
        tag!("div", "class" = "grid";
            server_version(draft, remarks, dispatch),
            tool(draft, remarks, dispatch),
            increment(draft, remarks, dispatch),
            tag!("p", "class" = "room", "id" = "increment-room"; room(&draft.increment)),
            releases(),
            tag!("div", "class" = "optional"; master),
        ),
        more(draft, remarks, dispatch),
    )
    .html()
}

/// The value of the list of releases.
pub(super) fn version_value(draft: &Draft) -> String {
    let version = ServerVersion::parse(&draft.server_version);
    let value = version.map_or(&*draft.server_version, |version| version.range().value);
    value.to_owned()
}

/// What the field for the release of one cluster suggests. A list in each of a thousand clusters
/// would be slow, and a server that runs has one release and not a range.
fn releases() -> Html {
    let ranges = RANGES.iter().rev();
    let options = ranges.map(|range| option(range.value, range.label, false));
    tag!("datalist", "id" = RELEASES; all(options)).html()
}

fn server_version(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(SERVER_VERSION, &|path| path == Path::ServerVersion, remarks);
    let chosen = version_value(draft);
    let to_action = |version| Some(Action::Edit(Edit::SetServerVersion(version)));
    let group = |layout: Layout| {
        let ranges = RANGES.iter().rev();
        let ranges = ranges.filter(|range| range.first().layout() == layout);
        let ranges = ranges.map(|range| option(range.value, range.label, chosen == range.value));
        let group = tag!("optgroup", "label" = layout.label(); all(ranges));
        group.key(layout.label()).html()
    };
    // The newest first: most people run that.
    let mut options: Vec<Html> = Layout::ALL.into_iter().rev().map(group).collect();
    if ServerVersion::parse(&draft.server_version).is_none() {
        // A release that cannot be read, from a link, stays in sight until another one is chosen.
        options.insert(0, option(chosen.clone(), chosen.clone(), true));
    }
    select(
        SERVER_VERSION,
        "Server version",
        options,
        &remarks,
        on_select(dispatch, to_action),
    )
}

/// The value of the list of masters.
pub(super) fn master_value(draft: &Draft) -> String {
    let master = draft.clusters.get(draft.master_position());
    master.map_or_else(String::new, |master| master.id.get().to_string())
}

fn master(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(MASTER, &|path| path == Path::Master, remarks);
    let chosen = draft.master_position();
    let ids: Vec<_> = draft.clusters.iter().map(|cluster| cluster.id).collect();
    let to_action = move |chosen: String| {
        let id = ids.iter().find(|id| id.get().to_string() == chosen);
        id.map(|id| Action::Edit(Edit::SetMaster(*id)))
    };
    let clusters = draft.clusters.iter().enumerate();
    let options = clusters.map(|(place, cluster)| {
        let name = display_name(&cluster.name, place);
        option(cluster.id.get().to_string(), name, place == chosen)
    });
    select(
        MASTER,
        "Master cluster",
        options.collect(),
        &remarks,
        on_select(dispatch, to_action),
    )
}

/// What is set only where it is wanted.
fn more(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(REDIRECTION, &|path| path == Path::Redirection, remarks);
    let open = draft.redirection.is_some() || draft.keeps_cloud_open;
    let keep = Edit::SetKeepsCloudOpen(!draft.keeps_cloud_open);
    tag!("details", "open" = open;
        tag!("summary"; "More for all clusters"),
        tag!("div", "class" = "grid";
            redirection(draft, &remarks, dispatch),
            tag!("label", "class" = "running";
                tag!("input", "type" = "checkbox";)
                    .checked(draft.keeps_cloud_open)
                    .on_change(on(dispatch, Action::Edit(keep))),
                "Keep the way to Temporal Cloud open",
            ),
        ),
    )
    .html()
}

/// The value of the list of policies.
pub(super) fn redirection_value(draft: &Draft) -> &'static str {
    draft.redirection.map_or("", RedirectionPolicy::name)
}

fn redirection(draft: &Draft, remarks: &Remarks, dispatch: &Dispatch) -> Html {
    let to_action = |chosen: String| {
        let policy = RedirectionPolicy::from_name(&chosen);
        Some(Action::Edit(Edit::SetRedirection(policy)))
    };
    let chosen = redirection_value(draft);
    let policies = RedirectionPolicy::ALL.map(RedirectionPolicy::name);
    let mut options = vec![option("", "not stated: noop", chosen.is_empty())];
    options.extend(policies.map(|name| option(name, name, chosen == name)));
    select(
        REDIRECTION,
        "Redirection policy",
        options,
        remarks,
        on_select(dispatch, to_action),
    )
}

fn option(value: impl Into<AttrValue>, label: impl Into<AttrValue>, selected: bool) -> Html {
    let (value, label): (AttrValue, AttrValue) = (value.into(), label.into());
    let key = Key::from(&*value);
    let option = tag!("option", "value" = value, "selected" = selected; label);
    option.key(key).html()
}

fn on_select(
    dispatch: &Dispatch,
    to_action: impl Fn(String) -> Option<Action> + 'static,
) -> Callback<Event> {
    let dispatch = dispatch.clone();
    Callback::from(move |event: Event| {
        if let Some(action) = to_action(platform::selected(&event)) {
            dispatch.emit(action.into());
        }
    })
}

/// A list to choose from. What it shows is set after rendering ([`platform::select`]).
fn select(
    id: &'static str,
    label: &'static str,
    options: Vec<Html>,
    remarks: &Remarks,
    onchange: Callback<Event>,
) -> Html {
    let select = tag!("select",
        "id" = id,
        "aria-invalid" = remarks.invalid(),
        "aria-describedby" = remarks.described_by(None);
        options,
    );
    tag!("div", "class" = "field";
        tag!("div", "class" = "label"; tag!("label", "for" = id; label)),
        select.on_change(onchange),
        remarks.view(),
    )
    .html()
}

fn tool(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(TOOL, &|path| path == Path::Tool, remarks);
    let choice = |tool: Tool| {
        let input = tag!("input", "type" = "radio", "name" = "tool", "id" = tool_id(tool););
        let input = input.checked(draft.tool == tool);
        let edit = Edit::SetTool(tool);
        let label = tag!("label";
            input.on_change(on(dispatch, Action::Edit(edit))),
            tag!("span"; tool.program()),
        );
        label.key(tool.program()).html()
    };
    tag!("div", "class" = "field";
        tag!("div", "class" = "label", "id" = "tool-label"; "Command line tool"),
        tag!("div",
            "class" = "segments",
            "role" = "radiogroup",
            "aria-labelledby" = "tool-label",
            "aria-invalid" = remarks.invalid(),
            "aria-describedby" = remarks.described_by(None);
            all(Tool::ALL.into_iter().map(choice)),
        ),
        remarks.view(),
    )
    .html()
}

fn increment(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(INCREMENT, &|path| path == Path::Increment, remarks);
    let input = TextInput {
        field: TextField::Increment,
        id: INCREMENT.to_owned(),
        label: "Failover version increment",
        hint: "",
        value: &draft.increment,
        class: "field",
        numeric: true,
        suggestions: None,
        locked: draft.clusters.iter().any(|cluster| {
            let running = cluster.running.as_ref();
            running.is_some_and(|running| running.increment == draft.increment)
        }),
        remarks,
        inside: None,
    };
    text_input(input, dispatch)
}

fn room(increment: &str) -> String {
    let for_life = "Can never change after the first start.";
    match FailoverVersionIncrement::parse(increment) {
        Ok(increment) => {
            let room = counted(increment.capacity() as usize, "cluster");
            ["Room for ", &room, ". ", for_life].concat()
        }
        Err(_) => for_life.to_owned(),
    }
}
