//! Where our verdict differs from the server's on purpose, and why. An entry that no case uses
//! fails the test, so that nothing stands here that is no longer true.

use multicluster_core::Draft;
use multicluster_oracle::judge::{Refusal, Release, Stage};

use crate::File;

const ALL: &[Release] = &Release::ALL;
const V1_13: &[Release] = &[Release::V1_13_0];
const BEFORE_1_30: &[Release] = &[Release::V1_13_0, Release::V1_14_1];
const SINCE_1_14: &[Release] = &[Release::V1_14_1, Release::V1_32_1];
const V1_32: &[Release] = &[Release::V1_32_1];

/// The entries of all lists that are for a release: the list, the place in it, what it is, why.
pub(crate) fn entries(release: Release) -> Vec<(Entry, &'static str, &'static str)> {
    let kept = KEPT.iter();
    let kept = kept.map(|kept| (kept.releases, kept.code, kept.reason));
    let later = SAID_LATER.iter();
    let later = later.map(|later| (later.releases, later.begin, later.reason));
    let other = OTHER_WORDS.iter();
    let other = other.map(|other| (other.releases, other.codes[0], other.reason));
    let without = WITHOUT_WORDS.iter();
    let without = without.map(|without| (without.releases, without.codes[0], without.reason));
    let lists: [(&str, Vec<_>); 4] = [
        ("KEPT", kept.collect()),
        ("SAID_LATER", later.collect()),
        ("OTHER_WORDS", other.collect()),
        ("WITHOUT_WORDS", without.collect()),
    ];
    let mut entries = Vec::new();
    for (list, of_list) in lists {
        for (at, (releases, what, reason)) in of_list.into_iter().enumerate() {
            if releases.contains(&release) {
                entries.push(((list, at), what, reason));
            }
        }
    }
    entries
}

