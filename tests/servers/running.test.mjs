// Clusters of which some run already, and nothing of them was imported: what the runbook says then.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import { change } from "./lib/change.mjs";
import { takeOut } from "./lib/core.mjs";
import { allConnections, becomesActive, fullMesh, startWorkflow, workflow, workflowArrives } from "./lib/observe.mjs";
import { commandsBelow } from "./lib/runbook.mjs";
import { scenario } from "./lib/scenario.mjs";
import { eventually } from "./lib/time.mjs";

const [a, b, c] = ["clusterA", "clusterB", "clusterC"];

/** The topology in which these clusters run. */
const whereRun = (topology, names) => ({
  ...topology,
  clusters: topology.clusters.map((cluster) => {
    const { name, initialVersion } = cluster;
    return names.includes(name) ? { ...cluster, running: { name, initialVersion, increment: "100" } } : cluster;
  }),
});

const restartAll = (lab) => Promise.all([...lab.servers.values()].map((server) => server.restart()));

for (const [release, tool] of [
  ["1.32.1", "tctl"],
  ["1.32.1", "temporal"],
  ["1.14.1", "tctl"],
]) {
  const restarts = release === "1.14.1";

  scenario("a cluster joins one that runs", { release, tool }, async (lab, step) => {
    const both = await lab.topology([a, b]);
    const nothing = { [a]: {}, [b]: {} };
    const [runs] = both.clusters;
    const joining = whereRun(both, [a]);
    let asked;

    await step("one cluster runs", async () => {
      await lab.render({ ...both, clusters: [runs] });
      await lab.boot([a], { store: lab.lastingStore() });
      assert.equal(lab.commands("Start the servers").length, 1);
    });
    await step("asked as the runbook says, it answers with what stands there", async () => {
      await lab.render(joining);
      asked = await lab.followRunbook("Look at what runs");
      asked[0].says(a);
      assert.match(asked[0].output, /"?initialFailoverVersion"?: "?1"?/);
    });
    await step("what it answered, pasted with the commands, makes the plan of the change", async () => {
      const lines = lab.commands("Look at what runs");
      const pasted = lines.map((line, at) => `$ ${line}\n${asked[at].output}\n`).join("");
      const told = (await change(lab, joining, { "asked.txt": pasted })).get("CHANGE.md");
      for (const says of ["`clusterA.yaml` stays as it is", "`clusterB.yaml` is new", "`clusterA` is connected to `clusterB`"]) {
        assert.ok(told.includes(says), `${says} in ${told}`);
      }
    });
    await step("the file of the one that runs is the one that it runs on; the new one starts", async () => {
      assert.match(lab.files.get("RUNBOOK.md"), /`clusterA.yaml` is compared/);
      await lab.boot([b], { store: lab.lastingStore() });
      for (const said of await lab.followRunbook("Start the servers")) said.says("SERVING");
    });
    await step("connect.sh connects them, and the one command adds nothing more", async () => {
      const [connect, add, verify, ...others] = lab.commands("Connect the clusters");
      assert.deepEqual([connect, verify, others], ["sh connect.sh", "sh verify.sh", []]);
      (await lab.line(connect)).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(both, "on"));
      (await lab.line(add)).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(both, "on"));
      if (restarts) await restartAll(lab);
      (await lab.line(verify)).succeeds();
    });
    await step("it goes back to what it was", async () => {
      for (const line of lab.commands("Go back, if need be")) (await lab.line(line)).succeeds();
      assert.deepEqual(await allConnections(lab), nothing);
      // Servers read it within a minute, here within seconds; those of 1.14 when they start.
      await (restarts ? restartAll(lab) : sleep(5_000));
    });
    await step("by hand, what it adds at the one that runs is one direction", async () => {
      const [, add] = lab.commands("Connect the clusters");
      (await lab.line(add)).succeeds();
      assert.deepEqual(await allConnections(lab), { ...fullMesh(both, "on"), [b]: {} });
    });
    await step("connected anew, what is registered and started in one is in the other", async () => {
      (await lab.script("connect.sh")).succeeds();
      if (restarts) await restartAll(lab);
      await lab.followRunbook("Create a global namespace", "orders");
      await becomesActive([lab.at(a), lab.at(b)], "orders", a);
      await startWorkflow(lab.at(a), "orders", "one");
      await workflowArrives([lab.at(b)], "orders", "one");
    });
    await step("where both run, the runbook connects what is missing, and leaves the rest", async () => {
      await lab.render(whereRun(both, [a, b]));
      const asked = await lab.followRunbook("Look at what runs");
      assert.equal(asked.length, restarts ? 2 : 4);
      for (const said of await lab.followRunbook("Ask whether they serve")) said.says("SERVING");
      await lab.followRunbook("Connect the clusters");
      assert.deepEqual(await allConnections(lab), fullMesh(both, "on"));
    });
  });
}

