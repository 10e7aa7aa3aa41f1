// What is really so, asked of the servers with a tool that no exported script uses for it, and not of an exit status.

import { RELEASES } from "./lab.mjs";
import { run } from "./processes.mjs";
import { environmentWith, program } from "./programs.mjs";
import { eventually } from "./time.mjs";

/** The newest tool can ask servers of every release for namespaces and workflows. */
async function ask(server, ...args) {
  const temporal = program("temporal", "1.5.1");
  const options = ["--address", server.address, "--output", "json"];
  const answer = await run(temporal, [...args, ...options], { env: environmentWith(temporal, "/nonexistent") });
  return JSON.parse(answer.succeeds().output);
}

/** The connections that every cluster of a lab has stored: `{ clusterA: { clusterB: "on 127.0.0.1:8233" } }`. */
export async function allConnections(lab) {
  const names = [...lab.servers.keys()];
  const found = await Promise.all(names.map((name) => connections(lab, name)));
  return Object.fromEntries(names.map((name, i) => [name, found[i]]));
}

/** The connections that one cluster has stored. */
export async function connections(lab, name) {
  const known = RELEASES[lab.release].lists ? await listed(lab.at(name)) : await stored(lab.at(name));
  const others = known.filter((cluster) => cluster.name !== name);
  return Object.fromEntries(others.map(({ name, on, address }) => [name, `${on ? "on" : "off"} ${address}`]));
}

async function listed(server) {
  const clusters = await ask(server, "operator", "cluster", "list");
  return clusters.map(({ clusterName, isConnectionEnabled, address }) => ({
    name: clusterName,
    on: isConnectionEnabled === true,
    address,
  }));
}

// Before 1.15 no command tells; what is in the database does.
async function stored(server) {
  const rows = await server.datastores.query("SELECT encode(data, 'hex') FROM cluster_metadata_info");
  return rows.split("\n").map((row) => {
    // persistence.v1.ClusterMetadata
    const fields = protobufFields(Buffer.from(row, "hex"));
    return { name: String(fields.get(1)), address: String(fields.get(6)), on: fields.get(10) === 1 };
  });
}

// The fields of a message by number: numbers, and bytes. Of what is repeated, the last.
function protobufFields(message) {
  const fields = new Map();
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message[at++];
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = number();
    const kind = key % 8;
    if (kind === 0) {
      fields.set(Math.floor(key / 8), number());
    } else if (kind === 2) {
      const length = number();
      fields.set(Math.floor(key / 8), message.subarray(at, (at += length)));
    } else {
      throw new Error(`a field of kind ${kind} in ${message.toString("hex")}`);
    }
  }
  return fields;
}

/** What should be stored in every cluster when all are connected; `state` is `on` or `off`. */
export function fullMesh({ clusters }, state) {
  const others = (own) => clusters.filter(({ name }) => name !== own.name);
  const entry = ({ name, rpcAddress }) => [name, `${state} ${rpcAddress}`];
  return Object.fromEntries(clusters.map((own) => [own.name, Object.fromEntries(others(own).map(entry))]));
}

/** A namespace as a server knows it: where it is active, and the clusters that it is in. */
export async function namespace(server, name) {
  const { replicationConfig } = await ask(server, "operator", "namespace", "describe", "--namespace", name);
  return {
    active: replicationConfig.activeClusterName,
    clusters: replicationConfig.clusters.map(({ clusterName }) => clusterName),
  };
}

/** Waits until these servers say that a namespace is active there. */
export async function becomesActive(servers, name, where) {
  for (const server of servers) {
    const isThere = async () => (await namespace(server, name)).active === where;
    await eventually(`${name} is active in ${where}, as ${server.address} sees it`, isThere);
  }
}

/** Starts a workflow; nobody works on it. New namespaces take some seconds until a server uses them. */
export async function startWorkflow(server, name, id) {
  const what = ["--namespace", name, "--workflow-id", id, "--type", "Waiting", "--task-queue", "nobody"];
  await eventually(`${id} starts`, () => ask(server, "workflow", "start", ...what));
}

/** The state of a workflow as a server sees it; `undefined` if it has none of that id. */
export async function workflow(server, name, id) {
  try {
    const found = await ask(server, "workflow", "describe", "--namespace", name, "--workflow-id", id);
    return found.workflowExecutionInfo.status;
  } catch (error) {
    if (/not found/i.test(error.message)) return undefined;
    throw error;
  }
}

/** Waits until a workflow is running, as these servers see it. */
export async function workflowArrives(servers, name, id) {
  for (const server of servers) {
    const isThere = async () => (await workflow(server, name, id)) === "WORKFLOW_EXECUTION_STATUS_RUNNING";
    await eventually(`${id} is in ${server.address}`, isThere);
  }
}
