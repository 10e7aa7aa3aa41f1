// Clusters of one topology on this machine, the files exported for it, and a person who runs them.

import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { render } from "./core.mjs";
import { exportTopology } from "./export.mjs";
import { Postgres } from "./postgres.mjs";
import { run } from "./processes.mjs";
import { environmentWith, program } from "./programs.mjs";
import { commandsBelow } from "./runbook.mjs";
import { memory, newPorts, Server, sqliteFile } from "./server.mjs";

/** What is tried: a release of the server, what the page calls it, the tools of its time, whether it lists clusters. */
export const RELEASES = {
  "1.32.1": { choice: "1.32", tools: { tctl: "1.18.0", temporal: "1.5.1" }, lists: true },
  "1.14.1": { choice: "1.14.0", tools: { tctl: "1.14.1" } },
  "1.13.0": { choice: "1.13", tools: { tctl: "1.13.0" } },
};

export class Lab {
  #postgres;
  #folders = 0;
  #exports = 0;
  #started = [];
  servers = new Map();
  files = new Map();

  static async open(release, toolName, toolVersion = RELEASES[release].tools[toolName]) {
    const lab = new Lab();
    lab.release = release;
    lab.toolName = toolName;
    lab.tool = program(toolName, toolVersion);
    lab.folder = await mkdtemp(join(tmpdir(), "multicluster-servers-"));
    return lab;
  }

  /** A topology with free ports, one cluster for each name; `more` is laid over the cluster of that name. */
  async topology(names, more = {}) {
    const clusters = [];
    for (const [i, name] of names.entries()) {
      const ports = await newPorts();
      const cluster = { name, rpcAddress: `127.0.0.1:${ports[0]}`, initialVersion: String(i + 1), ports };
      clusters.push({ ...cluster, ...more[name] });
    }
    const { choice } = RELEASES[this.release];
    return { server: choice, tool: this.toolName, increment: "100", clusters };
  }

  /** Lets the page export a topology, into a folder of its own. */
  async export(topology, by) {
    await this.#newHome(topology);
    this.files = await exportTopology(topology, this.home, by);
  }

  /** Does the same without a page, which is quicker; that both write the same bytes is what tests/browser holds. */
  async render(topology) {
    await this.#newHome(topology);
    this.files = await render(topology, this.home);
  }

  async #newHome(topology) {
    this.topologyNow = topology;
    this.home = join(this.folder, `exported-${++this.#exports}`);
    await mkdir(this.home);
  }

  /** A server that is not started yet, for a cluster of the topology. */
  async server(cluster, { shards, refreshSeconds, tls, store = this.defaultStore() } = {}) {
    const folder = join(this.folder, `server-${++this.#folders}-${cluster.name.replaceAll(/[^\w.-]/g, "_")}`);
    await mkdir(folder);
    const datastores = await this.datastores(folder, store);
    const { release } = this;
    const server = new Server({ release, folder, ports: cluster.ports, shards, refreshSeconds, datastores, tls });
    return this.adopt(cluster.name, server);
  }

  /** Takes in the server of a cluster, however it is started: it is stopped in the end. */
  adopt(name, server) {
    this.#started.push(server);
    this.servers.set(name, server);
    return server;
  }

  defaultStore() {
    return this.release === "1.32.1" ? "memory" : "postgres";
  }

  /** Where a cluster keeps its data when it is started again. */
  lastingStore() {
    return this.release === "1.32.1" ? "sqlite" : "postgres";
  }

  /** New databases of a cluster that has this folder. */
  async datastores(folder, store = this.defaultStore()) {
    if (store === "memory") return memory();
    if (store === "sqlite") return sqliteFile(folder);
    this.#postgres ??= Postgres.start(join(this.folder, "postgres"));
    return (await this.#postgres).newDatabases(this.release);
  }

  /** Boots these clusters, or all of them, each on its exported file. */
  async boot(names = this.topologyNow.clusters.map(({ name }) => name), options = {}) {
    const clusters = this.topologyNow.clusters.filter(({ name }) => names.includes(name));
    await Promise.all(
      clusters.map(async (cluster) => {
        const server = await this.server(cluster, { shards: Number(cluster.shards || 4), ...options });
        await server.boot(...this.configOf(cluster.name));
      }),
    );
  }

  /** The exported configuration file of a cluster: its name and its text. */
  configOf(name) {
    const own = `currentClusterName: ${JSON.stringify(name)}\n`;
    const file = [...this.files].find(([, text]) => text.includes(own));
    if (!file) throw new Error(`no file for ${name} was exported`);
    return file;
  }

  /** The server of a cluster. */
  at(name) {
    return this.servers.get(name);
  }

  /** Runs an exported script, unchanged. */
  script(name, args = [], { input, environment = {}, seconds = 180 } = {}) {
    const env = { ...environmentWith(this.tool, this.folder), ...environment };
    return run("sh", [name, ...args], { cwd: this.home, env, input, seconds });
  }

  /** Runs a command line of the runbook, letter by letter but for the placeholder. */
  line(line, namespace = "") {
    const env = environmentWith(this.tool, this.folder);
    return run("sh", ["-c", line.replaceAll("NAMESPACE", namespace)], { cwd: this.home, env, seconds: 180 });
  }

  /** The command lines below a heading of the exported runbook. */
  commands(heading) {
    return commandsBelow(this.files.get("RUNBOOK.md"), heading);
  }

  /** Runs the command lines below a heading of the runbook, one after the other; all must succeed. */
  async followRunbook(heading, namespace) {
    const ended = [];
    for (const line of this.commands(heading)) {
      ended.push((await this.line(line, namespace)).succeeds());
    }
    return ended;
  }

  /** Registers a namespace that one cluster has for itself alone. */
  async registerLocally(cluster, name) {
    const here = ["--address", this.at(cluster).address, "--namespace", name];
    const register = {
      tctl: [...here, "namespace", "register", "--global_namespace", "false"],
      temporal: ["operator", "namespace", "create", ...here],
    };
    (await this.call(...register[this.toolName])).succeeds();
  }

  /** Runs the lab's tool with these arguments. */
  call(...args) {
    return run(this.tool, args, { cwd: this.folder, env: environmentWith(this.tool, this.folder) });
  }

  /** What helps to understand a failure. */
  async lastWords() {
    const words = [`what the servers wrote is kept in ${this.folder}`];
    for (const [name, server] of this.servers) {
      const lines = (await server.lastLines(10)).split("\n");
      words.push(...lines.map((line) => `${name}: ${line.slice(0, 300)}`));
    }
    return words;
  }

  async close({ keep }) {
    // All of them: some clusters have had several.
    await Promise.all(this.#started.map((server) => server.stop()));
    if (this.#postgres) await (await this.#postgres).stop();
    if (!keep) await rm(this.folder, { recursive: true, force: true });
  }
}
