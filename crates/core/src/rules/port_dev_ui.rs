//! # `port-dev-ui`
//!
//! ## What it checks
//! Whether an address has port 8233, which the development server uses for its web page. Not where another
//! cluster has 7233 of the same machine, as in the guide: then no development server is there.
//!
//! ## Why it matters
//! Where `temporal server start-dev` runs on the same machine, its web page listens there, and not a frontend.
//!
//! ## Example
//! `127.0.0.1:8233`
//!
//! ## Fix
//! None: nothing needs to change.
//!
//! ## Source
//! `temporal server start-dev --help`: the page is at the frontend's port + 1000.

use super::Rule;
use crate::diagnostics::Diagnostic;
use crate::edit::ClusterField::HttpAddress;
use crate::model::{HostPort, MachineKey};
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::note("port-dev-ui", check);

/// Where the development server listens, if nothing else is asked of it.
const FRONTEND: u16 = 7233;
/// Its web page.
const PAGE: u16 = FRONTEND + 1000;

fn check(reading: &Reading) -> Vec<Diagnostic> {
    let taken: Vec<MachineKey> = frontends(reading).collect();
    reading.check_readable_addresses(&|cluster, field, address| {
        let is_page = address.port() == PAGE && field != HttpAddress;
        (is_page && !taken.contains(&address.machine_key())).then(|| {
            Diagnostic::new(
                cluster.path(field),
                format!(
                    "{} has the port of the development server's web page.",
                    cluster.described(field)
                ),
                "That is fine as long as this cluster's frontend listens there. `temporal server \
                 start-dev` uses 8233 for its web page and 7233 for its frontend.",
            )
        })
    })
}

/// The machines where a cluster has the port of the development server.
fn frontends<'a>(reading: &'a Reading) -> impl Iterator<Item = MachineKey<'a>> {
    let addresses = reading.clusters.iter().filter_map(|cluster| {
        let dialled = cluster.admin_address.as_ref();
        dialled.unwrap_or(&cluster.rpc_address).as_ref().ok()
    });
    let frontends = addresses.filter(|address| address.port() == FRONTEND);
    frontends.map(HostPort::machine_key)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, found, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn a_development_server_may_be_there() {
        assert_eq!(
            said(&RULE, &draft(&[(0, RpcAddress, "127.0.0.1:7300")])),
            "clusters[1].rpcAddress: The RPC address “127.0.0.1:8233” of “clusterB” has the port \
             of the development server's web page."
        );
        let draft = draft(&[(1, RpcAddress, "b:7300"), (1, AdminAddress, "b:8233")]);
        assert_eq!(found(&RULE, &draft).len(), 1);
    }

    #[test]
    fn it_is_not_where_its_frontend_would_be_another_cluster() {
        for first in ["127.0.0.1:7233", "localhost:7233", "[::1]:7233"] {
            assert_eq!(found(&RULE, &draft(&[(0, RpcAddress, first)])).len(), 0);
        }
        assert_eq!(found(&RULE, &draft(&[(0, RpcAddress, "a:7233")])).len(), 1);
    }
}
