//! How much the page weighs, next to its budget.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::finish::INDEX;
use crate::setup::node;
use crate::{html, on_demand, project};

/// What the first load should weigh at most, and what it must not exceed: bytes, brotli 11.
const BUDGET: usize = 100_000;
const LIMIT: usize = 120_000;

/// Prints "raw gzip brotli" for each file named. Node contains the reference implementations of both.
const MEASURE: &str = "
    const { gzipSync, brotliCompressSync } = require('node:zlib');
    for (const file of process.argv.slice(1)) {
        const bytes = require('node:fs').readFileSync(file);
        console.log(bytes.length, gzipSync(bytes, { level: 9 }).length, brotliCompressSync(bytes).length);
    }";

/// One file as it is, with gzip 9, and with brotli 11.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Size {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

impl std::ops::Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// Prints the size of every file, and fails if those of the first load are too big together.
pub(crate) fn report(dist: &Path) -> Result<()> {
    let total = show("first load, bytes", dist, &first_load(dist)?)?;
    println!("{}", row("budget", "", "", &group(BUDGET)));
    for program in &on_demand::PROGRAMS {
        let title = format!("{}, loaded when wanted, bytes", program.name);
        show(&title, dist, &when_wanted(dist, program.name)?)?;
    }
    check(total.brotli)
}

/// Prints the size of every file, and of all together.
fn show(title: &str, dist: &Path, files: &[String]) -> Result<Size> {
    let sizes = measure(dist, files)?;
    let total = sizes
        .iter()
        .copied()
        .fold(Size::default(), std::ops::Add::add);
    println!("{}", row(title, "raw", "gzip", "brotli"));
    for (file, size) in files
        .iter()
        .zip(&sizes)
        .chain([(&"total".to_owned(), &total)])
    {
        println!(
            "{}",
            row(
                file,
                &group(size.raw),
                &group(size.gzip),
                &group(size.brotli)
            )
        );
    }
    Ok(total)
}

/// index.html and what it loads.
fn first_load(dist: &Path) -> Result<Vec<String>> {
    let page = fs::read_to_string(dist.join(INDEX)).context("cannot read the built page")?;
    let mut files = vec![INDEX.to_owned()];
    files.extend(html::references(&page));
    Ok(files)
}

/// What boot.js loads for a program.
fn when_wanted(dist: &Path, program: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dist)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.starts_with(&format!("{program}-")) || name.starts_with(&format!("{program}_bg-")) {
            files.push(name);
        }
    }
    files.sort();
    Ok(files)
}

fn measure(dist: &Path, files: &[String]) -> Result<Vec<Size>> {
    let mut command = Command::new(node::ensure()?);
    command.current_dir(dist).args(["-e", MEASURE]).args(files);
    let answer = project::output(&mut command)
        .context("cannot measure the page: it names a file that is missing")?;
    answer
        .lines()
        .map(|line| parse(line).with_context(|| format!("unexpected answer {line:?}")))
        .collect()
}

fn parse(line: &str) -> Option<Size> {
    let mut numbers = line.split(' ').map(|number| number.parse().ok());
    Some(Size {
        raw: numbers.next()??,
        gzip: numbers.next()??,
        brotli: numbers.next()??,
    })
}

fn check(brotli: usize) -> Result<()> {
    if brotli > LIMIT {
        bail!(
            "the first load is {} bytes with brotli, more than {}",
            group(brotli),
            group(LIMIT)
        );
    }
    if brotli > BUDGET {
        eprintln!("warning: the first load is above its budget");
    }
    Ok(())
}

fn row(name: &str, raw: &str, gzip: &str, brotli: &str) -> String {
    format!("{name:44}{raw:>10}{gzip:>10}{brotli:>10}")
}

/// `1234567` as `1 234 567`.
fn group(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        let numbers = [0, 12, 123, 1234, 123_456, 1_234_567];
        assert_eq!(
            numbers.map(group),
            ["0", "12", "123", "1 234", "123 456", "1 234 567"]
        );
    }

    #[test]
    fn answers_of_node() {
        assert_eq!(
            parse("30 20 10"),
            Some(Size {
                raw: 30,
                gzip: 20,
                brotli: 10
            })
        );
        assert_eq!(parse("30 20"), None);
    }

    #[test]
    fn too_big_is_an_error() {
        assert!(check(LIMIT).is_ok());
        assert!(check(LIMIT + 1).is_err());
    }
}
