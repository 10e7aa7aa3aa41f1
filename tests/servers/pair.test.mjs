// Two clusters of the newest release, from the first start to the last command of the runbook, with both tools.

import assert from "node:assert/strict";

import {
  allConnections,
  becomesActive,
  fullMesh,
  namespace,
  startWorkflow,
  workflow,
  workflowArrives,
} from "./lib/observe.mjs";
import { untilRead } from "./lib/server.mjs";
import { scenario } from "./lib/scenario.mjs";
import { eventually, stays } from "./lib/time.mjs";

for (const tool of ["tctl", "temporal"]) {
  scenario("a pair lives and is taken apart", { release: "1.32.1", tool }, async (lab, step) => {
    const topology = await lab.topology(["clusterA", "clusterB"]);
    const [a, b] = ["clusterA", "clusterB"];
    const both = () => [lab.at(a), lab.at(b)];
    const nothing = { [a]: {}, [b]: {} };

    await step("the page, told by link or by form, exports it", () =>
      lab.export(topology, tool === "tctl" ? "form" : "link"),
    );
    await step("both servers start on the exported files", () => lab.boot());
    await step("every server says SERVING, asked as the runbook says", async () => {
      const said = await lab.followRunbook("Start the servers");
      assert.equal(said.length, 2);
      for (const ended of said) ended.says("SERVING");
    });
    await step("verify.sh says that nothing is connected", async () => {
      const said = await lab.script("verify.sh");
      said.fails(/clusterA +clusterB .* not connected/, /clusterB +clusterA .* not connected/);
      assert.deepEqual(await allConnections(lab), nothing);
    });

    await step("connect.sh connects, and waits until the connections work", async () => {
      await lab.followRunbook("Connect the clusters");
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    });
    await step("verify.sh says that everything works", async () => {
      (await lab.script("verify.sh")).succeeds(/clusterA +clusterB .* works/, /clusterB +clusterA .* works/);
    });
    await step("nothing was left by asking", async () => {
      for (const server of both()) await assert.rejects(namespace(server, "multicluster-probe"), /not found/);
    });

    await step("a namespace is created as the runbook says, and is in both", async () => {
      await lab.followRunbook("Create a global namespace", "orders");
      await becomesActive(both(), "orders", a);
      assert.deepEqual((await namespace(lab.at(b), "orders")).clusters.sort(), [a, b]);
    });
    await step("a workflow started in A is in B", async () => {
      await startWorkflow(lab.at(a), "orders", "one");
      await workflowArrives([lab.at(b)], "orders", "one");
    });
    await step("a fail-over as the runbook says is seen by both", async () => {
      await lab.followRunbook("Fail over", "orders");
      await becomesActive(both(), "orders", b);
    });
    await step("a workflow started in B is in A", async () => {
      await startWorkflow(lab.at(b), "orders", "two");
      await workflowArrives([lab.at(a)], "orders", "two");
    });

    await step("disable.sh asks first: without a terminal it changes nothing", async () => {
      (await lab.script("disable.sh")).fails("Nothing was changed", "-y");
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    });
    await step("disable.sh -y really turns the connections off", async () => {
      (await lab.script("disable.sh", ["-y"])).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "off"));
    });
    await step("verify.sh says that they are off", async () => {
      (await lab.script("verify.sh")).fails(/clusterA +clusterB .* disabled/, /clusterB +clusterA .* disabled/);
    });
    await step("what starts while they are off does not arrive", async () => {
      await untilRead();
      await startWorkflow(lab.at(b), "orders", "three");
      await stays("three is not in A", async () => (await workflow(lab.at(a), "orders", "three")) === undefined);
    });
    await step("connect.sh turns them on again", async () => {
      (await lab.script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
      (await lab.script("verify.sh")).succeeds();
      await startWorkflow(lab.at(b), "orders", "four");
      await workflowArrives([lab.at(a)], "orders", "four");
    });

    await step("remove.sh refuses while a namespace is in both", async () => {
      (await lab.script("remove.sh", ["-y"])).fails("Nothing was changed", "orders");
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    });
    await step("the runbook takes the namespace out of B, and what only B has is sent before", async () => {
      const [send, handOver, shrink, look, remove] = lab.commands("Take it apart");
      assert.match(look, / namespace list/);
      assert.equal(remove, "sh remove.sh");
      (await lab.line(send, "orders")).succeeds("COMPLETED");
      await workflowArrives([lab.at(a)], "orders", "three");
      (await lab.line(handOver, "orders")).succeeds("COMPLETED");
      await becomesActive(both(), "orders", a);
      (await lab.line(shrink, "orders")).succeeds();
      for (const server of both()) {
        const isOnlyInA = async () => (await namespace(server, "orders")).clusters.join() === a;
        await eventually("orders is in A only", isOnlyInA);
      }
    });
    await step("remove.sh asks first", async () => {
      (await lab.script("remove.sh")).fails("Nothing was changed", "-y");
    });
    await step("remove.sh leaves nothing of the connections", async () => {
      (await lab.script("remove.sh", ["-y"])).succeeds();
      assert.deepEqual(await allConnections(lab), nothing);
      (await lab.script("remove.sh", ["-y"])).succeeds("nothing to remove");
      (await lab.script("verify.sh")).fails("not connected");
    });
    await step("what was in both still works in A", async () => {
      await startWorkflow(lab.at(a), "orders", "five");
    });
  });
}
