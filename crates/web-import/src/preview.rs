//! What an import would do, before it is done. Pure: the dialog only shows it.

use std::collections::BTreeSet;

use multicluster_core::link;
use multicluster_core::observed::{Merged, View, ViewKind};
use multicluster_core::{ClusterId, Draft, Edit, Setting, Severity, resolve};
use multicluster_import::{Change, ChangeKind, Chosen, Finding, Identity, Import, Source, import};

/// What was read, and what becomes of it.
pub(crate) struct Preview {
    /// What was recognised, one line each.
    pub(crate) recognised: Vec<String>,
    /// What is to be said about it, the worst first.
    pub(crate) findings: Vec<Finding>,
    /// Clusters that were read under names that no cluster has here, and which they can be.
    pub(crate) choices: Vec<Choice>,
    /// What is added, changed and removed.
    pub(crate) changes: Vec<Group>,
    /// The link to the new draft, or why there is none.
    pub(crate) result: Result<String, &'static str>,
    /// The errors that the page shows of the new draft: what was read may not go together.
    pub(crate) errors: usize,
    /// What servers and files say, if any do.
    pub(crate) observed: Option<Merged>,
}

/// A cluster that was read, and which of those that are here it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The name that was read.
    pub(crate) name: String,
    /// The cluster that it is; `None`: a new one.
    pub(crate) is: Option<ClusterId>,
    /// The clusters that it can be, and what they are called; those with its address first.
    pub(crate) options: Vec<(ClusterId, String)>,
    /// How many more clusters it can be that are not offered.
    pub(crate) left_out: usize,
}

/// Everything that happens to one cluster, or to what all clusters share.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// The cluster.
    pub(crate) title: String,
    /// What happens to it as a whole.
    pub(crate) fate: Fate,
    /// Its values.
    pub(crate) values: Vec<Value>,
}

/// What happens to a cluster as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is new.
    Added,
    /// Only values of it change.
    Kept,
    /// It was an example, and goes.
    Removed,
}

/// A value that becomes another one.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Value {
    /// Its name on the page.
    pub(crate) label: &'static str,
    /// What was there; empty where nothing was.
    pub(crate) from: String,
    /// What is there afterwards.
    pub(crate) to: String,
    /// What is to be said of it; most need nothing.
    pub(crate) note: String,
    /// Whether it stays: then `to` was read, and is not taken.
    pub(crate) stays: bool,
}

impl Preview {
    /// Reads the sources and puts them into the draft. `replaces_example`: clusters of the example
    /// that the page begins with, and that nobody has touched, go. `chosen`: which cluster is which.
    pub(crate) fn new(
        draft: &Draft,
        sources: &[Source],
        replaces_example: bool,
        chosen: &Chosen,
    ) -> Self {
        let import = import(sources);
        let (base, removed) = if replaces_example && is_example(draft) {
            without_example(draft, &import)
        } else {
            (draft.clone(), Vec::new())
        };
        let (imported, changes) = import.to_draft_as(&base, chosen);
        let mut groups = grouped(&changes);
        groups.extend(removed.into_iter().map(|name| Group {
            title: name,
            fate: Fate::Removed,
            values: Vec::new(),
        }));
        Self {
            recognised: recognised(&import),
            choices: choices(&base, &import.identities(&base, chosen)),
            errors: resolve(&imported).count(Severity::Error),
            result: result(&import, draft, &imported),
            changes: groups,
            observed: (!import.observed.views.is_empty()).then(|| import.observed.merge()),
            findings: worst_first(import.findings),
        }
    }

    /// What was found, in one sentence.
    pub(crate) fn summary(&self) -> String {
        let added = self.with_fate(Fate::Added);
        let changed = self.with_fate(Fate::Kept);
        let errors = self.findings.iter().filter(|f| f.is_error()).count();
        let mut summary = format!(
            "{}, {} ({}). {} added, {changed} changed.",
            counted(self.recognised.len(), "part recognised", "parts recognised"),
            counted(self.findings.len(), "finding", "findings"),
            counted(errors, "error", "errors"),
            counted(added, "cluster", "clusters"),
        );
        if self.errors > 0 && self.result.is_ok() {
            let errors = counted(self.errors, "error", "errors");
            summary += &format!(" Imported, it has {errors} to be mended.");
        }
        summary
    }

    fn with_fate(&self, fate: Fate) -> usize {
        let happens = |group: &Group| {
            group.values.is_empty() || group.values.iter().any(|value| !value.stays)
        };
        let is_so = |group: &&Group| group.fate == fate && group.title != SHARED && happens(group);
        self.changes.iter().filter(is_so).count()
    }
}

/// Of more clusters a person does not choose in a list.
const MOST_OPTIONS: usize = 100;