for (const [release, tool] of [
  ["1.32.1", "tctl"],
  ["1.32.1", "temporal"],
  ["1.14.1", "tctl"],
]) {
  scenario("one that runs is removed from the plan, and taken out", { release, tool }, async (lab, step) => {
    const three = await lab.topology([a, b, c]);
    const all = [a, b, c];
    const keepsNamespaces = release === "1.14.1";

    await step("three clusters are connected, and a namespace is in all where one can leave", async () => {
      await lab.render(whereRun(three, all));
      await lab.boot(all);
      (await lab.script("connect.sh")).succeeds();
      if (keepsNamespaces) return;
      await lab.followRunbook("Create a global namespace", "orders");
      await becomesActive(all.map((name) => lab.at(name)), "orders", a);
      await lab.followRunbook("Fail over, forced", "orders");
      await becomesActive(all.map((name) => lab.at(name)), "orders", b);
    });
    await step("TAKE-OUT.md lets the second one leave, and the others forget it", async () => {
      const lines = commandsBelow(await takeOut(whereRun(three, all), 1, lab.home), "Let it leave");
      const forget = lines.slice(-4);
      for (const line of forget) assert.match(line, /remove/);
      for (const line of lines.slice(0, -4)) {
        (await lab.line(line, "orders")).succeeds();
        if (line.includes("handover")) await becomesActive(all.map((name) => lab.at(name)), "orders", a);
      }
      // Servers look at the namespaces of some seconds ago.
      for (const line of forget) await eventually(line, async () => (await lab.line(line)).status === 0);
      const two = { ...three, clusters: three.clusters.filter(({ name }) => name !== b) };
      assert.deepEqual(await allConnections(lab), { ...fullMesh(two, "on"), [b]: {} });
    });
  });
}

scenario("a running cluster gets global namespaces before it is connected", { release: "1.32.1", tool: "temporal" }, async (lab, step) => {
  const both = await lab.topology([a, b]);
  await step("one runs without, on a file of its own", async () => {
    await lab.render(whereRun(both, [a]));
    const [name, text] = lab.configOf(a);
    const server = await lab.server(both.clusters[0], { store: lab.lastingStore() });
    await server.boot(name, text.replace("enableGlobalNamespace: true", "enableGlobalNamespace: false"));
    await lab.boot([b]);
  });
  await step("connect.sh changes nothing before its file was replaced, and it restarted, as the runbook says", async () => {
    (await lab.script("connect.sh")).fails("enableGlobalNamespace", "Nothing was changed");
    assert.match(lab.files.get("RUNBOOK.md"), /`enableGlobalNamespace` is not `true`: replace it, and restart/);
    await lab.at(a).restartOn(...lab.configOf(a));
    await lab.followRunbook("Connect the clusters");
    assert.deepEqual(await allConnections(lab), fullMesh(both, "on"));
  });
});

scenario("a cluster joins one that runs, by its file", { release: "1.13.0", tool: "tctl" }, async (lab, step) => {
  const both = await lab.topology([a, b]);
  await step("one cluster runs on a file with itself alone", async () => {
    await lab.render({ ...both, clusters: [both.clusters[0]] });
    await lab.boot([a], { store: lab.lastingStore() });
  });
  await step("on the files of both, one started and the other restarted, they are connected", async () => {
    await lab.render(whereRun(both, [a]));
    assert.match(lab.files.get("RUNBOOK.md"), /Start all servers of `clusterB`. Restart all servers of `clusterA`/);
    await lab.boot([b], { store: lab.lastingStore() });
    await lab.at(a).restartOn(...lab.configOf(a));
    for (const said of await lab.followRunbook("Start the servers")) said.says("SERVING");
    await lab.followRunbook("Create a global namespace", "orders");
    await becomesActive([lab.at(a), lab.at(b)], "orders", a);
    await startWorkflow(lab.at(a), "orders", "one");
    await workflowArrives([lab.at(b)], "orders", "one");
    assert.notEqual(await workflow(lab.at(b), "orders", "one"), undefined);
  });
});
