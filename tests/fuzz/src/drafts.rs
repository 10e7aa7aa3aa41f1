//! Drafts of bytes: fields with anything in them, and edits with what is often right.

use std::rc::Rc;

use multicluster_core::model::{RedirectionPolicy, Tool};
use multicluster_core::{ClusterField, ClusterId, Draft, Edit, Running, Setting};

/// More clusters take longer, and show nothing else.
const MOST_CLUSTERS: usize = 20;

/// A byte of choices, then lines: release, increment, and one for each cluster, with tabs between its fields. A line that
/// begins with `=` is an edit of what the lines before it made.
pub(crate) fn of_lines(bytes: &[u8]) -> Draft {
    let (&choices, rest) = bytes.split_first().unwrap_or((&0, &[]));
    let text = String::from_utf8_lossy(rest);
    let mut lines = text.split('\n');
    let mut draft = Draft::empty();
    draft.tool = Tool::ALL[usize::from(choices) % Tool::ALL.len()];
    draft.redirection = RedirectionPolicy::ALL
        .get(usize::from(choices >> 2) % 5)
        .copied();
    draft.keeps_cloud_open = choices & 0x80 != 0;
    draft.tls = choices & 0x20 != 0;
    for field in [&mut draft.server_version, &mut draft.increment] {
        lines.next().unwrap_or_default().clone_into(field);
    }
    for line in lines.take(2 * MOST_CLUSTERS) {
        match line.strip_prefix('=') {
            Some(edit) => apply_line(&mut draft, edit),
            None if draft.clusters.len() < MOST_CLUSTERS => add(&mut draft, line),
            None => {}
        }
    }
    let master = draft.clusters.last().filter(|_| choices & 0x40 != 0);
    draft.master = master.map(|cluster| cluster.id);
    draft
}

/// A cluster of the fields of a line.
fn add(draft: &mut Draft, line: &str) {
    use ClusterField::{
        AdminAddress, HistoryShards, HttpAddress, InitialFailoverVersion, RpcAddress, ServerVersion,
    };
    let mut values = line.split('\t').map(str::to_owned);
    let id = draft.add_named(&values.next().unwrap_or_default());
    for field in [
        RpcAddress,
        InitialFailoverVersion,
        AdminAddress,
        HttpAddress,
        HistoryShards,
        ServerVersion,
    ] {
        if let Some(value) = values.next() {
            draft.apply(&Edit::SetField(id, field, value));
        }
    }
    if let Some(name) = values.next() {
        let mut value = || values.next().unwrap_or_default();
        let running = Running {
            name,
            initial_version: value(),
            increment: value(),
            history_shards: value(),
        };
        draft.apply(&Edit::SetRunning(id, Some(Rc::new(running))));
    }
}

/// `0…` to `6…` is the text of a setting; `n0…` the name in the certificates of the first cluster, `c0…` what it is called,
/// `f01…` where the second one reaches it.
fn apply_line(draft: &mut Draft, edit: &str) {
    let mut rest = edit.chars();
    let Some(what) = rest.next() else { return };
    if let Some(&setting) = digit(what).and_then(|at| Setting::ALL.get(at)) {
        draft.apply(&Edit::SetSetting(setting, rest.as_str().to_owned()));
        return;
    }
    let mut cluster = || {
        let at = digit(rest.next()?)?;
        Some(draft.clusters.get(at)?.id)
    };
    let Some(of) = cluster() else { return };
    let field = match what {
        'n' => ClusterField::TlsServerName,
        'c' => ClusterField::Name,
        'f' => match cluster() {
            Some(by) => ClusterField::AddressFrom(by),
            None => return,
        },
        _ => return,
    };
    draft.apply(&Edit::SetField(of, field, rest.as_str().to_owned()));
}

fn digit(c: char) -> Option<usize> {
    usize::try_from(c.to_digit(10)?).ok()
}

const NAMES: &[&str] = &[
    "clusterA", "clusterB", "clusterC", "CLUSTERA", "us-east", "a b", "-a", "standby", "é", "",
];
const ADDRESSES: &[&str] = &[
    "10.0.0.1:7233",
    "10.0.0.2:7233",
    "a.example:7233",
    "b.example:7243",
    "127.0.0.1:7233",
    "[::1]:7233",
    "0.0.0.0:7233",
    "a.example",
    "",
];
const NUMBERS: &[&str] = &[
    "1",
    "2",
    "3",
    "10",
    "99",
    "100",
    "101",
    "512",
    "2147483647",
    "0",
    "",
];
const RELEASES: &[&str] = &[
    "1.32.1", "1.30", "1.29", "1.24", "1.20", "1.18", "1.16", "1.14.1", "1.13.0", "1.0", "",
];
const TLS_TEXTS: &[&str] = &["/ca.pem", "/key.pem", "a.example", "{{", "C:\\ca.pem", ""];

