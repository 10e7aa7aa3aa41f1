//! Temporal's own programs: the servers that everything exported is tried on, and the tools that the scripts call.
//!
//! Each is compiled from a module in tests/servers/programs, which pins it and everything it is made of, through the
//! module proxy of the user's Go. The compiled parts stay in Go's own cache, so that the second program of a release
//! takes seconds.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};

use super::{Tool, go};
use crate::project;

/// What the tests call, by name and version.
const PROGRAMS: [Tool; 9] = [
    Tool {
        name: "tctl",
        version: "1.18.0",
        executable: "bin/tctl",
        takes: "2 minutes",
        install: |tool, folder| build(&TCTL_1_18, "cmd/tctl", tool, folder),
    },
    Tool {
        name: "temporal-server",
        version: "1.32.1",
        executable: "bin/temporal-server",
        takes: "5 minutes",
        install: |tool, folder| build(&SERVER_1_32, "cmd/server", tool, folder),
    },
    Tool {
        name: "temporal",
        version: "1.5.1",
        executable: "bin/temporal",
        takes: "4 minutes",
        install: |tool, folder| build(&TEMPORAL_1_5, "cmd/temporal", tool, folder),
    },
    Tool {
        name: "temporal-server",
        version: "1.14.1",
        executable: "bin/temporal-server",
        takes: "2 minutes",
        install: |tool, folder| build(&SERVER_1_14, "cmd/server", tool, folder),
    },
    Tool {
        name: "tctl",
        version: "1.14.1",
        executable: "bin/tctl",
        takes: "15 seconds",
        install: |tool, folder| build(&SERVER_1_14, "cmd/tools/cli", tool, folder),
    },
    Tool {
        name: "temporal-sql-tool",
        version: "1.14.1",
        executable: "bin/temporal-sql-tool",
        takes: "10 seconds",
        install: |tool, folder| build_sql_tool(&SERVER_1_14, tool, folder),
    },
    Tool {
        name: "temporal-server",
        version: "1.13.0",
        executable: "bin/temporal-server",
        takes: "1 minute",
        install: |tool, folder| build(&SERVER_1_13, "cmd/server", tool, folder),
    },
    Tool {
        name: "tctl",
        version: "1.13.0",
        executable: "bin/tctl",
        takes: "15 seconds",
        install: |tool, folder| build(&SERVER_1_13, "cmd/tools/cli", tool, folder),
    },
    Tool {
        name: "temporal-sql-tool",
        version: "1.13.0",
        executable: "bin/temporal-sql-tool",
        takes: "10 seconds",
        install: |tool, folder| build_sql_tool(&SERVER_1_13, tool, folder),
    },
];

/// A module that programs are compiled from.
struct Module {
    /// The module with the programs.
    path: &'static str,
    /// Pins it, and all that it is made of.
    manifest: &'static str,
    sums: &'static str,
    linker_flags: &'static str,
}

/// Programs of before Go 1.23 reach into parts of Go's library that are closed since.
const OPEN: &str = "-s -checklinkname=0";

const SERVER_1_32: Module = Module {
    path: "go.temporal.io/server",
    manifest: include_str!("../../../../tests/servers/programs/temporal-server-1.32.1/go.mod"),
    sums: include_str!("../../../../tests/servers/programs/temporal-server-1.32.1/go.sum"),
    linker_flags: "-s",
};
const SERVER_1_14: Module = Module {
    path: "go.temporal.io/server",
    manifest: include_str!("../../../../tests/servers/programs/temporal-server-1.14.1/go.mod"),
    sums: include_str!("../../../../tests/servers/programs/temporal-server-1.14.1/go.sum"),
    linker_flags: OPEN,
};
const SERVER_1_13: Module = Module {
    path: "go.temporal.io/server",
    manifest: include_str!("../../../../tests/servers/programs/temporal-server-1.13.0/go.mod"),
    sums: include_str!("../../../../tests/servers/programs/temporal-server-1.13.0/go.sum"),
    linker_flags: OPEN,
};
const TCTL_1_18: Module = Module {
    path: "github.com/temporalio/tctl",
    manifest: include_str!("../../../../tests/servers/programs/tctl-1.18.0/go.mod"),
    sums: include_str!("../../../../tests/servers/programs/tctl-1.18.0/go.sum"),
    linker_flags: "-s",
};
const TEMPORAL_1_5: Module = Module {
    path: "github.com/temporalio/cli",
    manifest: include_str!("../../../../tests/servers/programs/temporal-1.5.1/go.mod"),
    sums: include_str!("../../../../tests/servers/programs/temporal-1.5.1/go.sum"),
    linker_flags: "-s -X github.com/temporalio/cli/temporalcli.Version=1.5.1",
};

/// Makes every program available, and says where: `TCTL_1_18_0=…/bin/tctl` and so on.
pub(crate) fn ensure() -> Result<Vec<(String, OsString)>> {
    go::ensure()?;
    let mut places = Vec::new();
    for tool in &PROGRAMS {
        let variable = format!("{}_{}", tool.name, tool.version);
        let variable = variable.to_uppercase().replace(['-', '.'], "_");
        places.push((variable, tool.ensure()?.into()));
    }
    Ok(places)
}

fn build(module: &Module, package: &str, tool: &Tool, folder: &Path) -> Result<()> {
    fs::write(folder.join("go.mod"), module.manifest)?;
    fs::write(folder.join("go.sum"), module.sums)?;
    let mut command = go_in(folder);
    command.args(["build", "-mod=readonly", "-trimpath", "-buildvcs=false"]);
    command.args(["-ldflags", module.linker_flags, "-o"]);
    command.arg(folder.join(tool.executable));
    command.arg(format!("{}/{package}", module.path));
    project::run(&mut command)
}

/// The tool that makes databases, and what it makes them from.
fn build_sql_tool(module: &Module, tool: &Tool, folder: &Path) -> Result<()> {
    build(module, "cmd/tools/sql", tool, folder)?;
    let source = project::output(go_in(folder).args(["list", "-m", "-f", "{{.Dir}}", module.path]))
        .with_context(|| format!("the source of {} is not to be found", module.path))?;
    let mut copy = Command::new("cp");
    copy.arg("-R")
        .arg(Path::new(&source).join("schema/postgresql/v96"))
        .arg(folder.join("schema"));
    project::run(&mut copy)
}

fn go_in(folder: &Path) -> Command {
    let mut command = Command::new("go");
    // Not the flags of whoever calls: the same program for everybody.
    command.current_dir(folder).env("GOFLAGS", "");
    command.env("GOWORK", "off").env("CGO_ENABLED", "0");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_pin_the_version_that_is_asked_for() {
        for module in [
            SERVER_1_32,
            SERVER_1_14,
            SERVER_1_13,
            TCTL_1_18,
            TEMPORAL_1_5,
        ] {
            let named = module
                .manifest
                .lines()
                .find_map(|line| line.strip_prefix("module program/"));
            let (_, version) = named
                .and_then(|name| name.rsplit_once('-'))
                .expect("a version");
            let pin = format!("\nrequire {} v{version}\n", module.path);
            assert!(module.manifest.contains(&pin), "{pin}");
            assert!(
                PROGRAMS.iter().any(|tool| tool.version == version),
                "{version}"
            );
        }
    }
}
