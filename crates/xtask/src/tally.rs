//! Counting tests: reads the closing lines of test programs.

use std::fmt;
use std::ops::AddAssign;

/// How many tests passed, failed, and could not run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
    pub(crate) skipped: u32,
}

impl Tally {
    /// One test that passed.
    pub(crate) const PASSED: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    /// One test that failed.
    pub(crate) const FAILED: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };
    /// One test, or a suite, that could not run.
    pub(crate) const SKIPPED: Self = Self {
        passed: 0,
        failed: 0,
        skipped: 1,
    };
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// `test result: ok. 3 passed; 1 failed; 2 ignored; …`, once per test program of `cargo test`.
pub(crate) fn cargo_test(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |what: &str| {
        counts
            .split("; ")
            .find_map(|part| part.strip_suffix(what)?.parse().ok())
    };
    Some(Tally {
        passed: count(" passed")?,
        failed: count(" failed")?,
        skipped: count(" ignored")?,
    })
}

/// One line of the closing lines of `node --test`: `# pass 3` or `ℹ pass 3`.
pub(crate) fn node_test(line: &str) -> Option<Tally> {
    let rest = line
        .strip_prefix("# ")
        .or_else(|| line.strip_prefix("ℹ "))?;
    let (what, count) = rest.split_once(' ')?;
    let count = count.parse().ok()?;
    match what {
        "pass" => Some(Tally {
            passed: count,
            ..Tally::default()
        }),
        "fail" | "cancelled" => Some(Tally {
            failed: count,
            ..Tally::default()
        }),
        "skipped" | "todo" => Some(Tally {
            skipped: count,
            ..Tally::default()
        }),
        _ => None,
    }
}

/// `3 passed, 1 failed` or `3 passed, 1 failed, 2 skipped`, by programs of our own.
#[allow(dead_code, reason = "for suites that are neither Rust nor Node")]
pub(crate) fn closing_line(line: &str) -> Option<Tally> {
    let mut parts = line.trim_end().split(", ");
    let mut count = |what: &str| {
        parts
            .next()
            .and_then(|part| part.strip_suffix(what)?.parse().ok())
    };
    let (passed, failed) = (count(" passed")?, count(" failed")?);
    Some(Tally {
        passed,
        failed,
        skipped: count(" skipped").unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u32, failed: u32, skipped: u32) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn cargo_lines() {
        let line = "test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s";
        assert_eq!(cargo_test(line), Some(tally(3, 1, 2)));
        assert_eq!(
            cargo_test("test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured"),
            Some(tally(0, 0, 0))
        );
        assert_eq!(cargo_test("test tests::x ... ok"), None);
        assert_eq!(cargo_test("running 3 tests"), None);
    }

    #[test]
    fn node_lines() {
        assert_eq!(node_test("# pass 12"), Some(tally(12, 0, 0)));
        assert_eq!(node_test("ℹ fail 2"), Some(tally(0, 2, 0)));
        assert_eq!(node_test("ℹ cancelled 1"), Some(tally(0, 1, 0)));
        assert_eq!(node_test("ℹ skipped 1"), Some(tally(0, 0, 1)));
        assert_eq!(node_test("ℹ tests 15"), None);
        assert_eq!(node_test("ℹ duration_ms 15.2"), None);
    }

    #[test]
    fn own_lines() {
        assert_eq!(closing_line("3 passed, 1 failed"), Some(tally(3, 1, 0)));
        assert_eq!(
            closing_line("3 passed, 0 failed, 2 skipped"),
            Some(tally(3, 0, 2))
        );
        assert_eq!(closing_line("3 passed"), None);
    }

    #[test]
    fn what_is_written_is_read() {
        for written in [tally(0, 0, 0), tally(12, 3, 0), tally(1, 0, 7)] {
            assert_eq!(closing_line(&written.to_string()), Some(written));
        }
        assert_eq!(tally(1, 2, 0).to_string(), "1 passed, 2 failed");
    }
}
