//! Prints what is read from files: `cargo run -p multicluster-import --example import -- FILE…`

use multicluster_import::{Source, import};

#[path = "../tests/common/mod.rs"]
mod common;

fn main() -> std::io::Result<()> {
    let read = |path: String| Ok(Source::new(path.clone(), std::fs::read(path)?));
    let sources: Vec<Source> = std::env::args()
        .skip(1)
        .map(read)
        .collect::<std::io::Result<_>>()?;
    print!("{}", common::summary(&import(&sources)));
    Ok(())
}
