// A PostgreSQL that is thrown away: the releases before 1.17 have no SQLite.

import { chmod, chown, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { freePorts } from "./ports.mjs";
import { run, start, stop } from "./processes.mjs";
import { postgresFolder, program } from "./programs.mjs";
import { eventually } from "./time.mjs";

const USER = "temporal";
/** How long it may take: much longer than it ever did. */
const START_SECONDS = 240;
/** How often it is started before nobody believes in a taken port any more. */
const MOST_STARTS = 3;
/** What servers keep: their data, and what searches look at. */
const KINDS = ["temporal", "visibility"];

export class Postgres {
  #folder;
  #port;
  #process;
  #identity;
  #templates = new Map();
  #count = 0;

  static async start(folder) {
    const postgres = new Postgres();
    await postgres.#start(folder);
    return postgres;
  }

  async #start(folder) {
    this.#folder = folder;
    this.#identity = await identity();
    await mkdir(folder);
    if (this.#identity.uid) {
      await chown(folder, this.#identity.uid, this.#identity.gid);
      // Another user must be able to pass through.
      await chmod(dirname(folder), 0o711);
    }
    const data = join(folder, "data");
    const initdb = ["-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"];
    (await run(join(postgresFolder(), "initdb"), initdb, this.#options())).succeeds();
    const log = join(dirname(folder), "postgres.log");
    for (let starts = 1; !(await this.#listen(data, log)); starts++) {
      if (starts === MOST_STARTS) throw new Error(`PostgreSQL does not start:\n${await readFile(log, "utf8")}`);
    }
  }

  /** Starts it on a new port; false if it ended, as it does where another program has taken the port. */
  async #listen(data, log) {
    [this.#port] = await freePorts(1);
    const settings = {
      listen_addresses: "127.0.0.1",
      port: this.#port,
      unix_socket_directories: "",
      max_connections: 300,
      fsync: "off",
      full_page_writes: "off",
      synchronous_commit: "off",
    };
    const flags = Object.entries(settings).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
    this.#process = start(join(postgresFolder(), "postgres"), ["-D", data, ...flags], { log, ...this.#options() });
    let ended = false;
    this.#process.ended.then(() => (ended = true));
    const answers = async () => ended || (await this.query("SELECT 1"));
    await eventually("PostgreSQL answers", answers, { seconds: START_SECONDS });
    return !ended;
  }

  /** What a statement prints: a line for each row, columns separated by `|`. */
  async query(statement, database = "postgres") {
    const where = ["-h", "127.0.0.1", "-p", this.#port, "-U", USER, "-d", database];
    const flags = ["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement];
    const answer = await run(join(postgresFolder(), "psql"), [...where, ...flags], this.#options());
    return answer.succeeds().output.trim();
  }

  /** The two databases of a new cluster: the section `datastores` that names them, and a way to ask the first. */
  async newDatabases(release) {
    await this.#template(release);
    const name = `cluster_${++this.#count}`;
    const sections = {};
    for (const kind of KINDS) {
      const database = `${name}_${kind}`;
      await this.query(`CREATE DATABASE ${database} TEMPLATE ${template(release, kind)}`);
      // The version of the tables stands under the name of the database.
      await this.query(`UPDATE schema_version SET db_name = '${database}'`, database);
      sections[kind] = {
        sql: {
          pluginName: "postgres",
          databaseName: database,
          connectAddr: `127.0.0.1:${this.#port}`,
          connectProtocol: "tcp",
          user: USER,
          password: "unused",
          maxConns: 8,
          maxIdleConns: 8,
          maxConnLifetime: "1h",
        },
      };
    }
    return { sections, query: (statement) => this.query(statement, `${name}_temporal`) };
  }

  // The tables of a release are made once, by its own tool, and copied for every cluster.
  #template(release) {
    if (!this.#templates.has(release)) this.#templates.set(release, this.#makeTemplate(release));
    return this.#templates.get(release);
  }

  async #makeTemplate(release) {
    const tool = program("temporal-sql-tool", release);
    const schema = join(dirname(dirname(tool)), "schema");
    for (const kind of KINDS) {
      const database = template(release, kind);
      const flags = ["--ep", "127.0.0.1", "-p", this.#port, "-u", USER, "--pw", "unused", "--pl", "postgres"];
      const call = async (...args) => (await run(tool, [...flags, "--db", database, ...args])).succeeds();
      await call("create", "--db", database);
      await call("setup", "-v", "0.0");
      await call("update", "-d", join(schema, kind, "versioned"));
    }
  }

  async stop() {
    // At once: nothing in it is kept.
    await stop(this.#process, { signal: "SIGQUIT" });
  }

  #options() {
    return { cwd: this.#folder, ...this.#identity };
  }
}

const template = (release, kind) => `template_${release.replaceAll(".", "_")}_${kind}`;

// PostgreSQL refuses to run as root.
async function identity() {
  if (process.getuid() !== 0) return {};
  for (const user of ["postgres", "nobody"]) {
    const [uid, gid] = await Promise.all(["-u", "-g"].map((flag) => run("id", [flag, user])));
    if (uid.status === 0) return { uid: Number(uid.output), gid: Number(gid.output) };
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a user postgres nor nobody");
}
