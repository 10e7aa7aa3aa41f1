//! The whole draft as text for the fragment of a link: readable, versioned, bounded.
//!
//! ```text
//! v=1&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=…
//! v=2&server=1.32&…&cluster=clusterA,127.0.0.1:7233,1!&release=1.31&running=same&cluster=…
//! v=3&server=1.32&…&redirection=noop&cloud=open&cluster=clusterA,127.0.0.1:7233,1&http=127.0.0.1:7243&cluster=…
//! v=4&check=123456&server=1.32&…
//! ```
//!
//! A cluster is `name,rpcAddress,initialVersion[,adminAddress[,historyShards]]`; a version that was
//! typed, and not assigned, ends in `!`. What follows it is about it: `http` if it has that address,
//! `name` if certificates have another one than the host, `from=2,address` if the second cluster
//! reaches it elsewhere, `release` if it has its own, and `running` if it runs, with `same` values as drafted, or with `name,initialVersion,increment,shards`.
//! `master=2` counts from 1. Everything but letters, digits and
//! `-._~:` is percent-encoded, and so is a mark among them that a link would end with: in a sentence it would
//! be taken for the sentence's own. The empty text is the default draft; a link to the default draft is
//! written out all the same, as a later page may have another default.
//!
//! ```
//! use multicluster_core::{Draft, link};
//!
//! let text = link::encode(&Draft::default());
//! assert!(text.starts_with("v=1&server="));
//! assert_eq!(link::decode(&text), Ok(Draft::default()));
//! let newer = link::decode("v=99").expect_err("of a later page");
//! assert!(newer.to_string().contains("newer"));
//! ```

use std::fmt;
use std::rc::Rc;

use crate::draft::{ClusterDraft, ClusterId, Draft, Running};
use crate::edit::{ClusterField, Edit};
use crate::model::{RedirectionPolicy, Tool};
use crate::settings::{Setting, Settings};

/// The versions of the format that are read, the oldest first. [`encode`] writes the oldest that can
/// say everything, so that older pages open as many links as they can; the last one has a check value.
pub const FORMAT_VERSIONS: [&str; 4] = ["1", "2", "3", SEALED];
/// The version of links with a check value.
const SEALED: &str = "4";
/// The longest text that [`decode`] reads, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Why a text is not a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// Longer than [`MAX_BYTES`]; how long it is.
    TooLong(usize),
    /// No format version at its beginning: cut, or not one of our links.
    NoVersion,
    /// Another format version.
    UnknownVersion(String),
    /// A part that cannot be read.
    Malformed(String),
    /// The check value is that of another link.
    Altered,
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong(bytes) => write!(
                f,
                "The link holds {bytes} bytes, more than the {MAX_BYTES} that are read."
            ),
            Self::NoVersion => f.write_str(
                "The link does not begin with a format version: it was cut, or was not made by this page.",
            ),
            Self::UnknownVersion(version) => write!(
                f,
                "The link has format version {}, and this page reads versions up to {}: it was made by a newer page.",
                crate::diagnostics::quoted(version),
                SEALED
            ),
            Self::Altered => f.write_str(
                "The link was cut or altered on its way: its check value does not fit. Copy all of it again.",
            ),
            Self::Malformed(part) => write!(
                f,
                "The link has a part that cannot be read: {}.",
                crate::diagnostics::quoted(part)
            ),
        }
    }
}

impl std::error::Error for LinkError {}

/// The draft as text, without `#`. `decode(encode(draft))` is the draft again, with new ids.
#[must_use]
pub fn encode(draft: &Draft) -> String {
    let mut text = format!("v={}&server=", FORMAT_VERSIONS[version(draft)]);
    percent_encode(&mut text, &draft.server_version);
    text.push_str("&tool=");
    text.push_str(draft.tool.program());
    text.push_str("&increment=");
    percent_encode(&mut text, &draft.increment);
    if let Some(position) = draft.master.and_then(|id| draft.position(id)) {
        text.push_str("&master=");
        text.push_str(&(position + 1).to_string());
    }
    if let Some(policy) = draft.redirection {
        text.push_str("&redirection=");
        text.push_str(policy.name());
    }
    if draft.keeps_cloud_open {
        text.push_str("&cloud=");
        text.push_str(OPEN);
    }
    if draft.tls {
        text.push_str("&tls=");
        text.push_str(ON);
    }
    for setting in Setting::ALL {
        let typed = draft.settings.get(setting);
        if !typed.is_empty() {
            text.push('&');
            text.push_str(setting.key());
            text.push('=');
            percent_encode(&mut text, typed);
        }
    }
    for cluster in &draft.clusters {
        encode_cluster(&mut text, cluster);
        encode_extras(&mut text, draft, cluster);
    }
    if let Some(last) = text.pop() {
        match last {
            '.' | '_' | '~' | ':' => push_encoded(&mut text, last as u8),
            _ => text.push(last),
        }
    }
    text
}

