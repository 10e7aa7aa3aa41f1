//! What a person could have read, put together by hand.

use multicluster_core::observed::{
    Entry, Location, Merged, Observed, RemoteTls, Told, View, ViewKind,
};

/// A cluster: its name, its address, its initial failover version.
pub(crate) type Cluster<'t> = (&'t str, &'t str, i64);

/// Everything that was read.
pub(crate) struct Seen(Observed);

/// One text that was read.
pub(crate) struct Text(View);

impl Seen {
    pub(crate) fn of(texts: impl IntoIterator<Item = Text>) -> Self {
        let views = texts.into_iter().map(|text| text.0).collect();
        Self(Observed { views })
    }

    pub(crate) fn merge(&self) -> Merged {
        self.0.merge()
    }
}

/// The list of clusters that a server prints: its own, and others that are on or off.
pub(crate) fn list(of: Cluster, others: &[(Cluster, bool)]) -> Text {
    let source = format!("the list of {}", of.0);
    let mut view = View::new(ViewKind::ClusterList, at(&source));
    view.of = Some(told(&source, of.0.to_owned()));
    view.entries.push(entry(&source, of, true));
    let others = others.iter().map(|(other, on)| entry(&source, *other, *on));
    view.entries.extend(others);
    Text(view)
}

/// A configuration file, with its own cluster and these.
pub(crate) fn file(
    of: Cluster,
    global_namespace: bool,
    increment: i64,
    listed: &[Cluster],
) -> Text {
    let source = format!("the file of {}", of.0);
    let mut view = View::new(ViewKind::ConfigFile, at(&source));
    view.of = Some(told(&source, of.0.to_owned()));
    view.global_namespace = Some(told(&source, global_namespace));
    view.increment = Some(told(&source, increment));
    view.master = Some(told(&source, of.0.to_owned()));
    let all = if listed.is_empty() { &[of] } else { listed };
    view.entries = all.iter().map(|each| entry(&source, *each, true)).collect();
    Text(view)
}

impl Text {
    pub(crate) fn master(mut self, of: Cluster) -> Self {
        self.0.master = Some(self.told(of.0.to_owned()));
        self
    }

    pub(crate) fn release(mut self, version: &str) -> Self {
        self.0.server_version = Some(self.told(version.to_owned()));
        self
    }

    pub(crate) fn shards(mut self, shards: i64) -> Self {
        self.0.history_shards = Some(self.told(shards));
        self
    }

    /// `enableGlobalNamespace`.
    pub(crate) fn global_namespaces(mut self, on: bool) -> Self {
        self.0.global_namespace = Some(self.told(on));
        self
    }

    /// Where the tool was pointed.
    pub(crate) fn read_at(mut self, address: &str) -> Self {
        self.0.server_address = Some(self.told(address.to_owned()));
        self
    }

    /// `httpAddress` of its own cluster.
    pub(crate) fn http(mut self, address: &str) -> Self {
        self.0.entries[0].http_address = Some(self.told(address.to_owned()));
        self
    }

    /// A part of it could not be read.
    pub(crate) fn cut(mut self) -> Self {
        self.0.is_cut = true;
        self
    }

    pub(crate) fn redirection(mut self, policy: &str) -> Self {
        self.0.redirection = Some(self.told(policy.to_owned()));
        self
    }

    /// A host that is dialled with TLS, with this certificate authority.
    pub(crate) fn tls(mut self, host: &str, ca: &str) -> Self {
        let mut entry = RemoteTls::new(self.told(host.to_owned()));
        entry.ca_files.push(self.told(ca.to_owned()));
        self.0.remote_tls.push(entry);
        self
    }

    /// The id of the database of its own cluster.
    pub(crate) fn id(mut self, id: &str) -> Self {
        self.0.entries[0].cluster_id = Some(self.told(id.to_owned()));
        self
    }

    fn told<T>(&self, value: T) -> Told<T> {
        Told::new(value, self.0.at.clone())
    }
}

fn entry(source: &str, (name, address, number): Cluster, on: bool) -> Entry {
    let mut entry = Entry::new(at(source));
    entry.name = Some(told(source, name.to_owned()));
    entry.initial_version = Some(told(source, number));
    entry.rpc_address = Some(told(source, address.to_owned()));
    entry.enabled = Some(told(source, on));
    entry.cluster_id = Some(told(source, format!("id of {name}")));
    entry
}

fn told<T>(source: &str, value: T) -> Told<T> {
    Told::new(value, at(source))
}

fn at(source: &str) -> Location {
    Location {
        source: source.into(),
        line: 1,
        column: 1,
    }
}
