//! Network addresses of the form `host:port`.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::rc::Rc;

/// An address that Go's `net.SplitHostPort` splits and that a server can dial: a host name, an
/// IPv4 address or an IPv6 address in brackets, and a port in `1 ..= 65535`. No scheme, no path.
///
/// Stricter than the server where it would accept what can never work: an empty host (it dials
/// itself), a port by name, characters that no host name has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostPort {
    text: Rc<str>,
    host: Host,
    port: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Host {
    /// Lower case, without the dot of a fully qualified name at its end.
    Name(Rc<str>),
    V4(Ipv4Addr),
    V6(Ipv6Addr, Option<Rc<str>>),
}

/// The name that a certificate must have: a host name or an IP address, without a port.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct HostName(Rc<str>);

impl HostName {
    /// Reads a name exactly as it will be written.
    ///
    /// # Errors
    /// `None` if it is none, an IPv6 address in brackets among them.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_ipv6 = text.parse::<Ipv6Addr>().is_ok();
        (is_ipv6 || parse_name_or_ipv4(text).is_ok()).then(|| Self(text.into()))
    }

    /// The name as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text is not an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostPortError {
    /// Nothing was typed.
    Missing,
    /// White space at the beginning or the end, or a character that nobody can see.
    StrayCharacter(char),
    /// A scheme such as `http://` or `dns:///` stands before the address.
    Scheme(String),
    /// No port: Go says `missing port in address`.
    PortMissing,
    /// An IPv6 address that is not in brackets: Go says `too many colons in address`.
    BareIpv6,
    /// Go's own words for any other misplaced colon or bracket.
    NotSplittable(&'static str),
    /// The port is not a number without leading zeros.
    PortNotANumber,
    /// The port is not in `1 ..= 65535`.
    PortOutOfRange,
    /// Nothing stands before the port.
    HostMissing,
    /// A character that no host name has.
    HostCharacter(char),
    /// The host is no name, and no IP address either: an empty or too long label, a hyphen at the
    /// end of one, five numbers, a bracket around something that is not IPv6.
    HostMalformed,
}

/// What addresses say of the machine they are of: equal where it is surely the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MachineKey<'a> {
    /// This one.
    Loopback,
    /// The one with this name.
    Name(&'a str),
    /// The one with this address.
    Ip(Ipv6Addr),
}

const MISSING_PORT: &str = "missing port in address";
const TOO_MANY_COLONS: &str = "too many colons in address";

impl HostPort {
    /// Reads an address exactly as it will be written: nothing is trimmed or normalised.
    ///
    /// # Errors
    /// See [`HostPortError`].
    pub fn parse(text: &str) -> Result<Self, HostPortError> {
        if text.trim().is_empty() {
            return Err(HostPortError::Missing);
        }
        if let Some(stray) = text
            .chars()
            .find(|&c| c.is_whitespace() || super::is_unusable(c))
        {
            return Err(HostPortError::StrayCharacter(stray));
        }
        if let Some((scheme, _)) = text.split_once("://") {
            return Err(HostPortError::Scheme(scheme.to_owned()));
        }
        let (host, port) = split(text).map_err(|message| match message {
            _ if text.parse::<Ipv6Addr>().is_ok() => HostPortError::BareIpv6,
            MISSING_PORT => HostPortError::PortMissing,
            TOO_MANY_COLONS if looks_like_bare_ipv6_with_port(text) => HostPortError::BareIpv6,
            other => HostPortError::NotSplittable(other),
        })?;
        let port = parse_port(port)?;
        let host = if text.starts_with('[') {
            parse_ipv6(host)?
        } else {
            parse_name_or_ipv4(host)?
        };
        Ok(Self {
            text: text.into(),
            host,
            port,
        })
    }

