// From clusters that run, however they were set up, to a topology: what is pasted, and what comes of it.

import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { build } from "../../browser/native.mjs";
import { toLink } from "./export.mjs";
import { run } from "./processes.mjs";
import { commandsBelow } from "./runbook.mjs";

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
  const args = ["plan", "--from", ...from, "--to", wanted, "--output", lab.home];
  const ended = await run(build("--package", "multicluster"), args);
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