/// As [`encode`], to be sent: with a check value, by which [`decode`] notices what was lost or altered.
#[must_use]
pub fn sealed(draft: &Draft) -> String {
    let link = encode(draft);
    let content = &link["v=1".len()..];
    [SEALED_HEAD, &check(content), content].concat()
}

/// What a link with a check value begins with.
const SEALED_HEAD: &str = "v=4&check=";

/// The check value of what follows it: FNV-1a of 32 bits, its last six digits.
fn check(content: &str) -> String {
    let mut hash: u32 = 0x811C_9DC5;
    for byte in content.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    (hash % 1_000_000).to_string()
}

/// The place in [`FORMAT_VERSIONS`] of the oldest one that can say everything.
fn version(draft: &Draft) -> usize {
    let of_all = draft.redirection.is_some()
        || draft.keeps_cloud_open
        || draft.tls
        || draft.settings != Settings::default();
    let clusters = draft.clusters.iter();
    let of_clusters = clusters.map(|cluster| {
        if !cluster.http_address.is_empty()
            || !cluster.tls_server_name.is_empty()
            || !cluster.seen_from.is_empty()
        {
            2
        } else {
            usize::from(!cluster.server_version.is_empty() || cluster.running.is_some())
        }
    });
    of_clusters.fold(if of_all { 2 } else { 0 }, usize::max)
}

/// Reads what [`encode`] wrote. Nothing is half read: a text that is wrong anywhere is refused.
///
/// # Errors
/// See [`LinkError`].
pub fn decode(text: &str) -> Result<Draft, LinkError> {
    if text.is_empty() {
        return Ok(Draft::default());
    }
    if text.len() > MAX_BYTES {
        return Err(LinkError::TooLong(text.len()));
    }
    let mut parts = text.split('&');
    match parts.next().and_then(|part| part.strip_prefix("v=")) {
        Some(SEALED) => {
            let value = parts.next().and_then(|part| part.strip_prefix("check="));
            let value = value.ok_or(LinkError::Altered)?;
            if value != check(&text[SEALED_HEAD.len() + value.len()..]) {
                return Err(LinkError::Altered);
            }
        }
        Some(version) if FORMAT_VERSIONS.contains(&version) => {}
        Some(other) => return Err(LinkError::UnknownVersion(other.to_owned())),
        None => return Err(LinkError::NoVersion),
    }
    let mut draft = Draft::empty();
    let mut later = Later::default();
    for part in parts {
        decode_part(&mut draft, &mut later, part)
            .ok_or_else(|| LinkError::Malformed(part.to_owned()))?;
    }
    for at in later.running {
        let running = draft.as_drafted(&draft.clusters[at]);
        Rc::make_mut(&mut draft.clusters[at]).running = Some(Rc::new(running));
    }
    for (of, by, address, part) in later.seen {
        let malformed = || LinkError::Malformed(part.to_owned());
        let by = draft.clusters.get(by).ok_or_else(malformed)?.id;
        let field = ClusterField::AddressFrom(by);
        let is_new = draft
            .cluster(of)
            .is_some_and(|it| it.field(field).is_empty());
        if by == of || address.is_empty() || !is_new {
            return Err(malformed());
        }
        draft.apply(&Edit::SetField(of, field, address));
    }
    if let Some((place, part)) = later.master {
        let chosen = draft.clusters.get(place).map(|cluster| cluster.id);
        draft.master = Some(chosen.ok_or_else(|| LinkError::Malformed(part.to_owned()))?);
    }
    Ok(draft)
}