    /// The address as it was typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host as servers look it up: without the port, and without brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        split(&self.text).map_or("", |(host, _)| host)
    }

    /// The port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Whether this is where every machine finds itself: `127.0.0.0/8`, `::1`, `localhost`.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Name(name) => &**name == "localhost" || name.ends_with(".localhost"),
            Host::V4(address) => address.is_loopback(),
            Host::V6(address, _) => {
                address.is_loopback()
                    || address
                        .to_ipv4_mapped()
                        .is_some_and(|mapped| mapped.is_loopback())
            }
        }
    }

    /// Whether this is `0.0.0.0` or `::`, which a server can listen on and nobody can dial.
    #[must_use]
    pub fn is_unspecified(&self) -> bool {
        match &self.host {
            Host::Name(_) => false,
            Host::V4(address) => address.is_unspecified(),
            Host::V6(address, _) => address.is_unspecified(),
        }
    }

    /// Whether another machine can dial it: it is neither its own [loopback](Self::is_loopback) nor
    /// [nobody's](Self::is_unspecified).
    #[must_use]
    pub fn is_dialable(&self) -> bool {
        !self.is_loopback() && !self.is_unspecified()
    }

    /// Whether both texts name the same endpoint (`LOCALHOST:7233` and `localhost:7233`).
    #[must_use]
    pub fn is_same_endpoint(&self, other: &Self) -> bool {
        self.endpoint_key() == other.endpoint_key()
    }

    /// An address of a host that has been given its name here.
    ///
    /// The name must be a host name of one label, in lower case, which is not checked.
    pub(crate) fn of_label(host: &str, port: u16) -> Self {
        Self {
            text: format!("{host}:{port}").into(),
            host: Host::Name(host.into()),
            port,
        }
    }

    /// The host, where it is a name of one label in lower case, as containers have, and not this machine.
    pub(crate) fn label(&self) -> Option<&str> {
        let host = self.text.rsplit_once(':').map_or("", |(host, _)| host);
        let is_label = matches!(&self.host, Host::Name(name) if **name == *host)
            && !host.contains('.')
            && !self.is_loopback();
        is_label.then_some(host)
    }

    /// Where this address is on every machine, if it is a loopback address.
    pub(crate) fn loopback_ip(&self) -> Option<IpAddr> {
        self.is_loopback().then_some(match &self.host {
            Host::Name(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
            Host::V4(address) => IpAddr::V4(*address),
            Host::V6(address, _) => IpAddr::V6(*address),
        })
    }

    /// Whether the host is an IPv6 address.
    pub(crate) const fn is_ipv6(&self) -> bool {
        matches!(self.host, Host::V6(..))
    }

    /// The machine that this is surely an address of.
    pub(crate) fn machine_key(&self) -> MachineKey<'_> {
        match &self.host {
            _ if self.is_loopback() => MachineKey::Loopback,
            Host::Name(name) => MachineKey::Name(name),
            Host::V4(address) => MachineKey::Ip(address.to_ipv6_mapped()),
            Host::V6(address, _) => MachineKey::Ip(*address),
        }
    }

    /// The same host with another port.
    #[must_use]
    pub fn with_port(&self, port: u16) -> String {
        let host = self.text.rsplit_once(':').map_or("", |(host, _)| host);
        format!("{host}:{port}")
    }

    /// A text that is equal for equal endpoints, for grouping.
    #[must_use]
    pub(crate) fn endpoint_key(&self) -> String {
        let (host, zone) = match &self.host {
            Host::Name(name) => return format!("{name}:{}", self.port),
            Host::V4(address) => (u128::from(address.to_ipv6_mapped()), ""),
            Host::V6(address, zone) => (u128::from(*address), zone.as_deref().unwrap_or("")),
        };
        format!("{host:x}%{zone}:{}", self.port)
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

/// Go's `net.SplitHostPort`, with its messages. Compared with the original by `tests/oracle`.
pub(crate) fn split(text: &str) -> Result<(&str, &str), &'static str> {
    let colon = text.rfind(':').ok_or(MISSING_PORT)?;
    let (host, rest_from, bracket_to) = if text.starts_with('[') {
        let end = text.find(']').ok_or("missing ']' in address")?;
        match end + 1 {
            after if after == colon => {}
            after if text[after..].starts_with(':') => return Err(TOO_MANY_COLONS),
            _ => return Err(MISSING_PORT),
        }
        (&text[1..end], 1, end + 1)
    } else {
        let host = &text[..colon];
        if host.contains(':') {
            return Err(TOO_MANY_COLONS);
        }
        (host, 0, 0)
    };
    if text[rest_from..].contains('[') {
        return Err("unexpected '[' in address");
    }
    if text[bracket_to..].contains(']') {
        return Err("unexpected ']' in address");
    }
    Ok((host, &text[colon + 1..]))
}

