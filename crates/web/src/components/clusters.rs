//! The list of clusters.

use std::rc::Rc;

use multicluster_core::{ClusterDraft, Edit};
use yew::Html;

use super::cluster_row::ClusterRow;
use super::element::{Button, list, tag};
use super::field::{self, AllRemarks};
use super::part::part;
use super::{ADD_CLUSTER, Dispatch, Msg};
use crate::state::{Action, Elsewhere, Removed, State};

pub(super) fn view(state: &State, remarks: &AllRemarks, dispatch: &Dispatch) -> Html {
    let draft = state.draft();
    let last = draft.clusters.len().saturating_sub(1);
    let row = |(place, cluster): (usize, &Rc<ClusterDraft>)| {
        let row = ClusterRow {
            cluster: cluster.clone(),
            place,
            last,
            remarks: remarks.of_cluster(place).to_vec(),
            dispatch: dispatch.clone(),
        };
        part(cluster.id.get(), row)
    };
    let mut rows: Vec<Html> = draft.clusters.iter().enumerate().map(row).collect();
    for (at, (removed, is_last)) in state.removed().enumerate() {
        let place = removed.place.min(rows.len());
        rows.insert(place, gone(at, removed, is_last, dispatch));
    }
    let add = Button {
        id: Some(ADD_CLUSTER.into()),
        ..Button::new("add", "Add cluster")
    };
    tag!("section", "class" = "clusters", "aria-labelledby" = "clusters-title";
        tag!("h2", "id" = "clusters-title"; "Clusters"),
        tag!("div", "class" = "list"; list(rows)),
        field::remarks(&mut remarks.of_list(), None),
        add.view(dispatch, Action::Edit(Edit::AddCluster)),
    )
    .html()
}

/// Where a cluster was, what must be known of it, and the way back.
fn gone(at: usize, removed: &Removed, is_last: bool, dispatch: &Dispatch) -> Html {
    let name = &removed.name;
    let text = match removed.elsewhere {
        Elsewhere::Unknown => " removed.",
        Elsewhere::Known => {
            " removed here, not from the servers: those that run still know it, and keep their connections to it."
        }
        Elsewhere::KnownWithErrors => {
            " removed here, not from the servers: those that run still know it. To read how they forget it, bring it back and mend the errors first."
        }
    };
    let button = |text, then: Msg| {
        let button = Button::new("quiet", text).named(&[text, " ", name]);
        tag!("span"; button.view(dispatch, then)).key(text).html()
    };
    let mut buttons = Vec::new();
    if is_last {
        buttons.push(button("Bring back", Action::Undo.into()));
    }
    if removed.elsewhere == Elsewhere::Known {
        buttons.push(button("How to take out", Msg::TakeOut(at)));
    }
    buttons.push(button("Dismiss", Action::DismissRemoved(at).into()));
    tag!("div", "class" = "notice gone", "data-bad" = removed.elsewhere != Elsewhere::Unknown;
        tag!("p"; tag!("strong"; name.clone()), text),
        tag!("div", "class" = "actions"; buttons),
    )
    .key(["gone", &removed.id.get().to_string()].concat())
    .html()
}
