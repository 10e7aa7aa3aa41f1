//! The whole draft as text for the fragment of a link: readable, versioned, bounded.
//!
//! ```text
//! v=1&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=…
//! ```
//!
//! A cluster is `name,rpcAddress,initialVersion[,adminAddress[,historyShards]]`; a version that was
//! typed, and not assigned, ends in `!`. `master=2` counts from 1. Everything but letters, digits and
//! `-._~:` is percent-encoded. The empty text is the default draft; a link to the default draft is
//! written out all the same, as a later page may have another default.

use std::fmt;

use crate::draft::{ClusterDraft, Draft};
use crate::model::Tool;

/// The version of the format that [`encode`] writes.
pub const FORMAT_VERSION: &str = "1";
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
                "The link has format version {}, and this page reads version {FORMAT_VERSION}: it was made by a newer page.",
                crate::diagnostics::quoted(version)
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
    let mut text = format!("v={FORMAT_VERSION}&server=");
    percent_encode(&mut text, &draft.server_version);
    text.push_str("&tool=");
    text.push_str(draft.tool.program());
    text.push_str("&increment=");
    percent_encode(&mut text, &draft.increment);
    if let Some(position) = draft.master.and_then(|id| draft.position(id)) {
        text.push_str("&master=");
        text.push_str(&(position + 1).to_string());
    }
    for cluster in &draft.clusters {
        encode_cluster(&mut text, cluster);
    }
    text
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
        Some(FORMAT_VERSION) => {}
        Some(other) => return Err(LinkError::UnknownVersion(other.to_owned())),
        None => return Err(LinkError::NoVersion),
    }
    let mut draft = Draft::empty();
    let mut master = None;
    for part in parts {
        decode_part(&mut draft, &mut master, part)
            .ok_or_else(|| LinkError::Malformed(part.to_owned()))?;
    }
    if let Some((place, part)) = master {
        let chosen = draft.clusters.get(place).map(|cluster| cluster.id);
        draft.master = Some(chosen.ok_or_else(|| LinkError::Malformed(part.to_owned()))?);
    }
    Ok(draft)
}

fn decode_part<'t>(
    draft: &mut Draft,
    master: &mut Option<(usize, &'t str)>,
    part: &'t str,
) -> Option<()> {
    let (key, value) = part.split_once('=')?;
    match key {
        "server" => draft.server_version = percent_decode(value)?,
        "tool" => draft.tool = Tool::from_program(value)?,
        "increment" => draft.increment = percent_decode(value)?,
        "master" => *master = Some((value.parse::<usize>().ok()?.checked_sub(1)?, part)),
        "cluster" => decode_cluster(draft, value)?,
        _ => return None,
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
        id,
        name,
        rpc_address,
        admin_address,
        initial_version,
        automatic,
        history_shards,
        server_version: String::new(),
        running: None,
    });
    Some(())
}

fn percent_encode(text: &mut String, value: &str) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push('%');
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

fn percent_decode(value: &str) -> Option<String> {
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
    use crate::edit::{ClusterField, Edit};
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
    fn broken_links_are_refused_as_a_whole() {
        use LinkError::{Malformed, NoVersion, UnknownVersion};
        for (text, expected) in [
            ("server=1.32", NoVersion),
            ("hello", NoVersion),
            ("v=2&server=1.32", UnknownVersion("2".into())),
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
        let long = format!("v=1&increment={}", "1".repeat(MAX_BYTES));
        assert_eq!(decode(&long), Err(LinkError::TooLong(long.len())));
    }

    fn any_draft() -> impl Strategy<Value = Draft> {
        let cluster = (
            any::<String>(),
            any::<String>(),
            any::<String>(),
            any::<bool>(),
            any::<String>(),
            any::<String>(),
        );
        let clusters = proptest::collection::vec(cluster, 0..5);
        let tool = proptest::sample::select(&Tool::ALL[..]);
        let master = proptest::option::of(0..5_usize);
        (any::<String>(), tool, any::<String>(), master, clusters).prop_map(
            |(server_version, tool, increment, master, clusters)| {
                let mut draft = Draft {
                    server_version,
                    tool,
                    increment,
                    ..Draft::empty()
                };
                for (name, rpc_address, initial_version, automatic, admin_address, shards) in
                    clusters
                {
                    draft.push(|id| ClusterDraft {
                        id,
                        name,
                        rpc_address,
                        admin_address,
                        initial_version,
                        automatic,
                        history_shards: shards,
                        server_version: String::new(),
                        running: None,
                    });
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
        fn every_draft_comes_back(draft in any_draft()) {
            prop_assert_eq!(decode(&encode(&draft)), Ok(draft));
        }

        #[test]
        fn no_text_makes_it_panic(text in "(v=1&)?[a-z=&,%0-9!é]*") {
            let _ = decode(&text);
        }
    }
}
