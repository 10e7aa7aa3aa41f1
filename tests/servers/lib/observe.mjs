// What is really so, asked of the servers with a tool that no exported script uses for it, and not of an exit status.

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

/** The connections that a server has stored: `{ clusterB: 'on 127.0.0.1:8233' }`. Needs 1.18. */
export async function connections(server, ownName) {
  const listed = await ask(server, "operator", "cluster", "list");
  const others = listed.filter(({ clusterName }) => clusterName !== ownName);
  return Object.fromEntries(
    others.map(({ clusterName, isConnectionEnabled, address }) => [
      clusterName,
      `${isConnectionEnabled ? "on" : "off"} ${address}`,
    ]),
  );
}

/** What is stored in every cluster of a lab, by name. */
export async function allConnections(lab) {
  const names = [...lab.servers.keys()];
  const found = await Promise.all(names.map((name) => connections(lab.at(name), name)));
  return Object.fromEntries(names.map((name, i) => [name, found[i]]));
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
