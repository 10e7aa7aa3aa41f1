//! `clusterMetadata` as people write it: every spelling of every value, in every style of YAML, with
//! what gets into a file on its way: comments, tabs, other line ends, a second document.

use std::fmt::Write as _;

use crate::random::Random;

/// Whole numbers, and what is written in the place of one.
#[rustfmt::skip]
const NUMBERS: &[&str] = &[
    "1", "2", "3", "10", "100", "1000", "2147483647", "9223372036854775807", "010", "08", "09", "0777", "00", "000",
    "0", "-0", "-1", "+5", "-010", "+010", "0o10", "0O10", "0o8", "-0o7", "+0o7", "0x1F", "0X1f", "-0x1", "0x", "0xG",
    "0b11", "0B11", "-0b1", "0b2", "1_000", "1__0", "_1", "1_", "0_1", "0x_1", "1.5", "1.0", "-1.5", "1.", ".5", "1e2",
    "1E2", "1e+2", "1e-2", "1.5e3", "1e400", "1_0.5", "9223372036854775808", "18446744073709551615", "1e18", "1e19", "9007199254740993.0",
    "99999999999999999999", "-9223372036854775808", "-9223372036854775809", ".inf", "-.INF", ".NaN", "nan", "inf", "12:30",
    "190:20:30", "2024-01-01", "\"1\"", "'1'", "\"010\"", "'one'", "\"\"", "''", "\" 1\"", "one", "1 0", "1,000", "yes", "true", "~",
    "null", "Null", "NULL", "nUll", "", "1 # one", "1# one", "!!int 3", "!!int \"3\"", "!!str 3", "!!float 3", "!!float 3.5", "!!null 3", "!local 3", "!!int 010",
    "&number 4", "[1]", "{a: 1}", "[]", "{}", "|\n      1", ">-\n      2", "- 1", "1\n      2", "\"1\\n\"", "\"1\" # one", "1 ", "1\t", "\t1", "0.1e1", "1e0", "+.5", "0b", "0o", "+", "-", ".", "..", "٣", "１",
];

/// Booleans, and what is written in the place of one.
#[rustfmt::skip]
const BOOLEANS: &[&str] = &[
    "true", "false", "True", "False", "TRUE", "FALSE", "tRUE", "yes", "Yes", "YES", "yEs", "no", "No", "NO", "on", "On", "ON", "oN", "off",
    "Off", "OFF", "y", "Y", "n", "N", "t", "f", "\"true\"", "'true'", "\"yes\"", "'off'", "1", "0", "~", "null", "", "maybe", "!!bool true", "!!bool yes", "!!bool \"true\"", "!!bool \"yes\"",
    "!!str true", "!yes true", "&flag true", "[true]", "{}", "true # on", "true# on", "|\n      true", "\"\"", "''", "\"1\"", "true ", "true\t",
];

/// Names, and what is written in the place of one.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "active", "clusterA", "\"clusterA\"", "'clusterA'", "us-east-1", "a b", "a  b", "\"a\\tb\"", "'it''s'", "\"\\u00e9t\\xe9\"", "\"a\\\n      b\"", "été", "日本", "🦀",
    "010", "1.5", "0x10", "1_000", "yes", "no", "true", "on", "~", "null", "Null", "", "\"\"", "''", "\"~\"", "'null'", ".inf", ".NaN", "2024-01-01", "2001-12-14t21:59:43.10-05:00", "12:30:45", "<<", "=",
    "a#b", "a #b", "\"a #b\"", "a:b", "a: b", "a:", ":a", "-a", "- a", "?a", "? a", "@a", "`a`", "%a", "!a", "!!str a", "!!str 010", "!!str ~", "!!str", "!!int 010", "!!int 1", "!!binary YWJj", "!!null ~",
    "&name a", "*name", "*unknown", "[a]", "{a: b}", "[", "]", "}", ",a", "a,b", "|\n      a", "|-\n      a\n      b", ">\n      a\n      b", "a\n      b", "\"a\n      b\"", "'a\n\n      b'", "\"a", "'a", "\"a\" b", "\"\\q\"", "\"\\/\"",
    "a\u{A0}b", "a\u{85}b", "a\u{2028}b", "\"a\u{85}b\"", "\"a\u{2028}b\"", "a\u{FEFF}b", "a\u{200B}b", "a\u{7F}b", "a\u{1}b", "\"\\0\"", "{{ .Env.NAME }}", "${NAME}", "$NAME", "a\tb", "a\t# b", "a ", "0b1", "0o7", "1e3", "+1",
];

