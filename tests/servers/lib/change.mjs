// From clusters that run, however they were set up, to a topology: what is pasted, and what comes of it.

import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { toLink } from "./export.mjs";
import { run } from "./processes.mjs";
import { commandsBelow } from "./runbook.mjs";

const project = fileURLToPath(new URL("../../..", import.meta.url));
let built;

// Builds `multicluster` once, and returns where it is.
function program() {
  built ??= (() => {
    const build = ["build", "--quiet", "--package", "multicluster"];
    const output = execFileSync("cargo", [...build, "--message-format=json"], {
      cwd: project,
      encoding: "utf8",
      maxBuffer: 64 << 20,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const messages = output.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    return messages.find(({ executable, target }) => executable && target.kind.includes("bin")).executable;
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
  // In a text, a quotation mark would end the link; those of the page have none.
  const link = `https://multicluster.example/#${toLink(topology).replaceAll("'", "%27")}\n`;
  const wanted = await keep(lab, "wanted.txt", link);
  const from = await Promise.all(Object.entries(read).map(([name, text]) => keep(lab, name, text)));
  const ended = await run(program(), ["plan", "--from", ...from, "--to", wanted, "--output", lab.home]);
  // 1: something is impossible. What, and the way out, are in CHANGE.md.
  if (ended.status !== 1) ended.succeeds();
  const files = new Map();
  for (const name of (await readdir(lab.home)).filter((name) => /^change\.|^CHANGE\./.test(name))) {
    files.set(name, await readFile(join(lab.home, name), "utf8"));
  }
  return files;
}

async function keep(lab, name, text) {
  const file = join(lab.folder, name);
  await writeFile(file, text);
  return file;
}

/** Runs the commands below a heading of `CHANGE.md`; all must succeed. */
export async function follow(lab, files, heading, namespace) {
  for (const line of commandsBelow(files.get("CHANGE.md"), heading)) {
    (await lab.line(line, namespace)).succeeds();
  }
}
