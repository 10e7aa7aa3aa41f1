//! One cluster of the form.

use std::rc::Rc;

use multicluster_core::{ClusterDraft, ClusterField, Edit, Path};
use yew::prelude::*;

use super::field::{Remark, Remarks, TextInput, text_input};
use super::{Dispatch, cluster_id, field_id};
use crate::state::{Action, TextField, display_name};

pub(super) const GROUP: &str = "group";
pub(super) const UP: &str = "up";
pub(super) const DOWN: &str = "down";

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) cluster: Rc<ClusterDraft>,
    pub(super) place: usize,
    /// The place of the last cluster.
    pub(super) last: usize,
    pub(super) remarks: Vec<Remark>,
    pub(super) dispatch: Dispatch,
}

impl Props {
    fn field(&self, field: ClusterField, hint: &'static str, inside: Option<Html>) -> Html {
        let id = self.cluster.id;
        let element = field_id(id, field);
        let is_here = |path| matches!(path, Path::Cluster(_, _, of) if of == field);
        let input = TextInput {
            field: TextField::OfCluster(id, field),
            label: field.label(),
            hint,
            value: self.cluster.field(field),
            class: match field {
                ClusterField::Name => "field name",
                ClusterField::InitialFailoverVersion => "field version",
                ClusterField::RpcAddress | ClusterField::AdminAddress => "field address",
                ClusterField::HistoryShards => "field shards",
            },
            numeric: matches!(
                field,
                ClusterField::InitialFailoverVersion | ClusterField::HistoryShards
            ),
            remarks: Remarks::of(&element, is_here, &self.remarks),
            id: element,
            inside,
        };
        text_input(input, &self.dispatch)
    }

    fn on_click(&self, edit: Edit) -> Callback<MouseEvent> {
        let dispatch = self.dispatch.clone();
        Callback::from(move |_| dispatch.dispatch(Action::Edit(edit.clone())))
    }

    /// The button that says whether the version is automatic, and switches.
    fn auto(&self, name: &str) -> Html {
        let ClusterDraft {
            id,
            automatic,
            ref initial_version,
            ..
        } = *self.cluster;
        let edit = if automatic {
            let field = ClusterField::InitialFailoverVersion;
            Edit::SetField(id, field, initial_version.clone())
        } else {
            Edit::AssignInitialVersion(id)
        };
        html! {
            <button
                type="button"
                class="auto"
                aria-label={["Automatic version for ", name].concat()}
                aria-pressed={if automatic { "true" } else { "false" }}
                onclick={self.on_click(edit)}
            >{ "automatic" }</button>
        }
    }

    /// A button that moves the cluster. It stays where it is at the end of the list, so that the
    /// keyboard stays on it.
    fn mover(&self, part: &str, name: &str, path: &'static str, to: Option<usize>) -> Html {
        let id = self.cluster.id;
        let onclick = to.map(|to| self.on_click(Edit::MoveCluster(id, to)));
        html! {
            <button
                type="button"
                class="icon"
                id={cluster_id(id, part)}
                aria-label={["Move ", name, " ", part].concat()}
                aria-disabled={to.is_none().then_some("true")}
                {onclick}
            >{ icon(path) }</button>
        }
    }
}

fn icon(path: &'static str) -> Html {
    html! { <svg viewBox="0 0 14 14" aria-hidden="true"><path d={path} /></svg> }
}

#[component]
pub(super) fn ClusterRow(props: &Props) -> Html {
    let Props {
        cluster,
        place,
        last,
        remarks,
        ..
    } = props;
    let id = cluster.id;
    let name = display_name(&cluster.name, *place);
    let is_in_details = |remark: &Remark| {
        use ClusterField::{AdminAddress, HistoryShards};
        matches!(
            remark.path,
            Path::Cluster(_, _, AdminAddress | HistoryShards)
        )
    };
    let needs_details = !cluster.admin_address.is_empty()
        || !cluster.history_shards.is_empty()
        || remarks.iter().any(is_in_details);
    // Once open it stays so, or it would close under the hands of who empties the field.
    let open = use_mut_ref(|| false);
    *open.borrow_mut() |= needs_details;
    let open = *open.borrow();
    html! {
        <div
            class="cluster"
            role="group"
            aria-label={name.clone()}
            id={cluster_id(id, GROUP)}
            tabindex="-1"
        >
            { props.field(ClusterField::Name, "", None) }
            { props.field(ClusterField::InitialFailoverVersion, "", Some(props.auto(&name))) }
            <button
                type="button"
                class="icon remove"
                aria-label={["Remove ", &name].concat()}
                onclick={props.on_click(Edit::RemoveCluster(id))}
            >{ icon("M3 3l8 8M11 3l-8 8") }</button>
            { props.field(ClusterField::RpcAddress, "as the other clusters reach it", None) }
            <div class="more">
                <details {open}>
                    <summary>{ "Admin address, history shards" }</summary>
                    <div class="grid">
                        { props.field(ClusterField::AdminAddress, "as you reach it, if not the same", None) }
                        { props.field(ClusterField::HistoryShards, "if known", None) }
                    </div>
                </details>
                <div class="movers">
                    if *last > 0 {
                        { props.mover(UP, &name, "M7 12V2M3 6l4-4l4 4", place.checked_sub(1)) }
                        { props.mover(DOWN, &name, "M7 2v10M3 8l4 4l4-4", (place < last).then_some(place + 1)) }
                    }
                </div>
            </div>
        </div>
    }
}