/// Addresses, and what is written in the place of one.
#[rustfmt::skip]
const ADDRESSES: &[&str] = &[
    "127.0.0.1:7233", "\"127.0.0.1:7233\"", "'127.0.0.1:7233'", "a.example:7233", "[::1]:7233", "\"[::1]:7233\"", "::1", "localhost", "localhost:", "host: 7233", "http://a:1", "dns:///a:1", "12:30:45", "12:30", "1:1",
    "7233", "07233", "1_0:2", ":7233", "\"\"", "", "~", "a:7233 # b", "a:7233# b", "a:7233 ", "&address a:1", "*address", "|\n      a:1", ">-\n      a:1", "$HOST:7233", "\"$HOST:7233\"", "%a:1", "yes", "0x1:2", "<nil>:1", "a:1\tb",
];

/// Spellings of the keys that a server drops or takes.
#[rustfmt::skip]
const KEYS: &[(&str, &[&str])] = &[
    ("enableGlobalNamespace", &["enableglobalnamespace", "enableGlobalNamespaces", "enableGlobalDomain", "enable_global_namespace"]),
    ("failoverVersionIncrement", &["failoverversionincrement", "failoverVersionincrement", "failoverVersionIncrment"]),
    ("masterClusterName", &["masterClustername", "MasterClusterName", "master-cluster-name"]),
    ("currentClusterName", &["currentclusterName", "CurrentClusterName", "currentClusterNane"]),
    ("clusterInformation", &["clusterinformation", "clusterInfo", "clustersInformation"]),
    ("enabled", &["enable", "Enabled"]),
    ("initialFailoverVersion", &["initialfailoverversion", "initialFailoverversion", "initialFailoverVersions"]),
    ("rpcAddress", &["rpcAdress", "rpcaddress", "RPCAddress", "rpcName"]),
    ("httpAddress", &["httpAdress", "httpaddress", "HTTPAddress"]),
];

/// The keys of one cluster.
const ENTRY_KEYS: &[&str] = &[
    "enabled",
    "initialFailoverVersion",
    "rpcAddress",
    "httpAddress",
];

/// What stands around the block in a file.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "", "", "", "log:\n  stdout: true\n  level: info\n", "persistence:\n  numHistoryShards: 4\n", "# a file\n", "services: {}\n", "anchors:\n  a: &name north\n  b: &address \"n:1\"\n",
    "defaults: &entry\n  enabled: true\n  rpcAddress: \"merged:1\"\n  initialFailoverVersion: 7\n", "unknown: [1, {a: b}]\n", "dcRedirectionPolicy:\n  policy: \"noop\"\n",
    "dcRedirectionPolicy: {policy: all-apis-forwarding} # forwards\n", "dcRedirectionPolicy:\n  policy:\n  toDC: x\n", "dcRedirectionPolicy: {policy: all}\n", "dcRedirectionPolicy:\n", "dcRedirectionPolicy: noop\n",
    "global:\n  tls:\n    remoteClusters:\n      \"n.example\":\n        client:\n          serverName: n\n          rootCaFiles:\n            - /ca.pem\n        server:\n          requireClientAuth: true\n          certFile: /c.pem\n          keyFile: \"/k.pem\"\n",
    "global: {tls: {remoteClusters: {10.0.0.1: {client: {forceTLS: yes, serverName: 010}}, ~: {client: {rootCaFiles: [a, 010, ~, 'b']}}}}}\n",
    "global:\n  tls:\n    frontend: {}\n    remoteClusters: {a: , b: {client: , server: {certFile: /c, keyFile: /k, requireClientAuth: false}}, c: {client: {disableHostVerification: true, forceTLS: on}}}\n",
    "global: {tls: {remoteClusters: {a: {client: {rootCaFiles: /ca.pem}}}}}\n", "global: {tls: {remoteClusters: {a: {client: {forceTLS: \"true\", rootCAFiles: [a]}}}}}\n", "global: {tls: {remoteClusters: [a]}}\n",
    "global: x\n", "global: {tls: }\n", "global: {tls: x}\n", "global: {membership: {maxJoinDuration: 30s}}\n", "global: {tls: {remoteClusters: {a: {client: {forceTLS: true}}, a: {client: {}}}}}\n", "global: {tls: {remoteClusters: {a: {server: x}}}}\n",
];

