//! Everything that a fuzzer found worth keeping still holds, and so do the samples of the import.

use std::fs;
use std::path::{Path, PathBuf};

use multicluster_fuzz::{TARGETS, target};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths
}

fn run(name: &str, folder: &Path) {
    let target = target(name).expect("it is a target");
    let paths = files(folder);
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    for path in paths {
        let bytes = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        // The last line before a failure says which input it was.
        println!("{}", path.display());
        (target.run)(&bytes);
    }
}

#[test]
fn the_kept_inputs_hold() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for target in &TARGETS {
        run(target.name, &corpus.join(target.name));
    }
    let folders = files(&corpus).len();
    assert_eq!(folders, TARGETS.len(), "every folder is that of a target");
}

#[test]
fn the_samples_of_the_import_hold() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../crates/import/tests/samples");
    run("import", &samples);
}
