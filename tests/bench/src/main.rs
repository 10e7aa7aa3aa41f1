//! How fast core and import are, natively: a line per measurement, for `cargo xtask bench`.
//!
//! Each figure is the fastest of several runs: what the work costs when nothing else is in the way.

mod usual_way;

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use multicluster_core::{Artifact, Draft, Resolution, link, resolve};
use multicluster_import::{Source, import};

/// How many clusters.
const SIZES: [usize; 6] = [2, 10, 100, 1_000, 3_000, 10_000];
/// Scripts and texts of more clusters than that are not of use to anyone.
const MOST_WRITTEN: usize = 1_000;
/// How long each measurement is repeated.
const TIME: Duration = Duration::from_millis(300);

fn main() {
    println!("core, fastest of many runs, µs");
    row(
        "clusters",
        &[
            "resolve",
            "YAML files",
            "yaml_serde",
            "factor",
            "all files",
            "link and back",
            "import",
        ]
        .map(str::to_owned),
    );
    for size in SIZES {
        measure(size);
    }
}

fn measure(size: usize) {
    let draft = draft(size);
    let resolution = resolve(&draft);
    let resolving = fastest(|| resolve(black_box(&draft)));
    let writing = fastest(|| write_all(black_box(&resolution)));
    let structures: Vec<usual_way::Server> = resolution.config_files().map(usual_way::of).collect();
    let usual = fastest(|| usual_way::write_all(black_box(&structures)));
    let everything = (size <= MOST_WRITTEN).then(|| fastest(|| resolution.render_all()));
    let travelling = fastest(|| link::decode(&link::encode(black_box(&draft))));
    let sources = sources(&resolution);
    let reading = (size <= MOST_WRITTEN).then(|| fastest(|| import(black_box(&sources))));
    let factor = usual.as_secs_f64() / writing.as_secs_f64();
    row(
        &size.to_string(),
        &[
            micros(Some(resolving)),
            micros(Some(writing)),
            micros(Some(usual)),
            format!("{factor:.1}"),
            micros(everything),
            micros(Some(travelling)),
            micros(reading),
        ],
    );
}

/// As many clusters, each at an address of its own. By a link: adding them one after the other, each gets the lowest
/// number that is free, which takes long for thousands.
fn draft(size: usize) -> Draft {
    let mut text = String::from("v=1&server=1.32&tool=tctl&increment=1000000");
    for at in 1..=size {
        // Writing into a string cannot fail.
        let _ = write!(
            text,
            "&cluster=cluster{at},10.{}.{}.{}:7233,{at}",
            at >> 16,
            (at >> 8) & 255,
            at & 255
        );
    }
    let draft = link::decode(&text).expect("a link");
    assert!(
        resolve(&draft).plan().is_some(),
        "{size} clusters have no error"
    );
    draft
}

/// The text of every configuration file.
fn write_all(resolution: &Resolution) -> usize {
    resolution
        .render_configs()
        .map(|file| file.text().len())
        .sum()
}

/// Every configuration file, to be imported again.
fn sources(resolution: &Resolution) -> Vec<Source> {
    let source = |file: Artifact| Source::new(file.name(), file.text());
    resolution.render_configs().map(source).collect()
}

/// The shortest time that some work took.
fn fastest<T>(mut work: impl FnMut() -> T) -> Duration {
    let begin = Instant::now();
    let mut fastest = Duration::MAX;
    while begin.elapsed() < TIME || fastest == Duration::MAX {
        let start = Instant::now();
        black_box(work());
        fastest = fastest.min(start.elapsed());
    }
    fastest
}

fn micros(time: Option<Duration>) -> String {
    time.map_or_else(
        || "–".to_owned(),
        |time| format!("{:.1}", time.as_secs_f64() * 1e6),
    )
}

fn row(name: &str, values: &[String]) {
    let mut line = format!("{name:>10}");
    for value in values {
        // Writing into a string cannot fail.
        let _ = write!(line, "{value:>15}");
    }
    println!("{line}");
}
