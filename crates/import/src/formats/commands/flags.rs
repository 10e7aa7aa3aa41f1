//! The flags of both tools, and how each tool reads them.
//!
//! Those of tctl are of `--help` of 1.13.0, 1.14.1 and 1.18.0, and of the source of every release from 1.16
//! to 1.18. Those of temporal are of `--help` of 1.5.1, of the code that is generated for every release from
//! 1.0.0 to 1.8.2, and of the source of 0.9.

use super::words::Word;
use crate::template;

/// A flag that some release of a tool has.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Flag {
    pub(super) name: &'static str,
    /// Its other name; for temporal a letter, which stands behind one dash.
    alias: &'static str,
    is_switch: bool,
    /// Within a sentence, the releases that have it, where not all do.
    pub(super) only: Option<&'static str>,
}

const fn value(name: &'static str) -> Flag {
    Flag {
        name,
        alias: "",
        is_switch: false,
        only: None,
    }
}

const fn switch(name: &'static str) -> Flag {
    Flag {
        is_switch: true,
        ..value(name)
    }
}

impl Flag {
    const fn or(self, alias: &'static str) -> Self {
        Self { alias, ..self }
    }

    const fn only(self, releases: &'static str) -> Self {
        Self {
            only: Some(releases),
            ..self
        }
    }
}

/// In front of the command of tctl.
pub(super) const TCTL: &[Flag] = &[
    value("address").or("ad"),
    value("namespace").or("ns"),
    value("auth").only("1.16 and later"),
    value("context_timeout").or("ct"),
    switch("auto_confirm"),
    value("tls_cert_path"),
    value("tls_key_path"),
    value("tls_ca_path"),
    switch("tls_disable_host_verification"),
    value("tls_server_name"),
    value("headers_provider_plugin").or("hpp"),
    value("data_converter_plugin").or("dcp"),
    value("codec_endpoint").only("1.16 and later"),
    value("codec_auth").only("1.16 and later"),
    switch("help").or("h"),
    switch("version").or("v"),
];
/// Behind `admin`, in front of `cluster`.
pub(super) const TCTL_ADMIN: &[Flag] = &[switch("help").or("h")];
pub(super) const TCTL_UPSERT: &[Flag] = &[
    value("frontend_address").or("fad"),
    switch("enable_connection").or("ec"),
    switch("help").or("h"),
];
/// Of `remove-remote-cluster` and of `describe`.
pub(super) const TCTL_OF_A_CLUSTER: &[Flag] = &[value("cluster"), switch("help").or("h")];
pub(super) const TCTL_LIST: &[Flag] = &[value("pagesize"), switch("help").or("h")];

/// Of every command of temporal.
pub(super) const TEMPORAL: &[Flag] = &[
    value("address"),
    value("api-key"),
    value("client-authority").only("1.5 and later"),
    value("client-connect-timeout").only("1.5 and later"),
    value("codec-auth"),
    value("codec-endpoint"),
    value("codec-header").only("1.3 and later"),
    value("color"),
    value("command-timeout").only("1.1.1 and later"),
    value("config-file").only("1.4 and later"),
    value("context-timeout").only("0.13 and earlier"),
    switch("disable-config-env").only("1.4 and later"),
    switch("disable-config-file").only("1.4 and later"),
    value("env"),
    value("env-file"),
    value("grpc-meta"),
    switch("help").or("h"),
    value("identity").only("1.5 and later"),
    value("log-format"),
    value("log-level"),
    value("namespace").or("n"),
    switch("no-json-shorthand-payloads"),
    value("output").or("o"),
    value("profile").only("1.4 and later"),
    value("time-format"),
    switch("tls"),
    value("tls-ca-data"),
    value("tls-ca-path"),
    value("tls-cert-data"),
    value("tls-cert-path"),
    switch("tls-disable-host-verification"),
    value("tls-key-data"),
    value("tls-key-path"),
    value("tls-server-name"),
];
pub(super) const TEMPORAL_UPSERT: &[Flag] = &[
    value("frontend-address"),
    switch("enable-connection"),
    switch("enable-replication").only("1.6 and later"),
];
pub(super) const TEMPORAL_REMOVE: &[Flag] = &[value("name")];
pub(super) const TEMPORAL_DESCRIBE: &[Flag] =
    &[switch("detail"), value("fields").only("0.13 and earlier")];
pub(super) const TEMPORAL_LIST: &[Flag] = &[
    value("limit"),
    value("fields").only("0.13 and earlier"),
    value("pager").only("0.13 and earlier"),
    switch("no-pager").only("0.13 and earlier"),
];

/// The flags that were given, and the other words.
#[derive(Default)]
pub(super) struct Given {
    flags: Vec<(&'static Flag, Word)>,
    pub(super) words: Vec<Word>,
    /// What the tool ends with, as it refuses a flag; it reads no further.
    pub(super) refused: Option<String>,
    /// The flags that no release has.
    pub(super) unknown: usize,
}

impl Given {
    /// The last one counts.
    pub(super) fn value(&self, name: &str) -> Option<Word> {
        let mut named = self.flags.iter().rev();
        let found = named.find(|(flag, _)| flag.name == name);
        found.map(|(_, value)| value.clone())
    }

