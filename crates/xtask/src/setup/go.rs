//! Go, which compiles Temporal's own code.

use std::process::Command;

use anyhow::{Result, bail};

use crate::project;

/// What Temporal's newest release is written for; an older one would have to fetch it.
const OLDEST: (u32, u32) = (1, 21);

/// Checks that Go is there. It is not installed: Debian's is too old, and there is no other way that suits everybody.
pub(crate) fn ensure() -> Result<()> {
    let answer = project::output(Command::new("go").arg("version")).unwrap_or_default();
    match version(&answer) {
        Some(found) if found >= OLDEST => Ok(()),
        Some(_) => bail!(
            "Go {}.{} or later is needed, this is {answer:?}; get it from https://go.dev/dl",
            OLDEST.0,
            OLDEST.1
        ),
        None => bail!("Go is needed; get it from https://go.dev/dl and put it on PATH"),
    }
}

/// `go version go1.26.1 linux/amd64`
fn version(answer: &str) -> Option<(u32, u32)> {
    let mut numbers = answer.split(' ').nth(2)?.strip_prefix("go")?.split('.');
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::version;

    #[test]
    fn answers_of_go() {
        assert_eq!(version("go version go1.26.1 linux/amd64"), Some((1, 26)));
        assert_eq!(version("go version go1.21 linux/arm64"), Some((1, 21)));
        assert_eq!(version(""), None);
    }
}
