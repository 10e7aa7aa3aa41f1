// One cluster: a real Temporal server, all four services in one process, on an exported file.

import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { isServing } from "./health.mjs";
import { freePorts, keptPorts, letGo } from "./ports.mjs";
import { start, stop } from "./processes.mjs";
import { program } from "./programs.mjs";
import { eventually } from "./time.mjs";

/** How long a server may take: much longer than it ever did. */
const START_SECONDS = 240;

/** How often it is started where another program has one of its ports. */
const MOST_STARTS = 5;

/** How often servers read their connections here. Delivered, they do it once a minute. */
const REFRESH_SECONDS = 2;

// The only setting that is not as it is delivered.
const dynamic = (seconds) => ({ "system.clusterMetadataRefreshInterval": [{ value: `${seconds}s` }] });

const SERVICES = ["frontend", "matching", "history", "worker"];

/** Waits until every server has read its connections again. */
export const untilRead = () => sleep(2000 * REFRESH_SECONDS);

/** The ports of one server, kept until it starts. The first is where its frontend is reached. */
export const newPorts = () => keptPorts(2 * SERVICES.length);

export class Server {
  #process;
  #folder;
  #environment;
  #log;
  #ports;
  #refreshSeconds;
  #tls;

  /** `datastores` is where it keeps its data: `memory`, `sqliteFile` or `Postgres.newDatabases`; `tls` makes its frontend speak TLS: see tls.mjs. */
  constructor({ release, folder, ports, shards = 4, refreshSeconds = REFRESH_SECONDS, datastores, tls }) {
    this.release = release;
    this.address = `127.0.0.1:${ports[0]}`;
    this.datastores = datastores;
    this.#folder = folder;
    this.#ports = ports;
    this.#refreshSeconds = refreshSeconds;
    this.#tls = tls;
    this.#log = join(folder, "server.log");
    this.shards = shards;
  }

  /** Starts it on a configuration file, which stands unchanged beside `base.yaml`, and waits until it serves. */
  async boot(fileName, text) {
    await this.launch(fileName, text);
    await this.#serves();
  }