    pub(super) fn is_on(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(|value| parse_bool(&value.text))
    }

    /// A flag that only some releases have.
    pub(super) fn of_some_releases(&self) -> Option<&'static Flag> {
        let mut flags = self.flags.iter().map(|(flag, _)| *flag);
        flags.find(|flag| flag.only.is_some())
    }

    fn refuse(&mut self, message: String) {
        self.refused.get_or_insert(message);
    }

    fn push(&mut self, flag: &'static Flag, text: &str, at: usize) {
        let text = text.to_owned();
        self.flags.push((flag, Word { text, at }));
    }
}

/// Flags as Go's own package reads them, for tctl: one dash or two, `=value` or the next word, and nothing
/// behind the first other word is a flag.
pub(super) fn go(arguments: &[Word], known: &'static [Flag]) -> Given {
    let mut given = Given::default();
    let mut rest = arguments.iter();
    while let Some(word) = rest.as_slice().first() {
        let Some(dashed) = word.text.strip_prefix('-').filter(|it| !it.is_empty()) else {
            break;
        };
        rest.next();
        if dashed == "-" {
            break;
        }
        let dashed = dashed.strip_prefix('-').unwrap_or(dashed);
        let (name, text) = split(dashed);
        let Some(flag) = known.iter().find(|it| it.name == name || it.alias == name) else {
            given.unknown += 1;
            given.refuse(format!("flag provided but not defined: -{name}"));
            break;
        };
        match text.or_else(|| flag.is_switch.then_some("true")) {
            Some(text) if flag.is_switch && parse_bool(text).is_none() && !is_open(text) => {
                given.refuse(format!(
                    "invalid boolean value \"{text}\" for -{name}: parse error"
                ));
                break;
            }
            Some(text) => given.push(flag, text, word.at),
            None => match rest.next() {
                Some(value) => given.push(flag, &value.text, value.at),
                None => given.refuse(format!("flag needs an argument: -{name}")),
            },
        }
    }
    given.words = rest.cloned().collect();
    given
}

/// Flags as pflag reads them, for temporal: two dashes, one for a single letter, anywhere between other words.
pub(super) fn posix(arguments: &[Word], known: &[&'static [Flag]]) -> Given {
    let mut given = Given::default();
    let mut rest = arguments.iter();
    while let Some(word) = rest.next() {
        if word.text == "--" {
            given.words.extend(rest.cloned());
            break;
        }
        if let Some(dashed) = word.text.strip_prefix("--") {
            let (name, text) = split(dashed);
            let flag = find(known, |flag| flag.name == name);
            given.posix(flag, &format!("--{name}"), text, word, &mut rest);
        } else if let Some(letters) = word.text.strip_prefix('-').filter(|it| !it.is_empty()) {
            let letter = &letters[..letters.chars().next().map_or(0, char::len_utf8)];
            let flag = find(known, |flag| flag.alias == letter);
            let behind = letters[letter.len()..].trim_start_matches('=');
            let text = Some(behind).filter(|text| !text.is_empty());
            given.posix(
                flag,
                &format!("'{letter}' in -{letters}"),
                text,
                word,
                &mut rest,
            );
        } else {
            given.words.push(word.clone());
        }
    }
    given
}

impl Given {
    /// A flag of temporal; `shown` is what its messages call it.
    fn posix<'w>(
        &mut self,
        flag: Option<&'static Flag>,
        shown: &str,
        text: Option<&str>,
        word: &Word,
        rest: &mut impl Iterator<Item = &'w Word>,
    ) {
        let Some(flag) = flag else {
            self.unknown += 1;
            let kind = if shown.starts_with('-') {
                ""
            } else {
                "shorthand "
            };
            return self.refuse(format!("unknown {kind}flag: {shown}"));
        };
        match text.or_else(|| flag.is_switch.then_some("true")) {
            Some(text) if flag.is_switch && parse_bool(text).is_none() && !is_open(text) => {
                self.refuse(format!(
                    "invalid argument \"{text}\" for \"{shown}\" flag: strconv.ParseBool: parsing \"{text}\": invalid syntax"
                ));
            }
            Some(text) => self.push(flag, text, word.at),
            None => match rest.next() {
                Some(value) => self.push(flag, &value.text, value.at),
                None => self.refuse(format!("flag needs an argument: {shown}")),
            },
        }
    }
}

fn find(known: &[&'static [Flag]], is_it: impl Fn(&Flag) -> bool) -> Option<&'static Flag> {
    known.iter().copied().flatten().find(|flag| is_it(flag))
}

fn split(flag: &str) -> (&str, Option<&str>) {
    flag.split_once('=')
        .map_or((flag, None), |(name, text)| (name, Some(text)))
}

/// What nobody knows here: it is filled in later.
pub(super) fn is_open(text: &str) -> bool {
    text.starts_with('$') || template::is_placeholder(text)
}

/// Go's `strconv.ParseBool`.
pub(super) fn parse_bool(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}