/// What comes before a file.
#[rustfmt::skip]
const BEGINS: &[&str] = &[
    "", "", "", "", "", "---\n", "--- # one\n", "\u{FEFF}", "\u{FEFF}---\n", "%YAML 1.1\n---\n", "%YAML 1.2\n---\n", "%YAML 2.0\n---\n", "%TAG ! !x\n---\n", "# a comment\n", "\n\n", "  \n", "\t\n", "...\n", "---\n---\n", "log: {}\n---\n", "---\n# nothing\n---\n", "# enable-template\n", "--- !!map\n",
];

/// What comes after it.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "", "", "", "", "", "...\n", "---\n", "---\nclusterMetadata: {currentClusterName: other, clusterInformation: {other: {initialFailoverVersion: 9, rpcAddress: \"o:1\"}}}\n",
    "...\nclusterMetadata: {}\n", "# the end", "\n\n\t\n", "\u{0}", "clusterMetadata:\n  currentClusterName: again\n", "]\n", "  x\n", "clusterMetadata\n", "'\n", "---\n[\n", "\u{85}", "\u{2028}# a\n",
];

/// A text with this number.
pub fn text(seed: u64, number: usize) -> String {
    random_text(&mut Random::of_case(seed, number))
}

/// A text by chance.
pub fn random_text(random: &mut Random) -> String {
    // Most faults stand alone, so that one does not hide another.
    let oddity = random.pick(&[0, 0, 1, 2, 5, 20]);
    let unusual = random.pick(&[3, 5, 10, 10, 20, 50]);
    let mut writer = Writer {
        random,
        oddity,
        unusual,
    };
    let mut text = writer.file();
    if writer.odd() {
        text = text.replace('\n', "\r\n");
    }
    if writer.rarely() {
        text = text.replace('\n', "\r");
    }
    if writer.odd() {
        text.truncate(text.trim_end().len());
    }
    text
}

struct Writer<'r> {
    random: &'r mut Random,
    /// In so many cases of a hundred something is as nobody expects it.
    oddity: usize,
    /// In so many cases of a hundred a value is another one than the usual.
    unusual: usize,
}

