//! From the symbolic paths of core's diagnostics to lines and columns.

use multicluster_core::observed::{Location, Merged, Told, ViewKind};
use multicluster_core::{ClusterField, Draft, Path, Severity};
use multicluster_import::{Import, topology};

/// Where the values of a draft were read.
pub(crate) enum Places<'a> {
    /// A whole set-up in one file: what is not written in it is missing.
    SetUp {
        file: Option<topology::Places>,
        /// Where the set-up begins: all that is known of one in a link.
        begin: &'a Location,
    },
    /// What files and servers say: much that a whole set-up needs is nothing that they would say.
    Observed {
        import: &'a Import,
        merged: &'a Merged,
        draft: &'a Draft,
    },
}

impl Places<'_> {
    /// Where the value at this path was read, or should have been. `None` where nothing was read of
    /// it that can be wrong.
    pub(crate) fn of(&self, path: Path) -> Option<Location> {
        match self {
            Self::SetUp { file, begin } => {
                let at = file.as_ref().map(|file| file.at(path));
                Some(at.unwrap_or_else(|| (*begin).clone()))
            }
            Self::Observed {
                import,
                merged,
                draft,
            } => match path {
                Path::Increment => {
                    first(merged.clusters.iter().map(|known| known.increment.as_ref()))
                }
                Path::ServerVersion => first(
                    merged
                        .clusters
                        .iter()
                        .map(|known| known.server_version.as_ref()),
                ),
                Path::Master => first(
                    import
                        .observed
                        .views
                        .iter()
                        .map(|view| view.master.as_ref()),
                ),
                Path::Redirection => first(
                    merged
                        .clusters
                        .iter()
                        .map(|known| known.redirection.as_ref()),
                ),
                Path::Cluster(index, _, field) => of_cluster(import, merged, draft, index, field),
                // No file says which tool is used, and none has to list every cluster.
                Path::Tool | Path::Tls | Path::Setting(_) | Path::Clusters => None,
            },
        }
    }
}

fn first<'a, T: 'a>(mut told: impl Iterator<Item = Option<&'a Told<T>>>) -> Option<Location> {
    told.find_map(|told| told.map(|told| told.at.clone()))
}

fn of_cluster(
    import: &Import,
    merged: &Merged,
    draft: &Draft,
    index: usize,
    field: ClusterField,
) -> Option<Location> {
    let cluster = draft.clusters.get(index)?;
    if cluster.name.is_empty() {
        let mut nameless = merged.nameless.iter();
        let is_it = |told: &&Told<String>| told.value == cluster.rpc_address;
        return match field {
            ClusterField::RpcAddress => nameless.find(is_it).map(|told| told.at.clone()),
            _ => None,
        };
    }
    let known = merged
        .clusters
        .iter()
        .find(|known| known.name == cluster.name)?;
    let told = match field {
        ClusterField::Name => name(import, &cluster.name),
        // A server starts without the address of a cluster that is not enabled.
        ClusterField::RpcAddress
            if cluster.rpc_address.is_empty() && is_off(import, &cluster.name) =>
        {
            return None;
        }
        ClusterField::RpcAddress => known.rpc_address.as_ref().map(|told| told.at.clone()),
        ClusterField::HttpAddress => known.http_address.as_ref().map(|told| told.at.clone()),
        ClusterField::InitialFailoverVersion => {
            known.initial_version.as_ref().map(|told| told.at.clone())
        }
        ClusterField::HistoryShards => known.history_shards.as_ref().map(|told| told.at.clone()),
        ClusterField::ServerVersion => known.server_version.as_ref().map(|told| told.at.clone()),
        ClusterField::AdminAddress | ClusterField::TlsServerName | ClusterField::AddressFrom(_) => {
            None
        }
    };
    let is_needed = matches!(
        field,
        ClusterField::Name | ClusterField::RpcAddress | ClusterField::InitialFailoverVersion
    );
    told.or_else(|| missing(import, &cluster.name).filter(|_| is_needed))
}

/// Whether configuration files list a cluster, and none enables it.
fn is_off(import: &Import, name: &str) -> bool {
    let views = import.observed.views.iter();
    let mut entries = views
        .filter(|view| view.kind == ViewKind::ConfigFile)
        .filter_map(|view| view.entry(name))
        .peekable();
    let is_on = |told: &Told<bool>| told.value;
    entries.peek().is_some() && !entries.any(|entry| entry.enabled.as_ref().is_some_and(is_on))
}

/// Where the name of a cluster stands first.
fn name(import: &Import, name: &str) -> Option<Location> {
    let views = &import.observed.views;
    let names = views.iter().flat_map(|view| {
        let entries = view.entries.iter().map(|entry| entry.name.as_ref());
        std::iter::once(view.of.as_ref()).chain(entries)
    });
    let mut same = names.flatten().filter(|told| told.value == name);
    same.next().map(|told| told.at.clone())
}

/// The cluster to which a value is missing: only in a configuration file, which must be complete, and
/// only in one that was read whole, without an error or a warning. Lists and scripts never say
/// everything, and what a file does not say in a way that can be read has a finding of its own.
fn missing(import: &Import, name: &str) -> Option<Location> {
    let views = import.observed.views.iter();
    let mut entries = views
        .filter(|view| view.kind == ViewKind::ConfigFile)
        .filter_map(|view| {
            let entry = view.entry(name)?.name.as_ref()?;
            // Elsewhere than in `clusterInformation` the own name is all that there is.
            let is_listed = view.of.as_ref().is_none_or(|own| own.at != entry.at);
            is_listed.then_some(&entry.at)
        });
    let at = entries.next()?;
    let is_doubtful = import
        .findings
        .iter()
        .any(|found| found.at.source == at.source && found.severity() <= Severity::Warning);
    (!is_doubtful).then(|| at.clone())
}