/// What bytes say to do: one for what, one for the cluster, one for the text. A byte beyond the usual texts takes the text
/// that follows, up to the end of its line.
pub(crate) struct Steps<'b> {
    rest: &'b [u8],
}

/// One of them.
pub(crate) enum Step {
    /// Something is edited.
    Edit(Edit),
    /// What is drafted is started, as far as it is right.
    Deploy,
}

impl<'b> Steps<'b> {
    pub(crate) const fn of(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }

    /// What comes next for this draft; `None` at the end.
    pub(crate) fn next(&mut self, draft: &Draft) -> Option<Step> {
        loop {
            let edit = match self.byte()? {
                b'!' => return Some(Step::Deploy),
                b'+' => Some(Edit::AddCluster),
                what @ b'a'..=b'g' => self.of_all(what),
                what @ b'A'..=b'O' => self.of_cluster(what, draft),
                _ => None,
            };
            if let Some(edit) = edit {
                return Some(Step::Edit(edit));
            }
        }
    }

    /// What is about all clusters.
    fn of_all(&mut self, what: u8) -> Option<Edit> {
        Some(match what {
            b'a' => Edit::SetServerVersion(self.text(RELEASES)),
            b'b' => Edit::SetIncrement(self.text(NUMBERS)),
            b'c' => Edit::SetTool(self.one_of(&Tool::ALL)),
            b'd' => Edit::SetTls(self.byte()? & 1 != 0),
            b'e' => Edit::SetSetting(self.one_of(&Setting::ALL), self.text(TLS_TEXTS)),
            b'f' => Edit::SetKeepsCloudOpen(self.byte()? & 1 != 0),
            b'g' => {
                let at = usize::from(self.byte()?);
                Edit::SetRedirection(RedirectionPolicy::ALL.get(at % 4).copied())
            }
            _ => return None,
        })
    }

    /// What is about one cluster.
    fn of_cluster(&mut self, what: u8, draft: &Draft) -> Option<Edit> {
        let (id, at) = self.cluster(draft)?;
        let (field, usual) = match what {
            b'A' => (ClusterField::Name, NAMES),
            b'B' => (ClusterField::RpcAddress, ADDRESSES),
            b'C' => (ClusterField::AdminAddress, ADDRESSES),
            b'D' => (ClusterField::HttpAddress, ADDRESSES),
            b'E' => (ClusterField::InitialFailoverVersion, NUMBERS),
            b'F' => (ClusterField::HistoryShards, NUMBERS),
            b'G' => (ClusterField::ServerVersion, RELEASES),
            b'H' => (ClusterField::TlsServerName, TLS_TEXTS),
            b'I' => {
                let (by, _) = self.cluster(draft)?;
                (ClusterField::AddressFrom(by), ADDRESSES)
            }
            b'J' => return Some(Edit::RemoveCluster(id)),
            b'K' => return Some(Edit::MoveCluster(id, at)),
            b'L' => return Some(Edit::AssignInitialVersion(id)),
            b'M' => return Some(Edit::MarkRunning(id)),
            b'N' => return Some(Edit::SetMaster(id)),
            b'O' => return Some(Edit::SetRunning(id, self.running())),
            _ => return None,
        };
        Some(Edit::SetField(id, field, self.text(usual)))
    }

    fn running(&mut self) -> Option<Rc<Running>> {
        let name = self.text(NAMES);
        (!name.is_empty()).then(|| {
            Rc::new(Running {
                name,
                initial_version: self.text(NUMBERS),
                increment: self.text(NUMBERS),
                history_shards: self.text(NUMBERS),
            })
        })
    }

    /// A cluster, and another place in the list.
    fn cluster(&mut self, draft: &Draft) -> Option<(ClusterId, usize)> {
        let byte = usize::from(self.byte()?);
        let clusters = draft.clusters.len().max(1);
        let cluster = draft.clusters.get((byte & 15) % clusters)?;
        Some((cluster.id, byte >> 4))
    }

    fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[usize::from(self.byte().unwrap_or(0)) % all.len()]
    }

    fn text(&mut self, usual: &[&str]) -> String {
        let at = usize::from(self.byte().unwrap_or(b'0').wrapping_sub(b'0'));
        if let Some(text) = usual.get(at) {
            return (*text).to_owned();
        }
        let end = self.rest.iter().position(|&byte| byte == b'\n');
        let (text, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.get(1..).unwrap_or_default();
        String::from_utf8_lossy(text).into_owned()
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(byte)
    }
}
