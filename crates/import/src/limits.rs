//! How much is read. What is beyond is reported, never read in part without a word.

/// The largest source, in bytes. The largest real one that was met, sixty rendered manifests, has 0.3 MB.
pub(crate) const SOURCE_BYTES: usize = 4 << 20;
/// The most sources in one import, members of archives included.
pub(crate) const SOURCES: usize = 1000;
/// How deep collections may stand within each other. Kubernetes needs about 15.
pub(crate) const DEPTH: usize = 64;
/// The most nodes of one text, with every alias counted as often as it is used.
pub(crate) const NODES: usize = 1_000_000;
/// The most blocks, tables, JSON values and commands that are taken out of one text.
pub(crate) const PIECES: usize = 1000;
/// The most findings that are kept.
pub(crate) const FINDINGS: usize = 1000;
/// How deep texts may stand within texts: a configuration in a ConfigMap in an annotation.
pub(crate) const NESTED_TEXTS: usize = 4;
/// The most clusters of one file.
pub(crate) const CLUSTERS: usize = 10_000;
/// The most entries of clusters in one import: every one of 300 clusters tells of all of them.
pub(crate) const ENTRIES: usize = 100_000;
/// How many values that differ a finding shows.
pub(crate) const SHOWN_VALUES: usize = 10;
/// How much of a line a finding shows, in characters.
pub(crate) const SHOWN_CHARACTERS: usize = 200;
/// The longest line in which a table or a command is looked for, in bytes; continued lines count as one.
pub(crate) const LINE_BYTES: usize = 10_000;