fn looks_like_bare_ipv6_with_port(text: &str) -> bool {
    text.rsplit_once(':')
        .is_some_and(|(host, _)| host.parse::<Ipv6Addr>().is_ok())
}

fn parse_port(text: &str) -> Result<u16, HostPortError> {
    use super::number::{NumberError, parse_number};
    match parse_number(text, 1..=65535) {
        Ok(port) => u16::try_from(port).map_err(|_| HostPortError::PortOutOfRange),
        Err(NumberError::Missing) => Err(HostPortError::PortMissing),
        Err(NumberError::NotANumber) => Err(HostPortError::PortNotANumber),
        Err(NumberError::OutOfRange(_)) => Err(HostPortError::PortOutOfRange),
    }
}

fn parse_ipv6(host: &str) -> Result<Host, HostPortError> {
    let (address, zone) = match host.split_once('%') {
        Some((address, zone)) => (address, Some(zone)),
        None => (host, None),
    };
    if let Some(zone) = zone
        && (zone.is_empty()
            || !zone
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)))
    {
        return Err(HostPortError::HostMalformed);
    }
    match address.parse() {
        Ok(address) => Ok(Host::V6(address, zone.map(Into::into))),
        Err(_) => Err(HostPortError::HostMalformed),
    }
}

/// RFC 1123 host names, and underscores: container networks use them in names.
fn parse_name_or_ipv4(host: &str) -> Result<Host, HostPortError> {
    if host.is_empty() {
        return Err(HostPortError::HostMissing);
    }
    if let Some(bad) = host
        .chars()
        .find(|c| !(c.is_ascii_alphanumeric() || "-_.".contains(*c)))
    {
        return Err(HostPortError::HostCharacter(bad));
    }
    if let Ok(address) = host.parse() {
        return Ok(Host::V4(address));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let label_is_valid = |label: &str| {
        (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    };
    let last_is_numeric = name
        .rsplit('.')
        .next()
        .is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
    if name.len() > 253 || last_is_numeric || !name.split('.').all(label_is_valid) {
        return Err(HostPortError::HostMalformed);
    }
    Ok(Host::Name(name.to_ascii_lowercase().into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_servers_dial() {
        for text in [
            "127.0.0.1:7233",
            "localhost:8233",
            "temporal.eu-west-1.internal.example:7233",
            "temporal_a:7233",
            "host.docker.internal:1",
            "example.com.:65535",
            "[::1]:7233",
            "[fe80::1%eth0]:7233",
            "[2001:db8::7]:7233",
            "TEMPORAL:7233",
        ] {
            assert!(HostPort::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn addresses_that_are_none() {
        use HostPortError::*;
        for (text, expected) in [
            ("", Missing),
            ("  ", Missing),
            (" a:1", StrayCharacter(' ')),
            ("a b:1", StrayCharacter(' ')),
            ("a:1\n", StrayCharacter('\n')),
            ("a\u{200B}:1", StrayCharacter('\u{200B}')),
            ("http://a:1", Scheme("http".into())),
            ("dns:///a:1", Scheme("dns".into())),
            ("localhost", PortMissing),
            ("localhost:", PortMissing),
            ("[::1]", PortMissing),
            ("[::1]7233", PortMissing),
            ("::1", BareIpv6),
            ("2001:db8::1:7233", BareIpv6),
            ("a:b:1", NotSplittable("too many colons in address")),
            ("[::1:7233", NotSplittable("missing ']' in address")),
            ("a]:1", NotSplittable("unexpected ']' in address")),
            ("a[:1", NotSplittable("unexpected '[' in address")),
            ("a:http", PortNotANumber),
            ("a:07233", PortNotANumber),
            ("a:0", PortOutOfRange),
            ("a:65536", PortOutOfRange),
            (":7233", HostMissing),
            ("a/b:1", HostCharacter('/')),
            ("user@a:1", HostCharacter('@')),
            ("$(id):1", HostCharacter('$')),
            ("bücher.example:1", HostCharacter('ü')),
            ("{{.Host}}:1", HostCharacter('{')),
            ("a..b:1", HostMalformed),
            ("-a:1", HostMalformed),
            ("a-.b:1", HostMalformed),
            ("256.0.0.1:1", HostMalformed),
            ("1.2.3:1", HostMalformed),
            ("[localhost]:1", HostMalformed),
            ("[]:1", HostMalformed),
            ("[fe80::1%]:1", HostMalformed),
        ] {
            assert_eq!(HostPort::parse(text), Err(expected), "{text:?}");
        }
        let long = format!("{}.example:1", "a".repeat(64));
        assert_eq!(HostPort::parse(&long), Err(HostMalformed));
    }

    #[test]
    fn hosts_are_looked_up_as_go_splits_them() {
        for (text, host) in [
            ("a.example:1", "a.example"),
            ("LOCALHOST.:1", "LOCALHOST."),
            ("[::1]:1", "::1"),
            ("[fe80::1%eth0]:1", "fe80::1%eth0"),
        ] {
            assert_eq!(HostPort::parse(text).expect("valid").host(), host);
        }
    }

    #[test]
    fn names_in_certificates_have_no_port() {
        for (text, is_name) in [
            ("temporal.example", true),
            ("10.0.0.1", true),
            ("::1", true),
            ("", false),
            ("a:1", false),
            ("[::1]", false),
            ("a b", false),
            ("*.example", false),
        ] {
            assert_eq!(HostName::parse(text).is_some(), is_name, "{text}");
        }
    }

    #[test]
    fn endpoints_are_compared_by_meaning() {
        let address = |text| HostPort::parse(text).expect("valid");
        for (left, right, same) in [
            ("LOCALHOST:1", "localhost:1", true),
            ("a.:1", "a:1", true),
            ("[::1]:1", "[0:0:0:0:0:0:0:1]:1", true),
            ("1.2.3.4:1", "[::ffff:1.2.3.4]:1", true),
            ("1.2.3.4:1", "[::1.2.3.4]:1", false),
            ("a:1", "a:2", false),
            ("a:1", "b:1", false),
        ] {
            assert_eq!(address(left).is_same_endpoint(&address(right)), same);
            assert_eq!(
                address(left).endpoint_key() == address(right).endpoint_key(),
                same
            );
        }
    }

    /// What containers can be called without being known anywhere else.
    #[test]
    fn labels_are_names_of_one_part() {
        for (text, label) in [
            ("temporal-a:7233", Some("temporal-a")),
            ("Temporal-a:7233", None),
            ("temporal-a.:7233", None),
            ("a.example:7233", None),
            ("localhost:7233", None),
            ("10.0.0.1:7233", None),
            ("[::1]:7233", None),
        ] {
            let address = HostPort::parse(text).expect("an address");
            assert_eq!(address.label(), label, "{text}");
        }
    }

    #[test]
    fn loopback_and_unspecified() {
        let address = |text| HostPort::parse(text).expect("valid");
        for text in [
            "127.0.0.1:1",
            "127.1.2.3:1",
            "localhost:1",
            "a.localhost:1",
            "[::1]:1",
        ] {
            assert!(address(text).is_loopback(), "{text}");
        }
        for text in ["10.0.0.1:1", "localhost.example:1", "[::2]:1"] {
            assert!(!address(text).is_loopback(), "{text}");
        }
        assert!(address("0.0.0.0:1").is_unspecified());
        assert!(address("[::]:1").is_unspecified());
        assert!(!address("10.0.0.1:1").is_unspecified());
        for (text, is_dialable) in [
            ("10.0.0.1:1", true),
            ("[::]:1", false),
            ("LocalHost:1", false),
        ] {
            assert_eq!(address(text).is_dialable(), is_dialable, "{text}");
        }
        assert_eq!(address("[::1]:1").with_port(7233), "[::1]:7233");
    }
}