/// What can be understood only when everything has been read.
#[derive(Default)]
struct Later<'t> {
    master: Option<(usize, &'t str)>,
    /// Places of clusters that run as they are drafted.
    running: Vec<usize>,
    /// Clusters, the places of those that reach them elsewhere, and where.
    seen: Vec<(ClusterId, usize, String, &'t str)>,
}

fn decode_part<'t>(draft: &mut Draft, later: &mut Later<'t>, part: &'t str) -> Option<()> {
    let (key, value) = part.split_once('=')?;
    match key {
        "server" => draft.server_version = percent_decode(value)?,
        "tool" => draft.tool = Tool::from_program(value)?,
        "increment" => draft.increment = percent_decode(value)?,
        "master" => later.master = Some((value.parse::<usize>().ok()?.checked_sub(1)?, part)),
        "redirection" => draft.redirection = Some(RedirectionPolicy::from_name(value)?),
        "cloud" if value == OPEN => draft.keeps_cloud_open = true,
        "tls" if value == ON => draft.tls = true,
        "cluster" => decode_cluster(draft, value)?,
        "name" => {
            let cluster = Rc::make_mut(draft.clusters.last_mut()?);
            cluster.tls_server_name = percent_decode(value)?;
        }
        "from" => {
            let of = draft.clusters.last()?.id;
            let (by, address) = value.split_once(',')?;
            let by = by.parse::<usize>().ok()?.checked_sub(1)?;
            later.seen.push((of, by, percent_decode(address)?, part));
        }
        "http" => {
            let cluster = Rc::make_mut(draft.clusters.last_mut()?);
            cluster.http_address = percent_decode(value)?;
        }
        "release" => {
            let cluster = Rc::make_mut(draft.clusters.last_mut()?);
            cluster.server_version = percent_decode(value)?;
        }
        "running" if value == SAME => later.running.push(draft.clusters.len().checked_sub(1)?),
        "running" => {
            let cluster = Rc::make_mut(draft.clusters.last_mut()?);
            cluster.running = Some(Rc::new(decode_running(value)?));
        }
        other => {
            let mut settings = Setting::ALL.into_iter();
            let setting = settings.find(|setting| setting.key() == other)?;
            draft.settings.set(setting, &percent_decode(value)?);
        }
    }
    Some(())
}

fn encode_cluster(text: &mut String, cluster: &ClusterDraft) {
    text.push_str("&cluster=");
    percent_encode(text, &cluster.name);
    text.push(',');
    percent_encode(text, &cluster.rpc_address);
    text.push(',');
    percent_encode(text, &cluster.initial_version);
    if !cluster.automatic {
        text.push('!');
    }
    let optional = [&cluster.admin_address, &cluster.history_shards];
    let given = optional.iter().rposition(|text| !text.is_empty());
    for field in optional.iter().take(given.map_or(0, |last| last + 1)) {
        text.push(',');
        percent_encode(text, field);
    }
}

const SAME: &str = "same";
const OPEN: &str = "open";
const ON: &str = "on";

fn encode_extras(text: &mut String, draft: &Draft, cluster: &ClusterDraft) {
    if !cluster.http_address.is_empty() {
        text.push_str("&http=");
        percent_encode(text, &cluster.http_address);
    }
    if !cluster.tls_server_name.is_empty() {
        text.push_str("&name=");
        percent_encode(text, &cluster.tls_server_name);
    }
    for (by, address) in &cluster.seen_from {
        if let Some(place) = draft.position(*by) {
            text.push_str("&from=");
            text.push_str(&(place + 1).to_string());
            text.push(',');
            percent_encode(text, address);
        }
    }
    if !cluster.server_version.is_empty() {
        text.push_str("&release=");
        percent_encode(text, &cluster.server_version);
    }
    let Some(running) = &cluster.running else {
        return;
    };
    text.push_str("&running=");
    if **running == draft.as_drafted(cluster) {
        return text.push_str(SAME);
    }
    percent_encode(text, &running.name);
    for field in [
        &running.initial_version,
        &running.increment,
        &running.history_shards,
    ] {
        text.push(',');
        percent_encode(text, field);
    }
}