impl Writer<'_> {
    fn odd(&mut self) -> bool {
        self.random.percent(self.oddity)
    }

    fn rarely(&mut self) -> bool {
        self.odd() && self.random.percent(10)
    }

    fn file(&mut self) -> String {
        let mut file = String::new();
        if self.random.percent(self.unusual) {
            file += self.random.pick(BEGINS);
        }
        let beside = self.random.pick(BESIDE);
        file += beside;
        file += &if self.random.percent(15) {
            self.flow_block()
        } else {
            self.block(beside.contains("&entry"))
        };
        if self.random.percent(self.unusual) {
            file += &self.random.pick(BESIDE).replace("defaults", "others");
        }
        if self.random.percent(self.unusual) {
            file += self.random.pick(ENDS);
        }
        file
    }

    fn block(&mut self, may_merge: bool) -> String {
        let indent = " ".repeat(self.random.pick(&[2, 2, 2, 4, 1, 3]));
        let mut lines = vec![self.key("clusterMetadata") + ":"];
        for key in self.keys(&[
            "enableGlobalNamespace",
            "failoverVersionIncrement",
            "masterClusterName",
            "currentClusterName",
        ]) {
            let line = self.line(key);
            lines.push(format!("{indent}{line}"));
        }
        let clusters = self.key("clusterInformation");
        lines.push(format!("{indent}{clusters}:"));
        for _ in 0..self.random.pick(&[1, 1, 1, 2, 2, 3, 0]) {
            let name = self.cluster_name();
            let anchor = if self.odd() { " &other" } else { "" };
            lines.push(format!("{indent}{indent}{name}:{anchor}"));
            if may_merge && self.random.percent(40) {
                let merge = self.random.pick(&[
                    "<<: *entry",
                    "<<: [*entry]",
                    "\"<<\": *entry",
                    "<<: [*entry, {rpcAddress: x}]",
                    "!!merge <<: *entry",
                    "<<: entry",
                ]);
                lines.push(format!("{indent}{indent}{indent}{merge}"));
            }
            for key in self.keys(ENTRY_KEYS) {
                let line = self.line(key);
                lines.push(format!("{indent}{indent}{indent}{line}"));
            }
        }
        self.disturb(&mut lines);
        lines.join("\n") + "\n"
    }

    /// Comments, blank lines, tabs and lost indentation, here and there.
    fn disturb(&mut self, lines: &mut Vec<String>) {
        if self.odd() {
            let at = self.random.below(lines.len() + 1);
            let line = self.random.pick(&[
                "# comment",
                "      # comment",
                "",
                "   ",
                "\t",
                "\t# comment",
                "#clusterInformation:",
                "  #: [",
                "# {{ x }}",
            ]);
            lines.insert(at, line.to_owned());
        }
        if self.rarely() {
            let at = self.random.below(lines.len());
            lines[at] = match self.random.below(5) {
                0 => lines[at].replacen("  ", "\t", 1),
                1 => format!("\t{}", lines[at]),
                2 => format!(" {}", lines[at]),
                3 => lines[at].trim_start().to_owned(),
                _ => lines[at].replacen(": ", ":", 1),
            };
        }
        if self.rarely() {
            let at = self.random.below(lines.len());
            let again = lines[at].clone();
            lines.push(again);
        }
    }

    fn flow_block(&mut self) -> String {
        let mut text = format!("{}: {{", self.key("clusterMetadata"));
        for key in self.keys(&[
            "enableGlobalNamespace",
            "failoverVersionIncrement",
            "masterClusterName",
            "currentClusterName",
        ]) {
            let line = self.line(key);
            let _ = write!(text, "{line}, ");
        }
        let name = self.cluster_name();
        let entry: Vec<String> = self
            .keys(ENTRY_KEYS)
            .into_iter()
            .map(|key| self.line(key))
            .collect();
        let clusters = self.key("clusterInformation");
        let _ = write!(text, "{clusters}: {{{name}: {{{}}}}}}}", entry.join(", "));
        if self.odd() {
            text = text.replace(": ", ":");
        }
        if self.odd() {
            text = text.replace(", ", ",\n");
        }
        text + "\n"
    }

    /// Keys of a mapping: not always all, not always in this order, some of them twice.
    fn keys(&mut self, all: &[&'static str]) -> Vec<&'static str> {
        let mut keys = all.to_vec();
        if self.random.percent(20) {
            let by = self.random.below(keys.len());
            keys.rotate_left(by);
        }
        if self.random.percent(10) {
            keys.remove(self.random.below(keys.len()));
        }
        if self.odd() && !keys.is_empty() {
            keys.push(self.random.pick(all));
        }
        keys
    }

    fn line(&mut self, key: &str) -> String {
        let values = match key {
            "enableGlobalNamespace" | "enabled" => BOOLEANS,
            "failoverVersionIncrement" | "initialFailoverVersion" => NUMBERS,
            "rpcAddress" | "httpAddress" => ADDRESSES,
            _ => NAMES,
        };
        let value = if self.random.percent(self.unusual) {
            self.random.pick(values)
        } else {
            values[0]
        };
        let key = self.key(key);
        let between = if self.odd() {
            self.random.pick(&[":  ", ":\t", " : ", ": \t"])
        } else {
            ": "
        };
        let after = if self.odd() {
            self.random
                .pick(&[" # comment", " ", "\t", "  # {{ x }}", "#x"])
        } else {
            ""
        };
        format!("{key}{between}{value}{after}")
    }

    fn key(&mut self, key: &str) -> String {
        if self.odd() {
            return match self.random.below(4) {
                0 => format!("\"{key}\""),
                1 => format!("'{key}'"),
                // In front of a whole file it would be a tag of the file to some readers.
                2 if key != "clusterMetadata" => format!("!!str {key}"),
                _ => {
                    let known = KEYS.iter().find(|(known, _)| *known == key);
                    known
                        .map_or(key, |(_, spellings)| self.random.pick(spellings))
                        .to_owned()
                }
            };
        }
        key.to_owned()
    }

    /// The name of a cluster as a key, which cannot have line ends in it.
    fn cluster_name(&mut self) -> String {
        if !self.random.percent(self.unusual) {
            return self
                .random
                .pick(&["active", "active", "standby", "clusterA"])
                .to_owned();
        }
        let name = self.random.pick(NAMES);
        name.replace('\n', " ")
    }
}