/// A list of this file, by name, and a place in it.
pub(crate) type Entry = (&'static str, usize);

/// A file that core refuses and a server starts on.
pub(crate) struct Kept {
    pub(crate) code: &'static str,
    /// Where the server starts; elsewhere it must refuse as well.
    pub(crate) releases: &'static [Release],
    /// The texts with which it starts.
    pub(crate) with: fn(&str) -> bool,
    /// Whether the words that core repeats are not about this file alone: about an empty text, or about what is in a
    /// database.
    pub(crate) words_elsewhere: bool,
    pub(crate) reason: &'static str,
}

const fn kept(code: &'static str, releases: &'static [Release], reason: &'static str) -> Kept {
    Kept {
        code,
        releases,
        with: |_| true,
        words_elsewhere: false,
        reason,
    }
}

const fn kept_with(
    code: &'static str,
    releases: &'static [Release],
    with: fn(&str) -> bool,
    reason: &'static str,
) -> Kept {
    Kept {
        with,
        ..kept(code, releases, reason)
    }
}

const NOT_DIALLED: &str = "at its start a server neither splits nor dials the addresses in its \
     file; who connects to such an address fails, and since 1.16 the server process dies of it";

const ONE_FILE_ONLY: &str = "since 1.14 a file holds one cluster, and each is right by itself; \
     connecting them is refused";

const OTHER_SPELLING: &str = "a YAML reader takes it for another number than a person does, or \
     cuts it: 010 for 8, 1.5 for 1";

/// The largest increment; no initial version is as large.
const MOST: i64 = 2_147_483_647;

const fn kept_unseen(code: &'static str, reason: &'static str) -> Kept {
    Kept {
        words_elsewhere: true,
        ..kept_with(code, ALL, is_unseen, reason)
    }
}

/// What the judges' databases cannot show: they are as at a first start. `tests/servers` shows it.
const fn kept_of_database(code: &'static str) -> Kept {
    Kept {
        words_elsewhere: true,
        ..kept(
            code,
            ALL,
            "the file is right for a first start; the database of a running cluster holds something else",
        )
    }
}

/// All files that core refuses and a server starts on.
pub(crate) const KEPT: &[Kept] = &[
    kept_of_database("running-increment-changed"),
    kept_of_database("running-renamed"),
    kept_of_database("running-renumbered"),
    kept(
        "server-version-unknown",
        V1_32,
        "the release is not in the file",
    ),
    kept_with(
        "increment-out-of-range",
        BEFORE_1_30,
        |text| is_plain_number(text) && !text.starts_with('-'),
        "servers before 1.30 take more than 2147483647, and then break in replication streams",
    ),
    kept_with(
        "increment-out-of-range",
        ALL,
        |text| !is_plain_number(text),
        OTHER_SPELLING,
    ),
    kept(
        "increment-too-small",
        SINCE_1_14,
        "there is a number for this cluster, but not for all of them",
    ),
    kept("initial-version-duplicate", SINCE_1_14, ONE_FILE_ONLY),
    kept_with(
        "initial-version-out-of-range",
        BEFORE_1_30,
        |text| text.trim().parse().is_ok_and(|number: i64| number >= MOST),
        "only increments above 2147483647 have room for it, which servers before 1.30 take",
    ),
    kept_with(
        "initial-version-not-a-number",
        ALL,
        |text| !is_plain_number(text),
        OTHER_SPELLING,
    ),
    kept_unseen(
        "name-missing",
        "a server takes white space for a name, and no person can tell it from none",
    ),
    kept(
        "name-unusable-character",
        ALL,
        "a server takes any text; this one nobody can see, type or trust in a log or a script",
    ),
    kept(
        "name-surrounding-space",
        ALL,
        "a server takes any text; white space at its ends gets lost wherever it is typed",
    ),
    kept(
        "name-too-long",
        ALL,
        "a server does not count; the SQL databases hold 255",
    ),
    kept(
        "name-duplicate",
        V1_13,
        "the YAML reader of 1.13 keeps the last of two equal keys without a word",
    ),
    kept("name-duplicate", SINCE_1_14, ONE_FILE_ONLY),
    kept_unseen("address-missing", NOT_DIALLED),
    kept("address-stray-character", ALL, NOT_DIALLED),
    kept("address-scheme", ALL, NOT_DIALLED),
    kept("address-port-missing", ALL, NOT_DIALLED),
    kept("address-ipv6-brackets", ALL, NOT_DIALLED),
    kept("address-not-splittable", ALL, NOT_DIALLED),
    kept("address-port-invalid", ALL, NOT_DIALLED),
    kept("address-host-missing", ALL, NOT_DIALLED),
    kept("address-host-invalid", ALL, NOT_DIALLED),
    kept("address-duplicate", ALL, NOT_DIALLED),
];

/// Words of a server that core repeats and that are no words of its start.
pub(crate) struct SaidLater {
    /// How the words begin.
    pub(crate) begin: &'static str,
    pub(crate) releases: &'static [Release],
    pub(crate) reason: &'static str,
}

/// All words that are said after the start.
pub(crate) const SAID_LATER: &[SaidLater] = &[
    SaidLater {
        begin: "address ",
        releases: BEFORE_1_30,
        reason: "said on connecting to the address",
    },
    SaidLater {
        begin: "Invalid rpcAddress for remote cluster … address ",
        releases: V1_32,
        reason: "said on connecting to the address",
    },
    SaidLater {
        begin: "Cannot update current cluster metadata from rpc calls",
        releases: SINCE_1_14,
        reason: "said on connecting the two clusters",
    },
    SaidLater {
        begin: "Cannot add remote cluster due to initial failover version conflict",
        releases: SINCE_1_14,
        reason: "said on connecting the two clusters",
    },
];

/// Words of a server that core repeats differently.
pub(crate) struct OtherWords {
    pub(crate) codes: &'static [&'static str],
    pub(crate) releases: &'static [Release],
    /// Whether these are the words: those of core, those of the server.
    pub(crate) same: fn(&File, &str, &str) -> bool,
    pub(crate) reason: &'static str,
}

