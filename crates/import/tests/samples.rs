//! What people really have, as samples: shapes of public files and the output of real tools. Each
//! has beside it what becomes of it; `UPDATE_EXPECT=1` writes that anew, and a person reads the diff.

use std::path::PathBuf;

use expect_test::expect_file;
use multicluster_import::{Source, import};

mod common;

fn samples() -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/samples");
    let files = std::fs::read_dir(folder).expect("the folder of samples");
    let mut samples: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    samples.retain(|path| {
        path.extension()
            .is_none_or(|extension| extension != "expect")
    });
    samples.sort();
    samples
}

fn source(path: &PathBuf) -> Source {
    let name = path.file_name().expect("a file").to_string_lossy();
    Source::new(name, std::fs::read(path).expect("readable"))
}

#[test]
fn every_sample_becomes_what_stands_beside_it() {
    let samples = samples();
    assert!(samples.len() > 15, "the samples are there");
    for path in samples {
        let summary = common::summary(&import(&[source(&path)]));
        let mut beside = path.clone().into_os_string();
        beside.push(".expect");
        expect_file![beside].assert_eq(&summary);
    }
}

#[test]
fn any_mixture_of_samples_is_read_as_each_alone() {
    let sources: Vec<Source> = samples().iter().map(source).collect();
    let together = import(&sources);
    let alone: Vec<_> = sources
        .iter()
        .map(|source| import(std::slice::from_ref(source)))
        .collect();
    let views: Vec<_> = alone
        .iter()
        .flat_map(|import| import.observed.views.clone())
        .collect();
    assert_eq!(together.observed.views, views);
}

/// Kinds that a sample shows, so that the list of kinds and what can be met do not drift apart.
#[test]
fn every_kind_of_finding_is_met() {
    let mut met: Vec<&str> = Vec::new();
    let mut bytes: Vec<Source> = samples().iter().map(source).collect();
    bytes.extend([
        Source::new("empty", " \n"),
        Source::new("prose", "hello"),
        Source::new("binary", &b"\0\x01"[..]),
        Source::new("latin", &b"# \xE9\nclusterMetadata: {}"[..]),
        Source::new("spaces", "clusterMetadata:\n\u{A0}\u{A0}tags:"),
        Source::new("separators", "clusterMetadata: {} # a\u{2028}b"),
        Source::new(
            "tags",
            "clusterMetadata: {failoverVersionIncrement: !!int 3}",
        ),
        Source::new(
            "tab",
            "clusterMetadata:\n  currentClusterName: a\n\t# tab\n",
        ),
        Source::new("control", "clusterMetadata: {currentClusterName: a\u{7F}b}"),
        Source::new("huge", vec![b' '; 5 << 20]),
        Source::new("many", "clusterMetadata:\n\tx\n".repeat(2000)),
        Source::new("link", "https://example.org/#v=9&server=1"),
        Source::new("topology", "multicluster: 2\n"),
        Source::new("cut.zip", &b"PK\x03\x04"[..]),
        Source::new(
            "ours.zip",
            multicluster_core::resolve(&multicluster_core::Draft::default())
                .zip()
                .expect("no error"),
        ),
        Source::new(
            "cell",
            "Name Address IsConnectionEnabled\na h:1 perhaps\nb\n",
        ),
        Source::new("schema", "clusterMetadata: {type: object, properties: {}}"),
        Source::new("commented", "#clusterMetadata:\n#  x\n"),
    ]);
    for source in bytes {
        met.extend(
            import(&[source])
                .findings
                .iter()
                .map(|finding| finding.code()),
        );
    }
    met.extend(
        import(&releases())
            .findings
            .iter()
            .map(|finding| finding.code()),
    );
    let missing: Vec<_> = multicluster_import::KINDS
        .iter()
        .map(|kind| kind.code)
        .filter(|code| !met.contains(code))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// Two clusters whose servers are of different releases and contradict a third source, and one that
/// does not tell its release.
fn releases() -> [Source; 4] {
    let description = |name: &str, version: &str, number: u32| {
        format!(
            "{{\"clusterName\": \"{name}\", \"serverVersion\": \"{version}\", \"initialFailoverVersion\": \"{number}\", \"failoverVersionIncrement\": \"100\"}}"
        )
    };
    [
        Source::new("a", description("a", "1.29.1", 1)),
        Source::new("b", description("b", "1.32.1", 2)),
        Source::new("a again", description("a", "1.29.1", 3)),
        Source::new(
            "c",
            "clusterMetadata: {currentClusterName: c, clusterInformation: {c: {}}}",
        ),
    ]
}
