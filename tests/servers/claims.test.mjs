// Nothing that we call an error goes unproved: a rule has its case on real servers, or a reason why there is none.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const RULES = fileURLToPath(new URL("../../crates/core/src/rules/", import.meta.url));

/** Errors that say nothing of what a server does. */
const NO_CLAIM = {
  "clusters-missing": "there is nothing to start",
  "increment-too-small": "initial versions that an increment has no room for have a rule of their own",
  "server-version-unknown": "there is no such server",
  "address-seen-twice": "what a server says of one address for two clusters is proved for address-duplicate",
  "shards-invalid": "the number is in no file and in no command",
  "tls-file-invalid": "whether a file is there, only its machine can tell",
  "tls-half-pair": "nothing is written of half a pair",
  "tls-server-name-invalid": "no certificate can have such a name",
  "tls-server-names-differ": "one entry of a file cannot hold two names",
};

test("every error is proved on real servers, or claims nothing of them", async () => {
  const files = ["lib/claims.mjs", "claims-of-files.test.mjs"];
  const tests = [...files, "claims-on-connecting.test.mjs", "claims-on-running.test.mjs"];
  const proofs = (await Promise.all(tests.map((name) => readFile(new URL(name, import.meta.url), "utf8")))).join();
  const errors = [];
  for (const name of await readdir(RULES)) {
    const rule = await readFile(`${RULES}${name}`, "utf8");
    errors.push(...[...rule.matchAll(/Rule::error\("([^"]+)"/g)].map((match) => match[1]));
  }
  assert.notEqual(errors.length, 0);
  const unproved = errors.filter((code) => !proofs.includes(`"${code}"`));
  assert.deepEqual(unproved.sort(), Object.keys(NO_CLAIM).sort());
});