/// What there is to choose: clusters under other names, as long as there are clusters that they can be.
fn choices(draft: &Draft, identities: &[Identity]) -> Vec<Choice> {
    let taken: BTreeSet<ClusterId> = identities.iter().filter_map(|of| of.is).collect();
    let open = identities.iter().filter(|of| !of.has_its_name);
    let choices = open.map(|of| {
        let is_free = |id: &ClusterId| of.is == Some(*id) || !taken.contains(id);
        let ids = draft.clusters.iter().map(|cluster| cluster.id);
        let mut ids: Vec<ClusterId> = ids.filter(is_free).collect();
        ids.sort_by_key(|id| (of.is != Some(*id), !of.at_address.contains(id)));
        let left_out = ids.len().saturating_sub(MOST_OPTIONS);
        ids.truncate(MOST_OPTIONS);
        let option = |id: ClusterId| {
            let cluster = draft.cluster(id)?;
            let has_address = of.at_address.contains(&id);
            let called = match (cluster.name.as_str(), has_address) {
                ("", _) => format!("the cluster at {}", cluster.rpc_address),
                (name, true) => format!("{name}, which has its address"),
                (name, false) => name.to_owned(),
            };
            Some((id, called))
        };
        Choice {
            name: of.name.clone(),
            is: of.is,
            options: ids.into_iter().filter_map(option).collect(),
            left_out,
        }
    });
    choices
        .filter(|choice| !choice.options.is_empty())
        .collect()
}

/// What stands above values that all clusters share.
const SHARED: &str = "All clusters";

/// Whether nobody has touched the example that the page begins with.
pub(crate) fn is_example(draft: &Draft) -> bool {
    link::encode(draft) == link::encode(&Draft::default())
}

/// The draft without the clusters of the example that the import does not tell of, and their names.
fn without_example(draft: &Draft, import: &Import) -> (Draft, Vec<String>) {
    let merged = import.observed.merge();
    let kept = || import.drafts.iter().flat_map(|kept| &kept.draft.clusters);
    let names = merged.clusters.iter().map(|cluster| &cluster.name);
    let names: Vec<_> = names.chain(kept().map(|cluster| &cluster.name)).collect();
    let addresses: Vec<_> = merged.nameless.iter().map(|told| &told.value).collect();
    let mut base = draft.clone();
    let mut removed = Vec::new();
    if names.is_empty() {
        // Addresses alone are not worth the example.
        return (base, removed);
    }
    for cluster in &draft.clusters {
        if !names.contains(&&cluster.name) && !addresses.contains(&&cluster.rpc_address) {
            base.apply(&Edit::RemoveCluster(cluster.id));
            removed.push(cluster.name.clone());
        }
    }
    (base, removed)
}

/// More than that make a page that hardly answers.
const MOST_CLUSTERS: usize = 2_000;

fn result(import: &Import, before: &Draft, after: &Draft) -> Result<String, &'static str> {
    if import.is_empty() {
        return Err("Nothing was recognised that can be imported.");
    }
    let link = link::encode(after);
    if link == link::encode(before) {
        return Err("Everything in it is already here.");
    }
    if after.clusters.len() > MOST_CLUSTERS {
        return Err(
            "More than 2,000 clusters are more than the page can show. Import less at once.",
        );
    }
    if link.len() > link::MAX_BYTES {
        return Err(
            "A link would hold more than the 1,048,576 bytes that are read. Import less at once.",
        );
    }
    Ok(link)
}

fn recognised(import: &Import) -> Vec<String> {
    let views = import.observed.views.iter().map(|view| {
        let names = names(view);
        let names = if names.is_empty() {
            String::new()
        } else {
            format!(": {names}")
        };
        format!("{}{names} ({})", what(view), view.at)
    });
    let drafts = import.drafts.iter().map(|kept| {
        let count = counted(kept.draft.clusters.len(), "cluster", "clusters");
        format!("A set-up kept by this page: {count} ({})", kept.at)
    });
    drafts.chain(views).collect()
}

fn what(view: &View) -> String {
    let kind = match view.kind {
        ViewKind::ConfigFile => "Configuration",
        ViewKind::ClusterList => "Output of `cluster list`",
        ViewKind::ClusterDescription => "Output of `cluster describe`",
        ViewKind::Commands => "Commands",
    };
    match (&view.of, &view.server_address) {
        (Some(name), _) => format!("{kind} of {}", name.value),
        (None, Some(address)) => format!("{kind} for {}", address.value),
        (None, None) => kind.to_owned(),
    }
}

/// The clusters that a view tells of, by name or else by address.
fn names(view: &View) -> String {
    let told = view.entries.iter();
    let names = told.filter_map(|entry| entry.name.as_ref().or(entry.rpc_address.as_ref()));
    let mut names: Vec<&str> = names.map(|told| told.value.as_str()).collect();
    names.dedup();
    few(&names)
}

