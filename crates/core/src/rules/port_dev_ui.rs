//! # `port-dev-ui`
//!
//! ## What it checks
//! Whether an address has port 8233, which the development server uses for its web page.
//!
//! ## Why it matters
//! Mostly it does not: the guide's own second cluster is at 8233. But where
//! `temporal server start-dev` runs on the same machine, its web page listens there, and not a frontend.
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
use crate::reading::Reading;

pub(super) const RULE: Rule = Rule::note("port-dev-ui", check);

fn check(reading: &Reading) -> Vec<Diagnostic> {
    reading.check_readable_addresses(&|cluster, field, address| {
        (address.port() == 8233 && field != HttpAddress).then(|| {
            Diagnostic::new(
                cluster.path(field),
                format!(
                    "{} has the port of the development server's web page.",
                    cluster.described(field)
                ),
                "That is fine, and what the guide does, as long as this cluster's frontend listens \
                 there. `temporal server start-dev` uses 8233 for its web page and 7233 for its \
                 frontend.",
            )
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{draft, found, said};
    use super::*;
    use crate::edit::ClusterField::{AdminAddress, RpcAddress};

    #[test]
    fn the_guides_second_cluster_is_noted() {
        assert_eq!(
            said(&RULE, &draft(&[])),
            "clusters[1].rpcAddress: The RPC address “127.0.0.1:8233” of “clusterB” has the port \
             of the development server's web page."
        );
        let draft = draft(&[(1, RpcAddress, "b:7233"), (1, AdminAddress, "b:8233")]);
        assert_eq!(found(&RULE, &draft).len(), 1);
    }
}
