//! The command line, and its help. Every example in here is run by `tests/examples.rs`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use multicluster_core::Severity;
use multicluster_core::release::ServerVersion;
use multicluster_core::render::extra::Flavour;

/// Multi-cluster replication of self-hosted Temporal clusters: checks what servers check and what
/// they fail to check, before the first start; and writes their configuration, scripts and runbook.
///
/// It does what the page does, with the same rules and the same bytes. Nothing is sent anywhere.
#[derive(Debug, Parser)]
#[command(
    version,
    arg_required_else_help = true,
    after_help = "Exit status: 0 where nothing is wrong, 1 where errors were found, 2 where the command \
                  line is wrong or a file cannot be read or written.\n\
                  NO_COLOR turns colours off; they are shown at a terminal only."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Check(Check),
    Render(Render),
    Import(Import),
    Plan(Plan),
    /// Print a set-up to begin with as a topology file
    #[command(after_help = EXAMPLE_EXAMPLES)]
    Example {
        /// Its name; all examples are listed without it
        name: Option<String>,
    },
    /// Say what a code means, why it matters and the way out
    #[command(after_help = EXPLAIN_EXAMPLES)]
    Explain {
        /// The code in brackets that `check` shows; all codes are listed without it
        code: Option<String>,
    },
    /// Print the completions for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

const EXAMPLE_EXAMPLES: &str = "\
Examples:
  multicluster example
  multicluster example regions > regions.yaml";

const EXPLAIN_EXAMPLES: &str = "\
Examples:
  multicluster explain
  multicluster explain initial-version-duplicate";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  multicluster completions bash > multicluster.bash";

/// Find what is wrong with files: configuration, tool output, scripts, topologies
///
/// Any mixture of files; what each one is, is found by itself: `clusterMetadata` in YAML or JSON, whole server
/// configurations, Helm values, manifests, the output of `cluster list` and `cluster describe` of tctl and temporal,
/// scripts that call them, topology files, archives and links of the page.
///
/// A topology file stands for itself. All other files together tell of one set of clusters, so name them together:
/// that two clusters have one number can only be seen in both files.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub(crate) struct Check {
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// How problems are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// End with exit status 1 for warnings too
    #[arg(long)]
    pub(crate) warnings_as_errors: bool,
    /// Print nothing that is less severe; the exit status stays what it is
    #[arg(long, value_enum, default_value_t = Least::Note, value_name = "SEVERITY")]
    pub(crate) min_severity: Least,
    /// The release of the servers, where the files do not tell it
    #[arg(long, value_name = "RELEASE", value_parser = release)]
    pub(crate) server_version: Option<String>,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  multicluster check topology.yaml
  multicluster check clusterA.yaml clusterB.yaml
  multicluster check --server-version 1.13 --warnings-as-errors clusterA.yaml clusterB.yaml
  multicluster check --format sarif topology.yaml > multicluster.sarif
  temporal operator cluster list -o json | multicluster check -";

fn release(text: &str) -> Result<String, &'static str> {
    match ServerVersion::parse(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("a release is written as `1.32` or `1.14.3`, from 1.0 on"),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people: the place, the line, why it matters and the way out
    Human,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Least {
    /// Errors, warnings and notes
    Note,
    /// Errors and warnings
    Warning,
    /// Errors only
    Error,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Note => Self::Note,
            Least::Warning => Self::Warning,
            Least::Error => Self::Error,
        }
    }
}

/// Write all files of a topology: configuration, scripts, runbook
///
/// The files are those of the page, byte for byte, with multicluster.zip, which holds them all. The same topology
/// always gives the same bytes, so they can be kept in version control and compared.
///
/// Nothing is written while the topology has an error. A file that was changed since it was written, or that comes from
/// elsewhere, is not overwritten, and then nothing is: `--force` overwrites it. No file is ever deleted.
#[derive(Debug, Args)]
#[command(after_help = RENDER_EXAMPLES)]
pub(crate) struct Render {
    /// The topology file, or a file with a link of the page; `-` is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) topology: PathBuf,
    /// Write the same set-up in another format, into files with other names and an archive of their own
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) format: Option<OtherFormat>,
    #[command(flatten)]
    pub(crate) to: RenderTo,
    /// Overwrite files that are not from here too
    #[arg(long, conflicts_with_all = ["list", "stdout"])]
    pub(crate) force: bool,
    /// Write nothing, and end with exit status 1 if the folder does not hold exactly these files
    #[arg(long, conflicts_with_all = ["list", "stdout", "force"])]
    pub(crate) check: bool,
}