/// The first names of many.
pub(crate) fn few(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    match names.len() {
        0..=SHOWN => names.join(", "),
        all => format!("{} and {} more", names[..SHOWN].join(", "), all - SHOWN),
    }
}

fn grouped(changes: &[Change]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for change in changes {
        let title = change.cluster.as_deref().map_or(SHARED, |name| {
            let is_named = !name.is_empty();
            if is_named {
                name
            } else {
                "A cluster without a name"
            }
        });
        let is_added = change.kind == ChangeKind::Added;
        if is_added || groups.last().is_none_or(|last| last.title != title) {
            groups.push(Group {
                title: title.to_owned(),
                fate: if is_added { Fate::Added } else { Fate::Kept },
                values: Vec::new(),
            });
        }
        if let Some(group) = groups.last_mut()
            && !is_added
        {
            let note = match change.kind {
                ChangeKind::Reassigned => {
                    "reassigned: an imported cluster has its number".to_owned()
                }
                ChangeKind::Stays(worse) => {
                    format!("stays: {} was read, {}", change.to, worse.reason())
                }
                _ => String::new(),
            };
            group.values.push(Value {
                label: label(change.field),
                from: change.from.clone(),
                to: change.to.clone(),
                note,
                stays: matches!(change.kind, ChangeKind::Stays(_)),
            });
        }
    }
    groups
}

/// What the form calls a value.
fn label(field: &'static str) -> &'static str {
    match field {
        "serverVersion" => "Server version",
        "tool" => "Command line tool",
        "failoverVersionIncrement" => "Failover version increment",
        "masterClusterName" => "Master cluster",
        "name" => "Cluster name",
        "rpcAddress" => "RPC address",
        "adminAddress" => "Admin address",
        "httpAddress" => "HTTP address",
        "addressFrom" => "Address as seen from another cluster",
        "dcRedirectionPolicy" => "Redirection policy",
        "keepTemporalCloudOpen" => "Temporal Cloud",
        "tls" => "TLS between clusters",
        "tlsServerName" => "TLS server name",
        "initialFailoverVersion" => "Initial failover version",
        "historyShards" => "History shards",
        // What can never change from now on.
        "running" => "Runs with",
        other => {
            let mut settings = Setting::ALL.into_iter();
            let setting = settings.find(|setting| setting.key() == other);
            setting.map_or(other, Setting::label)
        }
    }
}

fn worst_first(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by_key(|finding| match finding.severity() {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    });
    findings
}

/// `1 cluster`, `2 clusters`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(link: &str) -> Draft {
        link::decode(link).expect("a link")
    }

    fn preview(draft: &Draft, text: &str) -> Preview {
        Preview::new(draft, &[Source::new("a", text)], true, &Chosen::new())
    }

    const LIST: &str =
        "  Name  ClusterId  Address  HistoryShardCount  InitialFailoverVersion  IsConnectionEnabled
  one  91378a3f-f071-42ec-9ef9-d5ac03b63bce  10.0.0.1:7233  4  2  true
