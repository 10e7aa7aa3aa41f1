//! The list of clusters.

use std::collections::HashMap;

use multicluster_core::{Draft, Edit, Path};
use yew::prelude::*;

use super::cluster_row::ClusterRow;
use super::field::{self, Remark};
use super::{ADD_CLUSTER, Dispatch, Shared};
use crate::state::Action;

#[derive(Properties, PartialEq)]
pub(super) struct Props {
    pub(super) draft: Shared<Draft>,
    pub(super) remarks: Shared<Vec<Remark>>,
    pub(super) dispatch: Dispatch,
}

#[component]
pub(super) fn Clusters(props: &Props) -> Html {
    let Props {
        draft,
        remarks,
        dispatch,
    } = props;
    let mut by_cluster: HashMap<_, Vec<Remark>> = HashMap::new();
    for remark in remarks.iter() {
        if let Path::Cluster(_, id, _) = remark.path {
            by_cluster.entry(id).or_default().push(remark.clone());
        }
    }
    let of_list = remarks
        .iter()
        .filter(|remark| remark.path == Path::Clusters);
    let last = draft.clusters.len().saturating_sub(1);
    let add = {
        let dispatch = dispatch.clone();
        Callback::from(move |_| dispatch.dispatch(Action::Edit(Edit::AddCluster)))
    };
    let rows = draft.clusters.iter().enumerate();
    html! {
        <section class="clusters" aria-labelledby="clusters-title">
            <h2 id="clusters-title">{ "Clusters" }</h2>
            <div class="list">
                { for rows.map(|(place, cluster)| html! {
                    <ClusterRow
                        key={cluster.id.get()}
                        cluster={cluster.clone()}
                        {place}
                        {last}
                        remarks={by_cluster.remove(&cluster.id).unwrap_or_default()}
                        dispatch={dispatch.clone()}
                    />
                }) }
            </div>
            { field::remarks(of_list, None) }
            <button type="button" id={ADD_CLUSTER} class="add" onclick={add}>{ "Add cluster" }</button>
        </section>
    }
}