/// All words that core repeats differently.
pub(crate) const OTHER_WORDS: &[OtherWords] = &[
    OtherWords {
        codes: &["increment-out-of-range"],
        releases: &[Release::V1_13_0, Release::V1_32_1],
        same: same_of_another_cluster,
        reason: "a negative increment is too small for every cluster: core names the first one, \
                 the server the one that its map or its file brings first",
    },
    OtherWords {
        codes: &["name-missing"],
        releases: V1_13,
        same: |file, _, said| {
            !file.own().name.is_empty() && said == "Cluster name in all cluster names is empty"
        },
        reason: "core repeats what the nameless cluster itself says; before 1.14 all others list \
                 it, and say this",
    },
    OtherWords {
        codes: &["increment-out-of-range"],
        releases: ALL,
        same: |file, _, said| is_beyond_64_bits(&file.case.draft.increment) && is_of_clamped(said),
        reason: CLAMPED,
    },
    OtherWords {
        codes: &["initial-version-out-of-range"],
        releases: ALL,
        same: |file, _, said| {
            let mut clusters = file.case.draft.clusters.iter();
            clusters.any(|cluster| is_beyond_64_bits(&cluster.initial_version))
                && is_of_clamped(said)
        },
        reason: CLAMPED,
    },
    OtherWords {
        codes: &["initial-version-missing"],
        releases: ALL,
        same: |file, _, said| {
            let mut clusters = file.case.draft.clusters.iter();
            clusters.any(|cluster| is_unseen(&cluster.initial_version))
                && said.contains("` into int64")
        },
        reason: "core takes every white space for nothing, a YAML reader only that of ASCII",
    },
    OtherWords {
        codes: &[
            "address-missing",
            "initial-version-duplicate",
            "initial-version-missing",
            "initial-version-out-of-range",
        ],
        releases: V1_32,
        same: |_, core, said| unescaped(core) == unescaped(said),
        reason: "Go escapes what its Unicode tables call unassigned; core has no such tables",
    },
];

/// Problems of which core repeats no words, although the server refuses.
pub(crate) struct WithoutWords {
    pub(crate) codes: &'static [&'static str],
    pub(crate) releases: &'static [Release],
    /// Whether this is the refusal, of a file with this text in the place of the problem.
    pub(crate) said: fn(&File, &str, &Refusal) -> bool,
    pub(crate) reason: &'static str,
}

/// All problems of which core repeats no words.
pub(crate) const WITHOUT_WORDS: &[WithoutWords] = &[
    WithoutWords {
        codes: &["increment-out-of-range"],
        releases: ALL,
        said: |_, text, _| !text.trim().is_empty() && !is_plain_number(text),
        reason: OWN_WORDS,
    },
    WithoutWords {
        codes: &["increment-out-of-range"],
        releases: ALL,
        said: |file, text, refusal| {
            is_blank(text) && refusal.message == increment_zero(file.release())
                || is_unseen(text) && refusal.stage == Stage::Parse
        },
        reason: "an increment that is missing is 0 to the server; that it is missing says more",
    },
    WithoutWords {
        codes: &[
            "increment-out-of-range",
            "initial-version-missing",
            "initial-version-out-of-range",
        ],
        releases: ALL,
        said: |file, _, refusal| has_two_wrong_numbers(&file.case.draft) && is_of_number(refusal),
        reason: "the words hold a number that is wrong as well",
    },
    WithoutWords {
        codes: &["initial-version-not-a-number"],
        releases: ALL,
        said: |_, text, _| !is_plain_number(text),
        reason: OWN_WORDS,
    },
    WithoutWords {
        codes: &["address-missing"],
        releases: ALL,
        said: |file, text, refusal| {
            text.is_empty()
                && has_other_problem(file, "name-")
                && (refusal.message.ends_with(": RPCAddress is empty")
                    || refusal
                        .message
                        .ends_with(": RPCAddress must not be empty when Enabled=true"))
        },
        reason: "the words hold a name that is wrong as well",
    },
];

const OWN_WORDS: &str = "a YAML reader refuses it in words that differ from text to text, or takes \
     it for a number that is out of range";

/// Whether core also refuses the file for a problem of this kind.
fn has_other_problem(file: &File, kind: &str) -> bool {
    let mut codes = file.blocked_by.iter().map(|found| found.code.as_str());
    codes.any(|code| code.starts_with(kind))
}