";
    const USED: &str = "v=1&server=1.32&tool=tctl&increment=100&cluster=clusterA,10.0.0.9:7233,2";

    #[test]
    fn errors_to_come_are_said_before() {
        let typed = USED.replace("v=1", "v=2") + "!";
        let summary = preview(&link::decode(&typed).expect("a link"), LIST).summary();
        assert!(
            summary.ends_with("1 cluster added, 0 changed. Imported, it has 1 error to be mended."),
            "{summary}"
        );
    }

    #[test]
    fn the_untouched_example_goes_and_nothing_else() {
        let fates = |draft: &Draft| -> Vec<_> {
            let groups = preview(draft, LIST).changes.into_iter();
            groups.map(|group| (group.title, group.fate)).collect()
        };
        assert_eq!(
            fates(&Draft::default()),
            [
                ("one".to_owned(), Fate::Added),
                ("clusterA".to_owned(), Fate::Removed),
                ("clusterB".to_owned(), Fate::Removed),
            ]
        );
        assert_eq!(
            fates(&draft(USED)),
            [
                ("one".to_owned(), Fate::Added),
                ("clusterA".to_owned(), Fate::Kept),
            ]
        );
    }

    #[test]
    fn an_assigned_number_makes_room() {
        let preview = preview(&draft(USED), LIST);
        let value = &preview.changes[1].values[0];
        assert_eq!(value.label, "Initial failover version");
        assert_eq!((&*value.from, &*value.to), ("2", "1"));
        assert_eq!(value.note, "reassigned: an imported cluster has its number");
    }

    #[test]
    fn a_cluster_of_another_name_can_be_one_that_is_here() {
        let text = "v=1&server=1.32&tool=tctl&increment=100&cluster=x,10.0.0.9:7233,1\
            &cluster=east,10.0.0.1:7233,3&cluster=,10.0.0.8:7233,4";
        let before = draft(text);
        let choices = |is: Option<usize>| {
            let is = is.map(|at| before.clusters[at].id);
            let chosen = [("one".to_owned(), is)].into_iter().collect();
            Preview::new(&before, &[Source::new("a", LIST)], true, &chosen)
        };
        let new = choices(None);
        let [choice] = &new.choices[..] else {
            panic!("{:?}", new.choices);
        };
        let called: Vec<&str> = choice.options.iter().map(|(_, called)| &**called).collect();
        assert_eq!(
            called,
            [
                "east, which has its address",
                "x",
                "the cluster at 10.0.0.8:7233"
            ]
        );
        assert_eq!(
            (&*choice.name, choice.is, choice.left_out),
            ("one", None, 0)
        );
        assert_eq!(new.changes[0].fate, Fate::Added);

        let is_east = choices(Some(1));
        assert_eq!(is_east.choices[0].is, Some(before.clusters[1].id));
        let [group] = &is_east.changes[..] else {
            panic!("{:?}", is_east.changes);
        };
        assert_eq!((&*group.title, group.fate), ("one", Fate::Kept));
        let name = &group.values[0];
        assert_eq!(
            (name.label, &*name.from, &*name.to),
            ("Cluster name", "east", "one")
        );

        assert!(
            preview(&Draft::default(), LIST).choices.is_empty(),
            "the example goes"
        );
        assert!(
            preview(&draft(&USED.replace("clusterA", "one")), LIST)
                .choices
                .is_empty()
        );
    }

    #[test]
    fn what_stays_is_said_and_is_no_change() {
        let before = draft("v=1&server=1.32&tool=tctl&increment=100&cluster=one,10.0.0.9:7233,2!");
        let list = LIST.replace("10.0.0.1:7233", "127.0.0.1:7233");
        let after = preview(&before, &list);
        let again = preview(
            &draft(&after.result.clone().expect("shards are new")),
            &list,
        );
        let value = &again.changes[0].values[0];
        assert_eq!(
            (value.label, &*value.from),
            ("RPC address", "10.0.0.9:7233")
        );
        assert_eq!(
            value.note,
            "stays: 127.0.0.1:7233 was read, where every machine finds itself"
        );
        assert!(again.result.is_err() && again.summary().contains("0 clusters added, 0 changed."));
    }

    #[test]
    fn the_result_is_a_link_or_a_reason() {
        let before = draft(USED);
        assert!(preview(&before, "rubbish").result.is_err());
        let link = preview(&before, LIST).result.expect("a cluster is new");
        let after = draft(&link);
        assert_eq!(after.clusters.len(), 2);
        assert!(preview(&after, LIST).result.is_err(), "it is there already");
    }

    #[test]
    fn what_is_too_much_is_refused_with_its_limit() {
        let before = Draft::default();
        let rows = |count: usize| {
            (0..count).map(|at| {
                format!(
                    "  c{at}  91378a3f-f071-42ec-9ef9-d5ac03b63bce  10.0.0.1:7233  4  {}  true\n",
                    at + 1
                )
            })
        };
        let result = |count| {
            preview(
                &before,
                &(LIST.to_owned() + &rows(count).collect::<String>()),
            )
            .result
        };
        assert!(result(MOST_CLUSTERS - 1).is_ok());
        assert!(
            result(MOST_CLUSTERS)
                .expect_err("too many")
                .starts_with("More than 2,000 clusters")
        );
        let long = format!(
            "v=1&server=1.32&tool=tctl&increment=100&cluster={},a:1,1",
            "x".repeat(link::MAX_BYTES - 60)
        );
        assert!(
            preview(&before, &(long + "\n" + LIST))
                .result
                .expect_err("too long")
                .contains("1,048,576")
        );
    }

    #[test]
    fn every_field_has_the_name_it_has_on_the_page() {
        let all = "v=3&server=1.13&tool=temporal&increment=10&master=2&redirection=noop&cloud=open&tls=on&tlsCaFile=a\
            &toolTlsServerName=a&cluster=a,10.0.0.1:7233,1,10.1.0.1:7233,4&http=a:1&name=a&from=2,a:2\
            &cluster=b,10.0.0.2:7233,2";
        let changes = [all, LIST].map(|text| preview(&Draft::default(), text).changes);
        for value in changes.iter().flatten().flat_map(|group| &group.values) {
            assert!(value.label.contains(' '), "{}", value.label);
        }
    }
}
