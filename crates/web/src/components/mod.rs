//! What is seen. [`App`] is the one component with a state; everything else is functions of that
//! state, and [`part::Part`]s of it where there may be hundreds that mostly stay the same.
//!
//! Rules as long as Yew is 0.23.0: children of a list have keys, what is optional stands in an
//! element of its own that is always there, and no component renders nothing.

use std::ops::Deref;
use std::rc::Rc;

use multicluster_core::{ClusterField, ClusterId, Draft, Path};
use yew::Callback;

use crate::state::{Dialog, Focus};

mod app;
mod cluster_row;
mod clusters;
mod code_view;
mod element;
mod field;
mod files;
mod header;
mod part;
mod problems;
mod servers_form;
mod tabs;

pub(crate) use app::{App, Msg, prepare};

/// How what is seen makes things happen.
type Dispatch = Callback<Msg>;

/// A computed value that is passed around: equal if it is the same one.
struct Shared<T>(Rc<T>);

impl<T> Shared<T> {
    fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// `1 file`, `2 files`.
fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    [&*count.to_string(), " ", noun, plural].concat()
}

const SERVER_VERSION: &str = "server-version";
const TOOL: &str = "tool";
const INCREMENT: &str = "increment";
const MASTER: &str = "master";
const REDIRECTION: &str = "redirection";
const RELEASES: &str = "releases";
const ADD_CLUSTER: &str = "add-cluster";
/// The id of the section with the files.
const FILES: &str = "files";

/// The id of the element of a cluster with this part.
fn cluster_id(id: ClusterId, part: &str) -> String {
    let mut text = String::from("cluster-");
    text.push_str(&id.get().to_string());
    text.push('-');
    text.push_str(part);
    text
}

fn field_id(id: ClusterId, field: ClusterField) -> String {
    cluster_id(id, field.key())
}

/// The id of the element of a field.
fn path_id(path: Path) -> String {
    if is_in_tools(path) {
        Dialog::Tools.id().to_owned()
    } else {
        path.slug()
    }
}

/// Whether a field is in the dialog with the tools.
const fn is_in_tools(path: Path) -> bool {
    matches!(
        path,
        Path::Tls
            | Path::Setting(_)
            | Path::Cluster(
                _,
                _,
                ClusterField::TlsServerName | ClusterField::AddressFrom(_)
            )
    )
}

/// The id of the element that shall have the keyboard.
fn focus_id(focus: Focus, draft: &Draft) -> String {
    match focus {
        Focus::Field(Path::Tool) => servers_form::tool_id(draft.tool),
        Focus::Field(path) => path_id(path),
        Focus::NewName => {
            let last = draft.clusters.last();
            last.map_or_else(String::new, |last| field_id(last.id, ClusterField::Name))
        }
        Focus::Group(id) | Focus::GroupIfLost(id) => cluster_id(id, cluster_row::GROUP),
        Focus::MoveUp(id) => cluster_id(id, cluster_row::UP),
        Focus::MoveDown(id) => cluster_id(id, cluster_row::DOWN),
        Focus::Files => FILES.to_owned(),
        Focus::Add | Focus::AddIfLost => ADD_CLUSTER.to_owned(),
    }
}
