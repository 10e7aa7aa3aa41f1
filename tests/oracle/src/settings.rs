//! Which cases a run judges: `ORACLE_SEED` chooses others, `ORACLE_CASES` another number of them.

use std::env;

/// The cases of one run.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// What the cases are made of.
    pub seed: u64,
    /// How many there are for each release.
    pub cases: usize,
}

impl Settings {
    /// What the environment asks for, else these.
    ///
    /// # Panics
    /// If there is something in the environment that is no number.
    #[must_use]
    pub fn or(seed: u64, cases: usize) -> Self {
        Self {
            seed: number("ORACLE_SEED").unwrap_or(seed),
            cases: number("ORACLE_CASES").map_or(cases, |cases| {
                usize::try_from(cases).expect("ORACLE_CASES fits into memory")
            }),
        }
    }
}

fn number(name: &str) -> Option<u64> {
    let text = env::var(name).ok()?;
    let number = text.parse();
    Some(number.unwrap_or_else(|e| panic!("{name}={text}: {e}")))
}