fn decode_running(value: &str) -> Option<Running> {
    let mut fields = value.split(',');
    let mut field = || percent_decode(fields.next()?);
    let running = Running {
        name: field()?,
        initial_version: field()?,
        increment: field()?,
        history_shards: field()?,
    };
    fields.next().is_none().then_some(running)
}

fn decode_cluster(draft: &mut Draft, value: &str) -> Option<()> {
    let mut fields = value.split(',');
    let name = percent_decode(fields.next()?)?;
    let rpc_address = percent_decode(fields.next()?)?;
    let version = fields.next()?;
    let (version, automatic) = match version.strip_suffix('!') {
        Some(typed) => (typed, false),
        None => (version, true),
    };
    let initial_version = percent_decode(version)?;
    let admin_address = percent_decode(fields.next().unwrap_or(""))?;
    let history_shards = percent_decode(fields.next().unwrap_or(""))?;
    if fields.next().is_some() {
        return None;
    }
    draft.push(|id| ClusterDraft {
        name,
        rpc_address,
        admin_address,
        initial_version,
        automatic,
        history_shards,
        ..ClusterDraft::empty(id)
    });
    Some(())
}

/// Adds a text of which everything but letters, digits and `-._~:` is percent-encoded.
pub fn percent_encode(text: &mut String, value: &str) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            push_encoded(text, byte);
        }
    }
}

