// Configuration files that we refuse, given to real servers: each does what we say of it, with the message we print.

import assert from "node:assert/strict";

import { casesFor, claim, damageOf, FILES, isSaid, putInto, withWrong } from "./lib/claims.mjs";
import { scenario } from "./lib/scenario.mjs";

for (const release of ["1.32.1", "1.14.1", "1.13.0"]) {
  scenario("files that are refused", { release, tool: "tctl" }, async (lab, step) => {
    const pair = await lab.topology(["clusterA", "clusterB"]);
    const alone = { ...pair, clusters: pair.clusters.slice(0, 1) };

    for (const given of casesFor(FILES, release)) {
      const what = `${given.code}: ${given.field} is ${JSON.stringify(given.value.slice(0, 20))}`;
      await step(what, () => tryFile(lab, given.pair ? pair : alone, given), { alone: true });
    }
  });
}

async function tryFile(lab, topology, given) {
  const { code, field, value, readAs = value, boots, initialVersion } = given;
  const cluster = topology.clusters.at(-1);
  const claimed = await claim(withWrong(topology, field, value), code);
  assert.equal(claimed.severity, "error");
  await lab.render(topology);
  const [file, right] = lab.configOf(cluster.name);
  const wrong = putInto(right, topology, field, value);
  const server = await lab.server(cluster, { store: lab.lastingStore() });
  if (boots) {
    assert.equal(claimed.server, undefined);
    await server.boot(file, wrong);
    if (initialVersion) await hasInitialVersion(lab, server, initialVersion);
  } else {
    await server.launch(file, wrong);
    const says = given.says ?? (await claim(withWrong(topology, field, readAs), code)).server;
    await endsWith(server, says);
    await startsOnTheRightFile(server, [file, right], damageOf(given, lab.release, says));
  }
  await server.stop();
}

async function endsWith(server, message) {
  const { status, output } = await server.end();
  assert.ok(typeof status === "number" && status > 0, `it ended with ${status}`);
  assert.ok(isSaid(message, output), `it did not say: ${message}\n${await server.lastLines()}`);
}

/** With the right file it starts, unless the first start has damaged its database. */
async function startsOnTheRightFile(server, right, damage) {
  if (damage) {
    await server.relaunchOn(...right);
    await endsWith(server, damage);
  } else {
    await server.restartOn(...right);
  }
}

// 1.13 tells nobody.
async function hasInitialVersion(lab, server, expected) {
  if (lab.release === "1.13.0") return;
  const described = (await lab.call("--address", server.address, "admin", "cluster", "describe")).succeeds();
  assert.match(described.output, new RegExp(`"initialFailoverVersion": "${expected}"`));
}