/// Whether both the increment and an initial version are none.
fn has_two_wrong_numbers(draft: &Draft) -> bool {
    let number = |text: &str| {
        let number = is_plain_number(text).then(|| text.trim().parse().ok());
        number.flatten().unwrap_or(0)
    };
    let mut clusters = draft.clusters.iter();
    number(&draft.increment) < 1
        && clusters.any(|cluster| !(1..i32::MAX).contains(&number(&cluster.initial_version)))
}

fn is_of_number(refusal: &Refusal) -> bool {
    let said = &refusal.message;
    match refusal.stage {
        Stage::Parse => said.contains("` into int64"),
        Stage::Validate => {
            said.starts_with("Version increment ") || said.contains("InitialFailoverVersion")
        }
    }
}

/// Whether there is nothing in a text that can be seen.
fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Whether a text is something to a server that is nothing to a person.
fn is_unseen(text: &str) -> bool {
    !text.is_empty() && is_blank(text)
}

fn increment_zero(release: Release) -> &'static str {
    match release {
        Release::V1_13_0 | Release::V1_14_1 => "Version increment is 0",
        Release::V1_32_1 => "Version increment <= 0 or > 2147483647",
    }
}

const CLAMPED: &str = "core holds a number beyond 64 bits to be the last that fits, and repeats \
     what the server says of that one; a YAML reader refuses it";

/// Whether a number does not fit into what core and servers count with.
fn is_beyond_64_bits(text: &str) -> bool {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    !digits.is_empty()
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && digits.parse::<i64>().is_err()
}

/// What servers say of a number that does not fit, and of the first negative one, which does.
fn is_of_clamped(said: &str) -> bool {
    said.contains("` into int64") || said.contains(&i64::MIN.to_string())
}

/// A number as core reads it, which every YAML reader takes for the same.
pub(crate) fn is_plain_number(text: &str) -> bool {
    let text = text.trim();
    let digits = text.strip_prefix('-').unwrap_or(text);
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    digits.bytes().all(|byte| byte.is_ascii_digit()) && !leading_zero && text.parse::<i64>().is_ok()
}

/// Whether both say the same, of two clusters of the draft.
fn same_of_another_cluster(file: &File, core: &str, said: &str) -> bool {
    let (core, said) = (unescaped(core), unescaped(said));
    let clusters = &file.case.draft.clusters;
    clusters.iter().any(|named| {
        clusters.iter().any(|other| {
            let from = said_of(&named.name, &named.initial_version);
            let to = said_of(&other.name, &other.initial_version);
            let mut pairs = from.iter().zip(&to);
            pairs.any(|(from, to)| core.contains(from) && core.replace(from, to) == said)
        })
    })
}

/// The part of the words that is about one cluster, in 1.32 and before.
fn said_of(name: &str, version: &str) -> [String; 2] {
    let version = version.trim();
    [
        format!("cluster \"{name}\": InitialFailoverVersion ({version}) must be <"),
        format!("initial version: {version}."),
    ]
}

/// A text without the escapes that Go's `%q` puts in.
fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, escape)) = rest.split_once('\\') {
        plain.push_str(before);
        let (c, length) = match escape.as_bytes().first() {
            Some(b'x') => (code(escape, 2), 3),
            Some(b'u') => (code(escape, 4), 5),
            Some(b'U') => (code(escape, 8), 9),
            Some(b'a') => ('\x07', 1),
            Some(b'b') => ('\x08', 1),
            Some(b't') => ('\t', 1),
            Some(b'n') => ('\n', 1),
            Some(b'v') => ('\x0B', 1),
            Some(b'f') => ('\x0C', 1),
            Some(b'r') => ('\r', 1),
            Some(&other) => (other.into(), 1),
            None => ('\\', 0),
        };
        plain.push(c);
        rest = escape.get(length..).unwrap_or_default();
    }
    plain + rest
}

fn code(escape: &str, digits: usize) -> char {
    let digits = escape.get(1..=digits).unwrap_or_default();
    let code = u32::from_str_radix(digits, 16).ok();
    code.and_then(char::from_u32).unwrap_or('\u{FFFD}')
}

#[test]
fn escapes_of_go_are_read() {
    assert_eq!(
        unescaped(r#"a\\u0041\"\x7f\u0378\U0001fffeb"#),
        "a\\u0041\"\x7F\u{378}\u{1FFFE}b"
    );
}
