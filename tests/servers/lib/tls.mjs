// Certificates for the frontends of a lab, made by openssl, and what servers, Node and the tools need to use them.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { run } from "./processes.mjs";

/** The name that every certificate has, beside the names of its own. */
export const COMMON = "temporal.test";

/** A certificate authority in a folder. */
export class Authority {
  #folder;

  static async create(folder) {
    const authority = new Authority();
    authority.#folder = folder;
    await authority.#openssl("req", "-x509", ...NEW_KEY, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=ca", "-days", "2");
    return authority;
  }

  get ca() {
    return join(this.#folder, "ca.pem");
  }

  /** A certificate for these names (`DNS:a.test`, `IP:127.0.0.1`), and its key: the paths of both. */
  async issue(name, names) {
    const extensions = `subjectAltName=${[`DNS:${COMMON}`, ...names].join(",")}\nextendedKeyUsage=serverAuth,clientAuth\n`;
    await writeFile(join(this.#folder, `${name}.ext`), extensions);
    await this.#openssl("req", ...NEW_KEY, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`);
    const signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile", `${name}.ext`];
    await this.#openssl("x509", "-req", "-in", `${name}.csr`, "-out", `${name}.pem`, ...signed);
    return { certificate: join(this.#folder, `${name}.pem`), key: join(this.#folder, `${name}.key`) };
  }

  /** A frontend that speaks TLS and lets in only who shows a certificate of this authority. */
  async frontend({ certificate, key }) {
    const client = { serverName: COMMON, rootCaFiles: [this.ca] };
    const server = { certFile: certificate, keyFile: key, requireClientAuth: true, clientCaFiles: [this.ca] };
    const [ca, cert, ownKey] = await Promise.all([this.ca, certificate, key].map((path) => readFile(path)));
    return {
      server: { frontend: { server, client }, systemWorker: { certFile: certificate, keyFile: key, client } },
      ask: { ca, cert, key: ownKey, servername: COMMON },
    };
  }

  async #openssl(...args) {
    (await run("openssl", args, { cwd: this.#folder, env: { PATH: process.env.PATH } })).succeeds();
  }
}

const NEW_KEY = ["-newkey", "rsa:2048", "-nodes"];
