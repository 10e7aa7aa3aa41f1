//! What holds for all servers: release, tool, increment, master.

use multicluster_core::model::{FailoverVersionIncrement, Tool};
use multicluster_core::release::{Layout, RANGES, ServerVersion};
use multicluster_core::{Draft, Edit, Path};
use yew::prelude::*;

use super::field::{Remark, Remarks, TextInput, text_input};
use super::{Dispatch, INCREMENT, MASTER, SERVER_VERSION, Shared, counted};
use crate::platform;
use crate::state::{Action, TextField, display_name};

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) draft: Shared<Draft>,
    pub(super) remarks: Shared<Vec<Remark>>,
    pub(super) dispatch: Dispatch,
}

pub(super) fn tool_id(tool: Tool) -> String {
    ["tool-", tool.program()].concat()
}

#[component]
pub(super) fn ServersForm(props: &Props) -> Html {
    let Props {
        draft,
        remarks,
        dispatch,
    } = props;
    let layout = ServerVersion::parse(&draft.server_version).map(ServerVersion::layout);
    html! {
        <section class="servers" aria-labelledby="servers-title">
            <h2 id="servers-title">{ "Servers" }</h2>
            <div class="grid">
                { server_version(draft, remarks, dispatch) }
                { tool(draft, remarks, dispatch) }
                { increment(draft, remarks, dispatch) }
                <p class="room" id="increment-room">{ room(&draft.increment) }</p>
                <div class="optional">
                    if layout == Some(Layout::AllClusters) {
                        { master(draft, remarks, dispatch) }
                    }
                </div>
            </div>
        </section>
    }
}

fn server_version(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(SERVER_VERSION, |path| path == Path::ServerVersion, remarks);
    let version = ServerVersion::parse(&draft.server_version);
    let chosen = version.map_or(&*draft.server_version, |version| version.range().value);
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let version = platform::selected(&event);
            dispatch.dispatch(Action::Edit(Edit::SetServerVersion(version)));
        })
    };
    let group = |layout: Layout| {
        let ranges = RANGES
            .iter()
            .filter(|range| range.first().layout() == layout);
        html! {
            <optgroup key={layout.label()} label={layout.label()}>
                { for ranges.map(|range| html! {
                    <option key={range.value} value={range.value} selected={range.value == chosen}>
                        { range.label }
                    </option>
                }) }
            </optgroup>
        }
    };
    // A release that cannot be read, from a link, stays in sight until another one is chosen.
    let unknown = version.is_none().then(|| html! {
        <option key="unknown" value={chosen.to_owned()} selected=true>{ chosen.to_owned() }</option>
    });
    html! {
        <Select
            id={SERVER_VERSION}
            label="Server version"
            value={chosen.to_owned()}
            invalid={remarks.invalid()}
            described_by={remarks.described_by(None)}
            {onchange}
            after={remarks.view()}
        >
            { for unknown }
            { for Layout::ALL.map(group) }
        </Select>
    }
}

fn master(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(MASTER, |path| path == Path::Master, remarks);
    let chosen = draft.master_position();
    let onchange = {
        let ids: Vec<_> = draft.clusters.iter().map(|cluster| cluster.id).collect();
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let chosen = platform::selected(&event);
            if let Some(id) = ids.iter().find(|id| id.get().to_string() == chosen) {
                dispatch.dispatch(Action::Edit(Edit::SetMaster(*id)));
            }
        })
    };
    let value = draft
        .clusters
        .get(chosen)
        .map(|cluster| cluster.id.get().to_string());
    let clusters = draft.clusters.iter().enumerate();
    html! {
        <Select
            id={MASTER}
            label="Master cluster"
            value={value.unwrap_or_default()}
            invalid={remarks.invalid()}
            described_by={remarks.described_by(None)}
            {onchange}
            after={remarks.view()}
        >
            { for clusters.map(|(place, cluster)| html! {
                <option
                    key={cluster.id.get()}
                    value={cluster.id.get().to_string()}
                    selected={place == chosen}
                >
                    { display_name(&cluster.name, place) }
                </option>
            }) }
        </Select>
    }
}

#[derive(Properties, PartialEq)]
struct SelectProps {
    id: &'static str,
    label: &'static str,
    value: AttrValue,
    invalid: Option<&'static str>,
    described_by: Option<AttrValue>,
    onchange: Callback<Event>,
    children: Html,
    after: Html,
}

/// A list to choose from that shows the value it is given, whatever was chosen before.
#[component]
fn Select(props: &SelectProps) -> Html {
    let id = props.id;
    use_effect_with(
        (props.value.clone(), props.children.clone()),
        move |(value, _)| {
            platform::select(id, value);
        },
    );
    html! {
        <div class="field">
            <div class="label"><label for={id}>{ props.label }</label></div>
            <select
                {id}
                aria-invalid={props.invalid}
                aria-describedby={props.described_by.clone()}
                onchange={props.onchange.clone()}
            >
                { props.children.clone() }
            </select>
            { props.after.clone() }
        </div>
    }
}

fn tool(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of("tool", |path| path == Path::Tool, remarks);
    let choice = |tool: Tool| {
        let dispatch = dispatch.clone();
        let onchange =
            Callback::from(move |_| dispatch.dispatch(Action::Edit(Edit::SetTool(tool))));
        html! {
            <label key={tool.program()}>
                <input
                    type="radio"
                    name="tool"
                    id={tool_id(tool)}
                    checked={draft.tool == tool}
                    {onchange}
                />
                <span>{ tool.program() }</span>
            </label>
        }
    };
    html! {
        <div class="field">
            <div class="label" id="tool-label">{ "Command line tool" }</div>
            <div
                class="segments"
                role="radiogroup"
                aria-labelledby="tool-label"
                aria-invalid={remarks.invalid()}
                aria-describedby={remarks.described_by(None)}
            >
                { for Tool::ALL.map(choice) }
            </div>
            { remarks.view() }
        </div>
    }
}

fn increment(draft: &Draft, remarks: &[Remark], dispatch: &Dispatch) -> Html {
    let remarks = Remarks::of(INCREMENT, |path| path == Path::Increment, remarks);
    let input = TextInput {
        field: TextField::Increment,
        id: INCREMENT.to_owned(),
        label: "Failover version increment",
        hint: "",
        value: &draft.increment,
        class: "field",
        numeric: true,
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
