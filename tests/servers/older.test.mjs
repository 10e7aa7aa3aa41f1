// Releases before 1.15, on PostgreSQL: with a restart after connecting, and without any connecting.

import assert from "node:assert/strict";

import { allConnections, becomesActive, fullMesh, namespace, startWorkflow, workflowArrives } from "./lib/observe.mjs";
import { scenario } from "./lib/scenario.mjs";

const [a, b] = ["clusterA", "clusterB"];

/** A namespace in both, workflows in both directions and a fail-over. The runbook has the commands. */
async function replicates(lab, step) {
  const both = [lab.at(a), lab.at(b)];
  await step("a namespace is created as the runbook says, and is in both", async () => {
    await lab.followRunbook("Create a global namespace", "orders");
    await becomesActive(both, "orders", a);
  });
  await step("a workflow started in A is in B", async () => {
    await startWorkflow(lab.at(a), "orders", "one");
    await workflowArrives([lab.at(b)], "orders", "one");
  });
  await step("a fail-over as the runbook says is seen by both", async () => {
    await lab.followRunbook("Fail over", "orders");
    await becomesActive(both, "orders", b);
  });
  await step("a workflow started in B is in A", async () => {
    await startWorkflow(lab.at(b), "orders", "two");
    await workflowArrives([lab.at(a)], "orders", "two");
  });
}

const restartAll = (lab) => Promise.all([...lab.servers.values()].map((server) => server.restart()));

const connected = async (lab, step) => {
  const topology = await lab.topology([a, b]);
  const nothing = { [a]: {}, [b]: {} };

  await step("the page exports it", () => lab.export(topology));
  await step("both servers start on the exported files", () => lab.boot());
  await step("every server says SERVING, asked as the runbook says", async () => {
    for (const said of await lab.followRunbook("Start the servers")) said.says("SERVING");
  });
  await step("verify.sh says that nothing is connected", async () => {
    (await lab.script("verify.sh")).fails(/clusterA +clusterB .* not connected/, /clusterB +clusterA .* not connected/);
  });
  await step("connect.sh connects, and says that servers must be restarted", async () => {
    (await lab.script("connect.sh")).succeeds("Now restart all servers");
    assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
  });
  await step("verify.sh notices that they were not restarted", async () => {
    (await lab.script("verify.sh")).fails(/clusterA +clusterB .* not restarted/, /clusterB +clusterA .* not restarted/);
  });
  await step("remove.sh leaves nothing of the connections", async () => {
    (await lab.script("remove.sh", ["-y"])).succeeds("Now restart all servers");
    assert.deepEqual(await allConnections(lab), nothing);
    (await lab.script("remove.sh", ["-y"])).succeeds("nothing to remove");
  });
  await step("connected again and restarted, verify.sh says that everything works", async () => {
    (await lab.script("connect.sh")).succeeds();
    await restartAll(lab);
    (await lab.script("verify.sh")).succeeds(/clusterA +clusterB .* works/, /clusterB +clusterA .* works/);
  });
  await replicates(lab, step);

  await step("disable.sh asks first: without a terminal it changes nothing", async () => {
    (await lab.script("disable.sh")).fails("Nothing was changed", "-y");
    assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
  });
  await step("remove.sh refuses while a namespace is in both", async () => {
    (await lab.script("remove.sh", ["-y"])).fails("Nothing was changed", "orders");
    assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
  });
  await step("a namespace cannot leave a cluster, as the runbook says", async () => {
    assert.deepEqual(lab.commands("Take it apart"), ["sh disable.sh", "sh remove.sh"]);
    const update = ["--address", lab.at(b).address, "--namespace", "orders", "namespace", "update"];
    const refusal = "Cannot remove existing replicated clusters from a namespace";
    (await lab.call(...update, "--clusters", b)).fails(refusal);
    assert.match(lab.files.get("RUNBOOK.md"), new RegExp(refusal));
  });
  await step("disable.sh -y really turns the connections off, and says to restart", async () => {
    (await lab.script("disable.sh", ["-y"])).succeeds("Now restart all servers");
    assert.deepEqual(await allConnections(lab), fullMesh(topology, "off"));
    await restartAll(lab);
    (await lab.script("verify.sh")).fails(/clusterA +clusterB .* disabled/, /clusterB +clusterA .* disabled/);
  });
  await step("connect.sh turns them on again", async () => {
    (await lab.script("connect.sh")).succeeds();
    assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    await restartAll(lab);
    (await lab.script("verify.sh")).succeeds();
    await startWorkflow(lab.at(b), "orders", "three");
    await workflowArrives([lab.at(a)], "orders", "three");
  });
};
// The tool of its time, and the one that people have today.
for (const version of ["1.14.1", "1.18.0"]) {
  scenario("a pair is connected, and restarted", { release: "1.14.1", tool: "tctl", version }, connected);
}

scenario("a pair with the files of before 1.14", { release: "1.14.1", tool: "tctl" }, async (lab, step) => {
  const topology = { ...(await lab.topology([a, b])), server: "1.13" };
  await step("the page exports it", () => lab.export(topology));
  await step("both servers start, and are connected without a command", async () => {
    await lab.boot();
    assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
  });
  await replicates(lab, step);
  await step("on the files for 1.14, each its own master, verify.sh says that everything works", async () => {
    await lab.export({ ...topology, server: "1.14.0" });
    await Promise.all([a, b].map((name) => lab.at(name).restartOn(...lab.configOf(name))));
    (await lab.script("verify.sh")).succeeds(/clusterA +clusterB .* works/, /clusterB +clusterA .* works/);
  });
  await step("connect.sh can be run, and changes nothing", async () => {
    (await lab.script("connect.sh")).succeeds();
    assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    (await lab.script("verify.sh")).succeeds();
  });
});

scenario("a pair that its files connect", { release: "1.13.0", tool: "tctl" }, async (lab, step) => {
  const topology = await lab.topology([a, b]);
  await step("the page exports files and a runbook, and no commands", async () => {
    await lab.export(topology);
    assert.deepEqual([...lab.files.keys()].sort(), ["RUNBOOK.md", "clusterA.yaml", "clusterB.yaml"]);
  });
  await step("both servers start on the exported files", () => lab.boot());
  await step("every server says SERVING, asked as the runbook says", async () => {
    for (const said of await lab.followRunbook("Start the servers")) said.says("SERVING");
  });
  await replicates(lab, step);
  await step("only the master registers global namespaces", async () => {
    const [line] = lab.commands("Create a global namespace");
    const atB = line.replace(lab.at(a).address, lab.at(b).address);
    (await lab.line(atB, "elsewhere")).fails("Cluster is not master cluster");
  });
  await step("after a restart of all servers it still replicates", async () => {
    await restartAll(lab);
    await startWorkflow(lab.at(b), "orders", "three");
    await workflowArrives([lab.at(a)], "orders", "three");
  });
});
