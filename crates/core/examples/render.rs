//! Reads links, one per line, and writes everything that they lead to, for tests outside of Rust.
//!
//! `render LINK` prints every file of the link, each behind a line with its name.
fn main() {
    let link = std::env::args().nth(1).unwrap_or_default();
    match multicluster_core::link::decode(&link) {
        Ok(draft) => {
            let resolution = multicluster_core::resolve(&draft);
            for found in resolution.diagnostics() {
                println!(
                    "{} {}: {}",
                    found.severity.word(),
                    found.code,
                    found.message
                );
            }
            for artifact in resolution.render_all() {
                println!("==> {} <==\n{}", artifact.name(), artifact.text());
            }
        }
        Err(error) => eprintln!("{error}"),
    }
}
