// Three clusters, all connected with each other; then a fourth, while they run.

import assert from "node:assert/strict";

import { allConnections, becomesActive, fullMesh, namespace, startWorkflow, workflowArrives } from "./lib/observe.mjs";
import { letGo } from "./lib/ports.mjs";
import { scenario } from "./lib/scenario.mjs";
import { eventually } from "./lib/time.mjs";

for (const tool of ["tctl", "temporal"]) {
  scenario("three clusters, then a fourth", { release: "1.32.1", tool }, async (lab, step) => {
    const [a, b, c, d] = ["us-east", "eu-west", "ap-south", "sa-east"];
    const four = await lab.topology([a, b, c, d], { [b]: { shards: "8" }, [d]: { shards: "2" } });
    // The scripts reach the first one by another way than the other clusters.
    four.clusters[0].adminAddress = four.clusters[0].rpcAddress.replace("127.0.0.1", "localhost");
    const three = { ...four, clusters: four.clusters.slice(0, 3) };
    const all = () => [...lab.servers.values()];
    const others = (name) => [...lab.servers].filter(([other]) => other !== name).map(([, server]) => server);
    let before;

    await step("the page exports three", async () => {
      await lab.export(three);
      before = lab.files;
    });
    await step("all three start on the exported files", () => lab.boot());
    await step("connect.sh connects every one with every other", async () => {
      await lab.followRunbook("Connect the clusters");
      assert.deepEqual(await allConnections(lab), fullMesh(three, "on"));
      assert.equal((await lab.script("verify.sh")).succeeds().output.match(/ works$/gm).length, 6);
    });
    await step("a namespace is created as the runbook says, and is in all", async () => {
      await lab.followRunbook("Create a global namespace", "orders");
      await becomesActive(all(), "orders", a);
    });
    await step("a workflow is in all of them", async () => {
      await startWorkflow(lab.at(a), "orders", "one");
      await workflowArrives(others(a), "orders", "one");
    });
    await step("fail-overs to the second and to the third are seen by all", async () => {
      await lab.followRunbook("Fail over", "orders");
      await becomesActive(all(), "orders", b);
      const [toB] = lab.commands("Fail over");
      const toC = toB.replaceAll(b, c).replace(lab.at(b).address, lab.at(c).address);
      (await lab.line(toC, "orders")).succeeds();
      await becomesActive(all(), "orders", c);
      await startWorkflow(lab.at(c), "orders", "two");
      await workflowArrives(others(c), "orders", "two");
    });

    await step("the page exports a fourth, and the files of the three stay as they are", async () => {
      await lab.export(four);
      for (const name of [a, b, c]) {
        assert.equal(lab.files.get(`${name}.yaml`), before.get(`${name}.yaml`));
      }
    });
    await step("verify.sh says that the fourth is not there", async () => {
      await letGo(four.clusters.at(-1).ports);
      (await lab.script("verify.sh")).fails("sa-east does not answer");
    });
    await step("the fourth starts, and connect.sh connects it with all", async () => {
      await lab.boot([d]);
      (await lab.script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(four, "on"));
      assert.equal((await lab.script("verify.sh")).succeeds().output.match(/ works$/gm).length, 12);
    });
    await step("a namespace in all four is replicated to all four", async () => {
      await lab.followRunbook("Create a global namespace", "invoices");
      await becomesActive(all(), "invoices", a);
      await startWorkflow(lab.at(a), "invoices", "one");
      await workflowArrives(others(a), "invoices", "one");
    });
    await step("what was there before is still replicated among the three", async () => {
      await startWorkflow(lab.at(c), "orders", "three");
      await workflowArrives([lab.at(a), lab.at(b)], "orders", "three");
    });

    await step("the runbook takes all apart", async () => {
      const [send, handOver, shrink] = lab.commands("Take it apart");
      // "invoices" is active where it stays, "orders" in the third, as the runbook has it of the second.
      for (const line of [send, handOver]) {
        (await lab.line(line.replace(lab.at(b).address, lab.at(c).address), "orders")).succeeds("COMPLETED");
      }
      await becomesActive([a, b, c].map((name) => lab.at(name)), "orders", a);
      for (const name of ["orders", "invoices"]) {
        (await lab.line(shrink, name)).succeeds();
        const members = name === "orders" ? [a, b, c] : [a, b, c, d];
        for (const member of members) {
          const isOnlyInA = async () => (await namespace(lab.at(member), name)).clusters.join() === a;
          await eventually(`${name} is only in ${a}, as ${member} sees it`, isOnlyInA);
        }
      }
      (await lab.script("remove.sh", ["-y"])).succeeds();
      assert.deepEqual(await allConnections(lab), { [a]: {}, [b]: {}, [c]: {}, [d]: {} });
    });
  });
}