fn push_encoded(text: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    text.push('%');
    text.push(char::from(DIGITS[usize::from(byte >> 4)]));
    text.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// Reads what [`percent_encode`] wrote; nothing if it is broken.
#[must_use]
pub fn percent_decode(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;
    use proptest::prelude::*;

    #[test]
    fn the_empty_link_is_the_default() {
        assert_eq!(decode(""), Ok(Draft::default()));
        assert_ne!(encode(&Draft::default()), "", "links are pinned");
    }

    #[test]
    fn links_are_readable() {
        let mut draft = Draft::default();
        let [a, b] = [0, 1].map(|at| draft.clusters[at].id);
        draft.apply(&Edit::SetMaster(b));
        draft.apply(&Edit::SetField(a, ClusterField::Name, "us, east".into()));
        draft.apply(&Edit::SetField(
            a,
            ClusterField::HistoryShards,
            "512".into(),
        ));
        draft.apply(&Edit::SetField(
            b,
            ClusterField::InitialFailoverVersion,
            "7".into(),
        ));
        let text = encode(&draft);
        assert_eq!(
            text,
            "v=1&server=1.32&tool=tctl&increment=100&master=2\
             &cluster=us%2C%20east,127.0.0.1:7233,1,,512&cluster=clusterB,127.0.0.1:8233,7!"
        );
        assert_eq!(decode(&text), Ok(draft));
    }

    #[test]
    fn no_link_ends_with_a_mark_of_a_sentence() {
        for (kept, written) in [
            (
                "v=1&increment=1.",
                "v=1&server=1.32&tool=tctl&increment=1%2E",
            ),
            (
                "v=1&increment=1..",
                "v=1&server=1.32&tool=tctl&increment=1.%2E",
            ),
            (
                "v=1&increment=a:",
                "v=1&server=1.32&tool=tctl&increment=a%3A",
            ),
            (
                "v=1&increment=a~_",
                "v=1&server=1.32&tool=tctl&increment=a~%5F",
            ),
            ("v=1&increment=a-", "v=1&server=1.32&tool=tctl&increment=a-"),
        ] {
            let draft = decode(kept).expect("a link");
            assert_eq!(encode(&draft), written);
            assert_eq!(decode(written), Ok(draft));
        }
    }

    #[test]
    fn broken_links_are_refused_as_a_whole() {
        use LinkError::{Malformed, NoVersion, UnknownVersion};
        for (text, expected) in [
            ("server=1.32", NoVersion),
            ("hello", NoVersion),
            ("v=5&server=1.32", UnknownVersion("5".into())),
            ("v=4&server=1.32", LinkError::Altered),
            ("v=4&check=", LinkError::Altered),
            ("v=4&check=1&server=1.32", LinkError::Altered),
            ("v=4", LinkError::Altered),
            ("v=3&redirection=all", Malformed("redirection=all".into())),
            ("v=3&cloud=yes", Malformed("cloud=yes".into())),
            ("v=3&http=a:1", Malformed("http=a:1".into())),
            ("v=3&tls=off", Malformed("tls=off".into())),
            ("v=3&cluster=a,b,1&from=1,x", Malformed("from=1,x".into())),
            ("v=3&cluster=a,b,1&from=2,x", Malformed("from=2,x".into())),
            ("v=3&cluster=a,b,1&from=0,x", Malformed("from=0,x".into())),
            (
                "v=3&cluster=a,b,1&from=2,x&from=2,y&cluster=c,d,2",
                Malformed("from=2,y".into()),
            ),
            ("v=2&running=same", Malformed("running=same".into())),
            ("v=2&release=1.31", Malformed("release=1.31".into())),
            (
                "v=2&cluster=a,b,1&running=a,1,100",
                Malformed("running=a,1,100".into()),
            ),
            (
                "v=2&cluster=a,b,1&running=a,1,100,,",
                Malformed("running=a,1,100,,".into()),
            ),
            ("v=1&colour=red", Malformed("colour=red".into())),
            ("v=1&tool=kubectl", Malformed("tool=kubectl".into())),
            ("v=1&increment=%4", Malformed("increment=%4".into())),
            ("v=1&increment=%FF", Malformed("increment=%FF".into())),
            ("v=1&increment=%zz", Malformed("increment=%zz".into())),
            ("v=1&cluster=a", Malformed("cluster=a".into())),
            ("v=1&cluster=a,b,1,,,", Malformed("cluster=a,b,1,,,".into())),
            ("v=1&master=1", Malformed("master=1".into())),
            ("v=1&master=0&cluster=a,b,1", Malformed("master=0".into())),
            ("v=1&", Malformed(String::new())),
        ] {
            assert_eq!(decode(text), Err(expected), "{text}");
        }
        let begin = "v=1&increment=";
        let long = begin.to_owned() + &"1".repeat(MAX_BYTES - begin.len());
        assert!(decode(&long).is_ok());
        let longer = long + "1";
        assert_eq!(decode(&longer), Err(LinkError::TooLong(MAX_BYTES + 1)));
    }

    #[test]
    fn what_is_wrong_with_a_link_is_said() {
        use LinkError::{Altered, Malformed, NoVersion, TooLong, UnknownVersion};
        let said = [
            TooLong(1_048_577),
            NoVersion,
            UnknownVersion("5".into()),
            Malformed("colour=red".into()),
            Altered,
        ]
        .map(|error| error.to_string());
        expect![[r#"
            The link holds 1048577 bytes, more than the 1048576 that are read.
            The link does not begin with a format version: it was cut, or was not made by this page.
            The link has format version “5”, and this page reads versions up to 4: it was made by a newer page.
            The link has a part that cannot be read: “colour=red”.
            The link was cut or altered on its way: its check value does not fit. Copy all of it again."#]].assert_eq(&said.join("\n"));
    }

    #[test]
    fn clusters_that_run_are_readable() {
        let mut draft = Draft::default();
        let [a, b] = [0, 1].map(|at| draft.clusters[at].id);
        draft.apply(&Edit::SetField(
            a,
            ClusterField::HistoryShards,
            "512".into(),
        ));
        for id in [a, b] {
            draft.apply(&Edit::MarkRunning(id));
        }
        draft.apply(&Edit::SetField(b, ClusterField::Name, "us".into()));
        draft.apply(&Edit::SetField(
            b,
            ClusterField::ServerVersion,
            "1.31".into(),
        ));
        let text = encode(&draft);
        assert_eq!(
            text,
            "v=2&server=1.32&tool=tctl&increment=100\
             &cluster=clusterA,127.0.0.1:7233,1!,,512&running=same\
             &cluster=us,127.0.0.1:8233,2!&release=1.31&running=clusterB,2,100,"
        );
        assert_eq!(decode(&text), Ok(draft));
    }

    #[test]
    fn what_was_sent_is_opened_whole_or_not_at_all() {
        let plain = "v=3&server=1.32&tool=tctl&increment=100&tls=on&cluster=a,a.example:7233,1\
                     &cluster=b,b.example:7233,20!,,512&running=same";
        let draft = decode(plain).expect("a link");
        let link = sealed(&draft);
        assert_eq!(link, ["v=4&check=906829", &plain[3..]].concat());
        assert_eq!(decode(&link), Ok(draft));
        for at in 1..link.len() {
            assert!(decode(&link[..at]).is_err(), "{}", &link[..at]);
            let mut altered = link.clone().into_bytes();
            altered[at] ^= 1;
            let altered = String::from_utf8(altered).expect("ASCII");
            assert!(decode(&altered).is_err(), "{altered}");
        }
    }

    /// An older page that leaves out what it does not know would open another draft.
    #[test]
    fn whatever_older_pages_do_not_know_has_a_newer_version() {
        let draft = Draft::default();
        let [a, b] = [0, 1].map(|at| draft.clusters[at].id);
        let field = |field| Edit::SetField(a, field, "x".into());
        for (edit, version) in [
            (field(ClusterField::HistoryShards), "v=1&"),
            (field(ClusterField::ServerVersion), "v=2&"),
            (Edit::MarkRunning(a), "v=2&"),
            (Edit::SetRedirection(Some(RedirectionPolicy::Noop)), "v=3&"),
            (Edit::SetKeepsCloudOpen(true), "v=3&"),
            (Edit::SetTls(true), "v=3&"),
            (Edit::SetSetting(Setting::ToolKey, "x".into()), "v=3&"),
            (field(ClusterField::HttpAddress), "v=3&"),
            (field(ClusterField::TlsServerName), "v=3&"),
            (field(ClusterField::AddressFrom(b)), "v=3&"),
        ] {
            let text = encode(&draft.with(std::slice::from_ref(&edit)));
            assert!(text.starts_with(version), "{edit:?}: {text}");
        }
    }

    #[test]
    fn a_link_to_a_real_pair_is_short() {
        let mut draft = Draft::default();
        for (at, region) in ["us-east-1", "eu-central-1"].into_iter().enumerate() {
            let id = draft.clusters[at].id;
            for (field, text) in [
                (ClusterField::Name, format!("production-{region}")),
                (
                    ClusterField::RpcAddress,
                    format!("temporal-frontend.{region}.example.com:7233"),
                ),
                (ClusterField::AdminAddress, format!("10.20.30.4{at}:7233")),
                (ClusterField::HistoryShards, "4096".to_owned()),
                (ClusterField::ServerVersion, "1.31.2".to_owned()),
            ] {
                draft.apply(&Edit::SetField(id, field, text));
            }
            draft.apply(&Edit::MarkRunning(id));
        }
        let text = encode(&draft);
        assert!(text.len() <= 320, "{} in {text}", text.len());
        assert!(encode(&Draft::default()).len() <= 120);
    }

    /// Links as pages of the past have written them, each with what a page of today writes for it.
    /// Never change one: somebody has it.
    #[test]
    fn links_of_the_past_are_opened() {
        for (kept, clusters) in [
            (
                "v=1&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
                &[("clusterA", "1", true, ""), ("clusterB", "2", true, "")][..],
            ),
            (
                "v=1&server=1.14.0&tool=tctl&increment=1000&master=2&cluster=us%2C%20east,10.0.0.1:7233,1,,512&cluster=clusterB,10.0.0.2:7233,7!,10.1.0.2:7233",
                &[("us, east", "1", true, "512"), ("clusterB", "7", false, "")],
            ),
            ("v=1&server=1.13&tool=temporal&increment=10", &[]),
            (
                "v=2&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1!,,512&running=same&cluster=us,127.0.0.1:8233,2!&release=1.31&running=clusterB,2,100,",
                &[("clusterA", "1", false, "512"), ("us", "2", false, "")],
            ),
            (
                "v=3&server=1.32&tool=tctl&increment=100&tls=on&tlsCaFile=%2Fca.pem&toolTlsServerName=a&cluster=clusterA,127.0.0.1:7233,1&name=a.example&from=2,a%20nat:7233&cluster=clusterB,127.0.0.1:8233,2",
                &[("clusterA", "1", true, ""), ("clusterB", "2", true, "")],
            ),
            (
                "v=3&server=1.32&tool=tctl&increment=100&redirection=all-apis-forwarding&cloud=open&cluster=clusterA,127.0.0.1:7233,1&http=127.0.0.1:7243&cluster=clusterB,127.0.0.1:8233,2",
                &[("clusterA", "1", true, ""), ("clusterB", "2", true, "")],
            ),
        ] {
            let draft = decode(kept).expect("it opens");
            let read: Vec<_> = draft
                .clusters
                .iter()
                .map(|it| {
                    (
                        &*it.name,
                        &*it.initial_version,
                        it.automatic,
                        &*it.history_shards,
                    )
                })
                .collect();
            assert_eq!(read, clusters, "{kept}");
            assert_eq!(encode(&draft), kept, "nothing is lost");
        }
    }

    fn any_running() -> impl Strategy<Value = Option<Rc<Running>>> {
        let texts = proptest::array::uniform4(any::<String>());
        proptest::option::of(texts.prop_map(
            |[name, initial_version, increment, history_shards]| {
                Rc::new(Running {
                    name,
                    initial_version,
                    increment,
                    history_shards,
                })
            },
        ))
    }

    fn any_draft() -> impl Strategy<Value = Draft> {
        let cluster = (
            any::<String>(),
            any::<String>(),
            any::<String>(),
            any::<bool>(),
            any::<String>(),
            any::<String>(),
            any::<String>(),
            any_running(),
            any::<bool>(),
            prop_oneof![Just(String::new()), any::<String>()],
        );
        let clusters = proptest::collection::vec(cluster, 0..5);
        let tool = proptest::sample::select(&Tool::ALL[..]);
        let master = proptest::option::of(0..5_usize);
        let redirection =
            proptest::option::of(proptest::sample::select(&RedirectionPolicy::ALL[..]));
        let shared = (
            any::<String>(),
            tool,
            any::<String>(),
            redirection,
            any::<bool>(),
        );
        (shared, master, clusters).prop_map(
            |(
                (server_version, tool, increment, redirection, keeps_cloud_open),
                master,
                clusters,
            )| {
                let mut draft = Draft {
                    server_version,
                    tool,
                    increment,
                    redirection,
                    keeps_cloud_open,
                    ..Draft::empty()
                };
                for (
                    name,
                    rpc_address,
                    initial_version,
                    automatic,
                    admin_address,
                    history_shards,
                    server_version,
                    running,
                    runs_as_drafted,
                    http_address,
                ) in clusters
                {
                    let id = draft.push(|id| ClusterDraft {
                        id,
                        name,
                        rpc_address,
                        admin_address,
                        http_address,
                        initial_version,
                        automatic,
                        history_shards,
                        server_version,
                        running,
                        tls_server_name: String::new(),
                        seen_from: Vec::new(),
                    });
                    if runs_as_drafted {
                        let running = draft.cluster(id).map(|it| draft.as_drafted(it));
                        draft.apply(&Edit::SetRunning(id, running.map(Rc::new)));
                    }
                }
                draft.master = master
                    .and_then(|at| draft.clusters.get(at))
                    .map(|cluster| cluster.id);
                draft
            },
        )
    }

    proptest! {
        #[test]
        fn every_draft_comes_back(
            draft in any_draft(),
            tls in any::<bool>(),
            settings in proptest::collection::vec((0..Setting::ALL.len(), any::<String>()), 0..4),
            seen in proptest::collection::vec((0..5_usize, 0..5_usize, any::<String>()), 0..4),
        ) {
            let mut draft = draft;
            draft.apply(&Edit::SetTls(tls));
            for (at, text) in settings {
                draft.apply(&Edit::SetSetting(Setting::ALL[at], text));
            }
            for (of, by, text) in seen {
                let id = |at: usize| draft.clusters.get(at).map(|cluster| cluster.id);
                if let (Some(of), Some(by)) = (id(of), id(by)) {
                    let name = Edit::SetField(of, ClusterField::TlsServerName, text.clone());
                    let address = Edit::SetField(of, ClusterField::AddressFrom(by), text);
                    draft = draft.with(&[name, address]);
                }
            }
            let link = encode(&draft);
            prop_assert!(!link.ends_with(['.', '_', '~', ':']), "{}", link);
            prop_assert_eq!(decode(&sealed(&draft)), Ok(draft.clone()));
            prop_assert_eq!(decode(&link), Ok(draft));
        }

        #[test]
        fn no_text_makes_it_panic(text in "(v=1&)?[a-z=&,%0-9!é]*") {
            let _ = decode(&text);
        }
    }
}
