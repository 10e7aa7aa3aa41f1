// What the core makes of a topology in other formats, and what stands in for the surroundings of each.

import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";

import { build } from "../../browser/native.mjs";
import { toLink } from "./export.mjs";
import { isServing } from "./health.mjs";
import { run, start, stop } from "./processes.mjs";
import { program } from "./programs.mjs";
import { eventually } from "./time.mjs";

/** How long a server may take: much longer than it ever did. */
const START_SECONDS = 240;

/** Writes the files of a format into a folder and returns their texts by name. */
export async function renderFormat(topology, format, folder) {
  const link = join(folder, "link.txt");
  // A link in a text ends at a quotation mark.
  const fragment = toLink(topology).replaceAll(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  await writeFile(link, `https://example.org/#${fragment}\n`);
  const multicluster = build("--package", "multicluster");
  (await run(multicluster, ["render", link, "--format", format, "--output", folder])).succeeds();
  const files = new Map();
  for (const name of await readdir(folder, { recursive: true })) {
    if (/\.(sh|yaml)$/.test(name)) files.set(name, await readFile(join(folder, name), "utf8"));
  }
  return files;
}

/** Addresses of this machine that no other test has, as if each were a machine: all ports of them are free. */
export const machines = (count) => {
  const own = process.pid & 0xffff;
  return Array.from({ length: count }, (_, i) => `127.${10 + i}.${own >> 8}.${(own & 0xff) || 1}`);
};

/** A whole server configuration with its databases in place of those that stand in it, and nothing else changed. */
export function withDatastores(text, { temporal, visibility }) {
  const [before, datastores] = text.split("  datastores:\n");
  const rest = datastores.slice(datastores.indexOf("\nglobal:\n"));
  return `${before}  datastores: ${JSON.stringify({ default: temporal, visibility })}${rest}`;
}

/** A server on a whole configuration, as the comment at its top and the lab of containers start it. */
export class WholeServer {
  #process;
  #log;

  constructor({ release, folder, environment, address, datastores }) {
    Object.assign(this, { release, folder, environment, address, datastores });
    this.#log = join(folder, `${environment}.log`);
  }

  launch() {
    const args = ["--root", ".", "--config", "config", "--env", this.environment, "start"];
    this.#process = start(program("temporal-server", this.release), args, { log: this.#log, cwd: this.folder });
  }

  async boot() {
    this.launch();
    let status;
    this.#process.ended.then((ended) => (status = ended));
    const serves = async () => {
      if (status === undefined) return isServing(this.address);
      throw Object.assign(new Error(`the server ended (${status}):\n${await this.lastLines()}`), { final: true });
    };
    await eventually(`${this.environment} serves`, serves, { seconds: START_SECONDS, every: 500 });
  }

  /** How it ended by itself. */
  async end() {
    let status;
    this.#process.ended.then((ended) => (status = ended));
    await eventually(`${this.environment} ends by itself`, () => status !== undefined, { seconds: START_SECONDS });
    return { status, output: await readFile(this.#log, "utf8") };
  }

  async stop() {
    if (this.#process) await stop(this.#process);
  }

  async lastLines(count = 15) {
    const written = await readFile(this.#log, "utf8").catch(() => "");
    return written.trimEnd().split("\n").slice(-count).map((line) => line.slice(0, 500)).join("\n");
  }
}

/**
 * A program that stands in for `kubectl` or `docker`: it writes down its arguments, and runs what stands behind the
 * words that say where. Whoever has it on the path has no other tool there.
 */
export async function standIn(name, tool, folder) {
  const bin = join(folder, `bin-${name}`);
  await mkdir(bin, { recursive: true });
  const calls = join(folder, `${name}.calls`);
  const toCommand = { kubectl: 'while [ "$1" != -- ]; do shift; done; shift', docker: "shift 2" }[name];
  const script = `#!/bin/sh
printf '%s\\0' "$#" "$@" >>'${calls}'
${toCommand}
shift
exec '${tool}' "$@"
`;
  await writeFile(join(bin, name), script);
  await chmod(join(bin, name), 0o755);
  return {
    environment: { PATH: [bin, "/usr/bin", "/bin"].join(delimiter), HOME: dirname(bin), LC_ALL: "C.UTF-8" },
    /** The arguments of every call. */
    async calls() {
      const fields = (await readFile(calls, "utf8")).split("\0");
      const found = [];
      for (let at = 0; at < fields.length - 1; ) {
        const count = Number(fields[at]);
        found.push(fields.slice(at + 1, at + 1 + count));
        at += 1 + count;
      }
      return found;
    },
  };
}
