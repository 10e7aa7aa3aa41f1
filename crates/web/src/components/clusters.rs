//! The list of clusters.

use std::rc::Rc;

use multicluster_core::{ClusterDraft, Draft, Edit};
use yew::Html;

use super::cluster_row::ClusterRow;
use super::element::{Button, all, tag};
use super::field::{self, AllRemarks};
use super::part::part;
use super::{ADD_CLUSTER, Dispatch};
use crate::state::Action;

pub(super) fn view(draft: &Draft, remarks: &AllRemarks, dispatch: &Dispatch) -> Html {
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
    let add = Button {
        id: Some(ADD_CLUSTER.into()),
        ..Button::new("add", "Add cluster")
    };
    tag!("section", "class" = "clusters", "aria-labelledby" = "clusters-title";
        tag!("h2", "id" = "clusters-title"; "Clusters"),
        tag!("div", "class" = "list"; all(draft.clusters.iter().enumerate().map(row))),
        field::remarks(&mut remarks.of_list(), None),
        add.view(dispatch, Action::Edit(Edit::AddCluster)),
    )
    .html()
}
