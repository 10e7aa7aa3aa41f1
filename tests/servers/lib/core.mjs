// What the core makes of a topology, without a page.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { program } from "../../browser/native.mjs";
import { toLink } from "./export.mjs";
import { run } from "./processes.mjs";

/** Writes every file of a topology into a folder, as the page would, and returns them: name and text. */
export async function render(topology, folder) {
  (await run(program(), [toLink(topology), folder])).succeeds();
  const files = new Map();
  for (const name of (await readdir(folder)).filter((name) => !name.endsWith(".zip"))) {
    files.set(name, await readFile(join(folder, name), "utf8"));
  }
  return files;
}

/** How the cluster at this place of a topology is taken out by those that run. */
export async function takeOut(topology, place, folder) {
  (await run(program(), [toLink(topology), folder, String(place)])).succeeds();
  return readFile(join(folder, "TAKE-OUT.md"), "utf8");
}

/** What is wrong with a topology: of every problem its severity, its code, why it matters, and what a server would say of it. */
export async function problems(topology) {
  const { output } = (await run(program(), [toLink(topology)])).succeeds();
  const found = [];
  for (const line of output.split("\n")) {
    const problem = /^(error|warning|note) (\S+): /.exec(line);
    if (problem) found.push({ severity: problem[1], code: problem[2] });
    const help = /^ {2}help: (.*)$/.exec(line);
    if (help) found.at(-1).help = help[1];
    const server = /^ {2}server: (.*)$/.exec(line);
    if (server) found.at(-1).server = server[1];
  }
  return found;
}
