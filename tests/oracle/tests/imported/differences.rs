//! Where the import reads another value than the server on purpose, and why. An entry that no text
//! meets fails the test, so that nothing stands here that is no longer true.

use multicluster_oracle::judge::Release;

const ALL: &[Release] = &Release::ALL;

/// A difference that is kept.
pub(crate) struct Kept {
    /// The finding that tells the person of it.
    pub(crate) code: &'static str,
    /// What stands in the text.
    pub(crate) text: &'static str,
    pub(crate) releases: &'static [Release],
    pub(crate) reason: &'static str,
}

/// All differences that are kept.
pub(crate) const KEPT: &[Kept] = &[
    Kept {
        code: "redirection-invalid",
        text: "dcRedirectionPolicy",
        releases: ALL,
        reason: "a policy that there is none is read, and the server's frontend ends with a panic over it",
    },
    Kept {
        code: "second-document",
        text: "",
        releases: ALL,
        reason: "a server reads the first document only; what stands in another is not lost",
    },
    Kept {
        code: "key-duplicate",
        text: "",
        releases: &[Release::V1_13_0],
        reason: "the YAML reader of 1.13 takes the last of two equal keys, and later ones none",
    },
    Kept {
        code: "yaml-invalid",
        text: "",
        releases: ALL,
        reason: "what is no YAML to one reader is to another; lines are read by themselves then",
    },
    Kept {
        code: "template-value",
        text: "",
        releases: ALL,
        reason: "what is filled in later is not known; a server that gets the file unfilled takes it as it stands",
    },
    Kept {
        code: "no-clusters",
        text: "",
        releases: ALL,
        reason: "a block that names no cluster tells nothing of one",
    },
    Kept {
        code: "tag",
        text: "",
        releases: ALL,
        reason: "what a tag makes of a value differs from release to release",
    },
    Kept {
        code: "number-invalid",
        text: "",
        releases: ALL,
        reason: "infinity and what is no number is the smallest number to Go, and meant by nobody",
    },
    Kept {
        code: "no-break-spaces",
        text: "",
        releases: ALL,
        reason: "they come from web pages, where they stand for spaces",
    },
    Kept {
        code: "line-separators",
        text: "",
        releases: ALL,
        reason: "line ends of YAML 1.1, which nobody sees",
    },
    Kept {
        code: "value-wrong-shape",
        text: "",
        releases: &[Release::V1_13_0],
        reason: "a cluster without a name is none; some servers take it for one that has an empty name",
    },
    Kept {
        code: "cadence-file",
        text: "primaryClusterName",
        releases: ALL,
        reason: "a file of Cadence is nobody's file of Temporal, whatever a server reads in it",
    },
    Kept {
        code: "",
        text: "{?a",
        releases: ALL,
        reason: "in braces, YAML 1.1 takes a question mark without a space for the sign of a key",
    },
    Kept {
        code: "",
        text: "<<:",
        releases: &[Release::V1_14_1],
        reason: "to the YAML reader of 1.14, what is merged stands against an explicit nothing",
    },
];

/// A refusal that the import does not tell of.
pub(crate) struct Unsaid {
    /// Words of the server.
    pub(crate) words: &'static str,
    pub(crate) releases: &'static [Release],
    pub(crate) reason: &'static str,
}

/// All refusals that the import does not tell of.
pub(crate) const UNSAID: &[Unsaid] = &[
    Unsaid {
        words: "found incompatible YAML document",
        releases: ALL,
        reason: "nobody writes %YAML 2.0",
    },
    Unsaid {
        words: "did not find expected node content",
        releases: ALL,
        reason: "YAML 1.2 lets a file begin with `...`, and a value be a tag alone",
    },
    Unsaid {
        words: "found character that cannot start any token",
        releases: ALL,
        reason: "a block scalar within braces, which YAML does not have and our reader takes",
    },
    Unsaid {
        words: "did not find expected ',' or '}'",
        releases: ALL,
        reason: "a tag before a comma, which is another tag in YAML 1.1",
    },
    Unsaid {
        words: "map merge requires map or sequence of maps as the value",
        releases: ALL,
        reason: "a merge of what is no mapping brings no values",
    },
    Unsaid {
        words: "found unknown escape character",
        releases: ALL,
        reason: "the escape of a slash came with YAML 1.2",
    },
    Unsaid {
        words: "template: judged.yaml",
        releases: &[Release::V1_32_1],
        reason: "templates are not run; that the file has them is said",
    },
];
