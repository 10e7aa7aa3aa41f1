// What can never change in a cluster that runs, changed all the same: real servers do what we say, with the message we
// print.

import assert from "node:assert/strict";

import { claim, isSaid, putInto } from "./lib/claims.mjs";
import { scenario } from "./lib/scenario.mjs";
import { eventually } from "./lib/time.mjs";

const SHARDS = 4;

/** What is changed, and how a server that goes on with its database still describes itself. */
const CHANGES = [
  { code: "running-renamed", field: "name", value: "clusterZ", ends: true },
  { code: "running-renumbered", field: "initialVersion", value: "7", keeps: /"initialFailoverVersion": "1"/ },
  { code: "running-increment-changed", field: "increment", value: "1000", keeps: /"failoverVersionIncrement": "100"/ },
  { code: "running-shards-changed", field: "shards", value: "8", keeps: /"historyShardCount": 4\b/ },
];

for (const release of ["1.32.1", "1.14.1", "1.13.0"]) {
  scenario("what can never change is changed", { release, tool: "tctl" }, async (lab, step) => {
    const topology = await lab.topology(["clusterA"]);
    for (const change of CHANGES) {
      await step(change.code, () => tryChange(lab, topology, change), { alone: true });
    }
  });
}

async function tryChange(lab, topology, { code, field, value, ends, keeps }) {
  const [cluster] = topology.clusters;
  await lab.render(topology);
  const [file, right] = lab.configOf(cluster.name);
  const server = await lab.server(cluster, { shards: SHARDS, store: lab.lastingStore() });
  await server.boot(file, right);

  const claimed = await claim(changed(topology, field, value), code);
  assert.equal(claimed.severity, "error");
  if (field === "shards") await server.restartWithShards(Number(value));
  else await server.relaunchOn(file, putInto(right, topology, field, value));

  if (ends) assert.notEqual((await server.end()).status, 0);
  const isTold = async () => !claimed.server || saysOneOf(claimed.server, cluster.name, value, await server.log());
  await eventually(`it says: ${claimed.server}`, isTold);
  if (ends) return startsOnTheOldFile(server, [file, right], claimed.help.includes("saved the new name"));

  // What 1.13 goes on with, it tells nobody.
  if (lab.release !== "1.13.0") await eventually("it goes on with its database", () => describes(lab, server, keeps));
  await server.stop();
}

/** The topology with a value changed of a cluster that runs with what it is now. */
function changed(topology, field, value) {
  const [cluster] = topology.clusters;
  const running = { ...cluster, increment: topology.increment, shards: String(SHARDS) };
  const wanted = { ...cluster, shards: String(SHARDS), running };
  if (field === "increment") return { ...topology, increment: value, clusters: [wanted] };
  return { ...topology, clusters: [{ ...wanted, [field]: value }] };
}

/** Of two names, a server names either first. */
function saysOneOf(message, name, other, printed) {
  const exchanged = message.replaceAll(other, "\0").replaceAll(name, other).replaceAll("\0", name);
  return isSaid(message, printed) || isSaid(exchanged, printed);
}

/** Before 1.15 nothing of a wrong name is kept. */
async function startsOnTheOldFile(server, file, isDamaged) {
  assert.equal(isDamaged, server.release === "1.32.1");
  if (isDamaged) {
    await server.relaunchOn(...file);
    assert.notEqual((await server.end()).status, 0);
  } else {
    await server.restartOn(...file);
  }
  await server.stop();
}

async function describes(lab, server, expected) {
  const described = await lab.call("--address", server.address, "admin", "cluster", "describe");
  return described.status === 0 && expected.test(described.output);
}