  /** Starts it and does not wait. */
  async launch(fileName, text) {
    const config = join(this.#folder, "config");
    await mkdir(config, { recursive: true });
    await this.#writeBase();
    await writeFile(join(config, fileName), text);
    await writeFile(join(this.#folder, "dynamic.yaml"), JSON.stringify(dynamic(this.#refreshSeconds)));
    this.#environment = fileName.replace(/\.yaml$/, "");
    await letGo(this.#ports);
    this.#start();
  }

  #start() {
    const args = ["--root", this.#folder, "--config", "config", "--env", this.#environment, "start"];
    this.#process = start(program("temporal-server", this.release), args, { log: this.#log, cwd: this.#folder });
  }

  async #serves() {
    let starts = 1;
    const ask = async () => {
      if ((await this.log()).includes("address already in use") && starts++ < MOST_STARTS) {
        await this.#startElsewhere();
        return false;
      }
      if (this.isRunning) return isServing(this.address, this.#tls?.ask);
      const status = await this.#process.ended;
      throw Object.assign(new Error(`the server ended (${status}):\n${await this.lastLines()}`), { final: true });
    };
    await eventually(`${this.#environment} serves`, ask, { seconds: START_SECONDS, every: 500 });
  }

  // Only the first port is known to others.
  async #startElsewhere() {
    await this.stop();
    await rm(this.#log);
    this.#ports = [this.#ports[0], ...(await freePorts(this.#ports.length - 1))];
    await this.#writeBase();
    await sleep(1000);
    this.#start();
  }

  async #writeBase() {
    // YAML takes JSON.
    const { shards, datastores } = this;
    const settings = base({ folder: this.#folder, ports: this.#ports, shards, datastores: datastores.sections, tls: this.#tls?.server });
    await writeFile(join(this.#folder, "config", "base.yaml"), JSON.stringify(settings, null, 2));
  }

  /** How it ended by itself: the exit status and everything it printed. */
  async end({ seconds = START_SECONDS } = {}) {
    let status;
    this.#process.ended.then((ended) => (status = ended));
    await eventually(`${this.#environment} ends by itself`, () => status !== undefined, { seconds });
    return { status, output: await this.log() };
  }

  get isRunning() {
    return this.#process !== undefined && this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async stop() {
    if (this.#process) await stop(this.#process);
  }

  /** Ends it without a warning, as a power cut does. */
  async kill() {
    await stop(this.#process, { signal: "SIGKILL" });
  }

  /** Starts it again on the same file. */
  async startAgain() {
    await this.#startAgain();
    await this.#serves();
  }

  async #startAgain() {
    // As if time had passed: servers of before 1.15 wait for those that were there half a minute ago, which are
    // themselves, and may end over it.
    await this.datastores.query?.("DELETE FROM cluster_membership");
    this.#start();
  }

  async restart() {
    await this.stop();
    await this.startAgain();
  }

  /** Starts it again with its file replaced by another text. */
  async restartOn(fileName, text) {
    await this.relaunchOn(fileName, text);
    await this.#serves();
  }

  /** The same, and does not wait. What it wrote before is forgotten. */
  async relaunchOn(fileName, text) {
    await this.stop();
    await writeFile(join(this.#folder, "config", fileName), text);
    await rm(this.#log, { force: true });
    await this.#startAgain();
  }

  /** Starts it again, told of another number of history shards. What it wrote before is forgotten. */
  async restartWithShards(shards) {
    await this.stop();
    this.shards = shards;
    await this.#writeBase();
    await rm(this.#log, { force: true });
    await this.startAgain();
  }

  log() {
    return readFile(this.#log, "utf8").catch(() => "");
  }

  /** The last lines that it wrote; of a panic the first, which have the reason. */
  async lastLines(count = 15) {
    const written = (await this.log()).trimEnd();
    const panic = written.lastIndexOf("\npanic: ");
    const lines = panic < 0 ? written.split("\n").slice(-count) : written.slice(panic + 1).split("\n").slice(0, count);
    return lines.map((line) => line.slice(0, 500)).join("\n");
  }
}

/** SQLite that lives and dies with the process; a second start finds it empty. */
export const memory = () => sqlite({ mode: "memory", cache: "private" });

/** SQLite in a folder: it outlives the process. */
export const sqliteFile = (folder) => sqlite({ setup: "true" }, (kind) => join(folder, `${kind}.sqlite`));

function sqlite(connectAttributes, databaseName = (kind) => kind) {
  const store = (kind) => ({
    sql: {
      pluginName: "sqlite",
      databaseName: databaseName(kind),
      connectAddr: "localhost",
      connectProtocol: "tcp",
      maxConns: 1,
      maxIdleConns: 1,
      maxConnLifetime: "1h",
      connectAttributes,
    },
  });
  return { sections: { temporal: store("temporal"), visibility: store("visibility") } };
}

// Everything but `clusterMetadata`, which is what we export.
function base({ folder, ports, shards, datastores, tls }) {
  const service = (grpcPort, membershipPort) => ({ rpc: { grpcPort, membershipPort, bindOnLocalHost: true } });
  return {
    log: { stdout: true, level: "warn" },
    persistence: {
      defaultStore: "temporal",
      visibilityStore: "visibility",
      numHistoryShards: shards,
      datastores,
    },
    global: { membership: { maxJoinDuration: "30s", broadcastAddress: "127.0.0.1" }, ...(tls && { tls }) },
    services: Object.fromEntries(SERVICES.map((name, i) => [name, service(ports[2 * i], ports[2 * i + 1])])),
    publicClient: { hostPort: `127.0.0.1:${ports[0]}` },
    dcRedirectionPolicy: { policy: "noop" },
    dynamicConfigClient: { filepath: join(folder, "dynamic.yaml"), pollInterval: "10s" },
  };
}