/// The formats of core, as clap has them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OtherFormat(pub(crate) Flavour);

impl ValueEnum for OtherFormat {
    fn value_variants<'a>() -> &'a [Self] {
        const ALL: [OtherFormat; Flavour::ALL.len()] = {
            let mut all = [OtherFormat(Flavour::Helm); Flavour::ALL.len()];
            let mut at = 0;
            while at < all.len() {
                all[at] = OtherFormat(Flavour::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.name()).help(self.0.summary()))
    }
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct RenderTo {
    /// The folder to write into; it is made if it is not there
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,
    /// Print the names of the files only
    #[arg(long)]
    pub(crate) list: bool,
    /// Print one of the files
    #[arg(long, value_name = "NAME")]
    pub(crate) stdout: Option<String>,
}

const RENDER_EXAMPLES: &str = "\
Examples:
  multicluster render topology.yaml -o out
  multicluster render topology.yaml -o out --check
  multicluster render topology.yaml --list
  multicluster render topology.yaml --stdout connect.sh
  multicluster render topology.yaml --format helm -o out
  multicluster render topology.yaml --format kubectl --stdout kubectl/connect.sh";

/// Make a topology of what runs: configuration, tool output, scripts, links
///
/// Reads the files that `check` reads, and prints a topology file. What was found, and what is only assumed, is told on
/// standard error. Where files contradict each other, the nearer witness wins: what a cluster says of itself beats what
/// others say of it, and a running server beats a file.
#[derive(Debug, Args)]
#[command(after_help = IMPORT_EXAMPLES)]
pub(crate) struct Import {
    /// The files; `-` is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) files: Vec<PathBuf>,
    /// Put it into this topology: clusters of the same name are changed, others are added. The file itself stays as it
    /// is, and its comments are not printed
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    pub(crate) into: Option<PathBuf>,
    /// The cluster that is read under the first name is the one that the topology calls by the second; it takes the
    /// name that is read. Can be given several times
    #[arg(long, requires = "into", value_name = "READ=NAME", value_parser = same)]
    pub(crate) same: Vec<(String, String)>,
}

/// Two names, which have no `=` in them as a rule; if so, the first one ends the first name.
fn same(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((read, name)) if !read.is_empty() && !name.is_empty() => {
            Ok((read.to_owned(), name.to_owned()))
        }
        _ => Err("two names are wanted, with = between them"),
    }
}

const IMPORT_EXAMPLES: &str = "\
Examples:
  multicluster import clusterA.yaml clusterB.yaml > topology.yaml
  temporal operator cluster describe -o json | multicluster import - > topology.yaml
  multicluster import clusterC.yaml --into topology.yaml > with-clusterC.yaml
  multicluster import clusterC.yaml --into topology.yaml --same clusterC=clusterA > renamed.yaml";

/// Say only what must change between what runs and a topology
///
/// Prints the way: which files are new or changed, which connections to make, to put right or to remove, in which
/// order, and which wishes cannot be had and what works in their place. With `-o`, writes it as CHANGE.md, with the
/// script change.sh that makes the connections; new and changed configuration files are those of `render`.
///
/// A cluster of which nothing was read is taken for a new one: give the output of `cluster describe` and `cluster list`
/// of every cluster that runs, or its configuration file.
#[derive(Debug, Args)]
#[command(after_help = PLAN_EXAMPLES)]
pub(crate) struct Plan {
    /// What runs: the files that `import` reads; `-` is standard input
    #[arg(long, required = true, num_args = 1.., value_name = "OBSERVED", value_hint = ValueHint::FilePath)]
    pub(crate) from: Vec<PathBuf>,
    /// What is wanted: a topology file, or a file with a link of the page
    #[arg(long, value_name = "TOPOLOGY", value_hint = ValueHint::FilePath)]
    pub(crate) to: PathBuf,
    /// The folder to write into; it is made if it is not there
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) output: Option<PathBuf>,
    /// Overwrite files that are not from here too
    #[arg(long, requires = "output")]
    pub(crate) force: bool,
    /// End with exit status 1 if anything is to be changed
    #[arg(long)]
    pub(crate) check: bool,
}

const PLAN_EXAMPLES: &str = "\
Examples:
  multicluster plan --from clusterA.yaml clusterB.yaml --to topology.yaml
  multicluster plan --from running/*.json --to topology.yaml -o out
  temporal operator cluster describe -o json | multicluster plan --from - --to topology.yaml";
