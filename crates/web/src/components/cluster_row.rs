//! One cluster of the form.

use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use multicluster_core::{ClusterDraft, ClusterField, Edit, Path};
use yew::Html;

use super::element::{Button, on, tag};
use super::field::{Remark, Remarks, TextInput, text_input};
use super::part::Part;
use super::{Dispatch, RELEASES, cluster_id, field_id};
use crate::state::{Action, TextField, display_name};

pub(super) const GROUP: &str = "group";
pub(super) const UP: &str = "up";
pub(super) const DOWN: &str = "down";

pub(super) struct ClusterRow {
    pub(super) cluster: Rc<ClusterDraft>,
    pub(super) place: usize,
    /// The place of the last cluster.
    pub(super) last: usize,
    pub(super) remarks: Vec<Remark>,
    pub(super) dispatch: Dispatch,
}

impl ClusterRow {
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
                ClusterField::RpcAddress
                | ClusterField::AdminAddress
                | ClusterField::HttpAddress => "field address",
                _ => "field",
            },
            suggestions: (field == ClusterField::ServerVersion).then_some(RELEASES),
            locked: self.is_locked(field),
            numeric: matches!(
                field,
                ClusterField::InitialFailoverVersion | ClusterField::HistoryShards
            ),
            remarks: Remarks::of(&element, &is_here, &self.remarks),
            id: element,
            inside,
        };
        text_input(input, &self.dispatch)
    }

    /// Whether a field holds what the cluster runs with.
    fn is_locked(&self, field: ClusterField) -> bool {
        let running = self.cluster.running.as_ref();
        let runs_with = running.map_or("", |running| running.field(field));
        !runs_with.is_empty() && runs_with == self.cluster.field(field)
    }

    /// What most clusters do without.
    fn details(&self, open: bool) -> Html {
        let summary = match self.cluster.running {
            Some(_) => "Running, more settings",
            None => "More settings",
        };
        tag!("details", "open" = open;
            tag!("summary"; summary),
            tag!("div", "class" = "grid";
                self.running(),
                self.field(ClusterField::ServerVersion, "if not as above", None),
                self.field(ClusterField::AdminAddress, "as you reach it, if not the same", None),
                self.field(ClusterField::HistoryShards, "if known", None),
                self.field(ClusterField::HttpAddress, "for callbacks, if wanted", None),
            ),
        )
        .html()
    }

    /// The box that says whether the cluster runs.
    fn running(&self) -> Html {
        let id = self.cluster.id;
        let runs = self.cluster.running.is_some();
        let edit = if runs {
            Edit::SetRunning(id, None)
        } else {
            Edit::MarkRunning(id)
        };
        let input = tag!("input", "type" = "checkbox";).checked(runs);
        let input = input.on_change(on(&self.dispatch, Action::Edit(edit)));
        let plan = runs.then_some(
            "Import what cluster describe and cluster list say of it: CHANGE.md then has only what must change.",
        );
        tag!("div", "class" = "runs";
            tag!("label", "class" = "running"; input, "This cluster runs already"),
            tag!("p", "class" = "hint"; plan),
        )
        .html()
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
        let button = Button {
            pressed: Some(automatic),
            ..Button::new("auto", "automatic")
        };
        button
            .named(&["Automatic version for ", name])
            .view(&self.dispatch, Action::Edit(edit))
    }

    fn remove(&self, name: &str) -> Html {
        let button = Button {
            class: "icon remove",
            content: icon("M3 3l8 8M11 3l-8 8"),
            ..Button::default()
        };
        button.named(&["Remove ", name]).view(
            &self.dispatch,
            Action::Edit(Edit::RemoveCluster(self.cluster.id)),
        )
    }

    /// A button that moves the cluster. It stays where it is at the end of the list, so that the
    /// keyboard stays on it.
    fn mover(&self, part: &str, name: &str, path: &'static str, to: Option<usize>) -> Html {
        let id = self.cluster.id;
        let button = Button {
            class: "icon",
            id: Some(cluster_id(id, part).into()),
            idle: to.is_none(),
            content: icon(path),
            ..Button::default()
        };
        let edit = Edit::MoveCluster(id, to.unwrap_or(self.place));
        button
            .named(&["Move ", name, " ", part])
            .view(&self.dispatch, Action::Edit(edit))
    }
}

fn icon(path: &'static str) -> Html {
    let path = tag!("path", "d" = path;);
    tag!("svg", "viewBox" = "0 0 14 14", "aria-hidden" = "true"; path).html()
}

impl Part for ClusterRow {
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| {
            (self.place, self.last) == (other.place, other.last)
                && (Rc::ptr_eq(&self.cluster, &other.cluster) || self.cluster == other.cluster)
                && self.remarks == other.remarks
        })
    }

    fn view(&self, memory: &Cell<bool>) -> Html {
        let Self {
            cluster,
            place,
            last,
            remarks,
            ..
        } = self;
        let id = cluster.id;
        let name = display_name(&cluster.name, *place);
        let is_in_details = |remark: &Remark| {
            use ClusterField::{InitialFailoverVersion, Name, RpcAddress};
            !matches!(
                remark.path,
                Path::Cluster(_, _, Name | RpcAddress | InitialFailoverVersion)
            )
        };
        let needs_details = !cluster.admin_address.is_empty()
            || !cluster.http_address.is_empty()
            || !cluster.history_shards.is_empty()
            || !cluster.server_version.is_empty()
            || remarks.iter().any(is_in_details);
        // Once open it stays so, or it would close under the hands of who empties the field.
        let open = memory.get() || needs_details;
        memory.set(open);
        let auto = cluster.running.is_none().then(|| self.auto(&name));
        let movers = match last {
            0 => Vec::new(),
            _ => {
                let below = (place < last).then_some(place + 1);
                vec![
                    self.mover(UP, &name, "M7 12V2M3 6l4-4l4 4", place.checked_sub(1)),
                    self.mover(DOWN, &name, "M7 2v10M3 8l4 4l4-4", below),
                ]
            }
        };
        tag!("div",
            "class" = "cluster",
            "role" = "group",
            "aria-label" = name.clone(),
            "id" = cluster_id(id, GROUP),
            "tabindex" = "-1";
            self.field(ClusterField::Name, "", None),
            self.field(ClusterField::InitialFailoverVersion, "", auto),
            self.remove(&name),
            self.field(ClusterField::RpcAddress, "as the other clusters reach it", None),
            tag!("div", "class" = "more";
                self.details(open),
                tag!("div", "class" = "movers"; movers),
            ),
        )
        .html()
    }
}
