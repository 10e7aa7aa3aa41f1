// From clusters that run, however they were set up, to a topology: what is pasted, and what comes of it.

import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { toLink } from "./export.mjs";
import { run } from "./processes.mjs";
import { commandsBelow } from "./runbook.mjs";

const project = fileURLToPath(new URL("../../..", import.meta.url));
let built;

// Builds the example `change` once, and returns where it is.
function program() {
  built ??= (() => {
    const build = ["build", "--quiet", "--package", "multicluster-oracle", "--example", "change"];
    const output = execFileSync("cargo", [...build, "--message-format=json"], {
      cwd: project,
      encoding: "utf8",
      maxBuffer: 64 << 20,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const messages = output.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return messages.find(({ executable, target }) => executable && target.name === "change").executable;
  })();
  return built;
}

/** What somebody pastes who has asked these clusters what they know: every command, and what it printed. */
export async function lists(lab, names) {
  const asked = { tctl: ["admin", "cluster", "list"], temporal: ["operator", "cluster", "list", "-o", "json"] };
  let pasted = "";
  for (const name of names) {
    const args = ["--address", lab.at(name).address, ...asked[lab.toolName]];
    pasted += `$ ${[lab.toolName, ...args].join(" ")}\n${(await lab.call(...args)).succeeds().output}`;
  }
  return pasted;
}

/** Writes every file of a topology, and those of the change to it from what was read; returns these: name and text. */
export async function change(lab, topology, read) {
  await lab.render(topology);
  const sources = [];
  for (const [name, text] of Object.entries(read)) {
    const file = join(lab.folder, name);
    await writeFile(file, text);
    sources.push(file);
  }
  const { output } = (await run(program(), [toLink(topology), lab.home, ...sources])).succeeds();
  const files = new Map();
  for (const name of output.trimEnd().split("\n")) {
    files.set(name, await readFile(join(lab.home, name), "utf8"));
  }
  return files;
}

/** Runs the commands below a heading of `CHANGE.md`; all must succeed. */
export async function follow(lab, files, heading, namespace) {
  for (const line of commandsBelow(files.get("CHANGE.md"), heading)) {
    (await lab.line(line, namespace)).succeeds();
  }
}
