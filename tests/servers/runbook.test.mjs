// What a person does who has the exported runbook and commands, and nothing else: every command line in them is run.

import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

import {
  allConnections,
  becomesActive,
  fullMesh,
  namespace,
  startWorkflow,
  workflow,
  workflowArrives,
} from "./lib/observe.mjs";
import { commandsAfterComment } from "./lib/runbook.mjs";
import { scenario } from "./lib/scenario.mjs";
import { untilRead } from "./lib/server.mjs";
import { eventually } from "./lib/time.mjs";

const [a, b, c] = ["clusterA", "clusterB", "clusterC"];

const isIn = (servers, name, clusters) =>
  Promise.all(
    servers.map((server) =>
      eventually(`${name} is in ${clusters}, as ${server.address} sees it`, async () => {
        const found = await namespace(server, name).catch(() => undefined);
        return found?.clusters.sort().join() === clusters.join();
      }),
    ),
  );

/** What starts in the first seconds after its namespace became global does not follow; later ones do. */
const soonReplicates = async (lab, name, [from, to] = [a, b]) => {
  let started = 0;
  await eventually(`workflows of ${name} arrive`, async () => {
    await startWorkflow(lab.at(from), name, `late-${++started}`);
    await sleep(2000);
    return (await workflow(lab.at(to), name, `late-${started}`)) !== undefined;
  });
};

/** The same command line in the other direction between two clusters. */
const reversed = (line, lab) => {
  const exchange = (text, one, other) => text.replaceAll(one, "\0").replaceAll(other, one).replaceAll("\0", other);
  return exchange(exchange(line, `"${a}"`, `"${b}"`), lab.at(a).address, lab.at(b).address);
};

/** Runs the lines of one part of `commands.txt`. */
const pasting = (lab) => async (comment) => {
  for (const line of commandsAfterComment(lab.files.get("commands.txt"), comment)) (await lab.line(line)).succeeds();
};

const state = (topology, how) => (how === undefined ? { [a]: {}, [b]: {} } : fullMesh(topology, how));

for (const [release, tool] of [
  ["1.32.1", "tctl"],
  ["1.32.1", "temporal"],
]) {
  scenario("the bare commands, line by line", { release, tool }, async (lab, step) => {
    const topology = await lab.topology([a, b]);
    const paste = pasting(lab);
    await step("two clusters serve, asked line by line", async () => {
      await lab.export(topology);
      await lab.boot();
      await paste("Ask whether each one serves");
    });
    await step("they are connected, and can be used when servers have read it", async () => {
      await paste("Connect");
      assert.deepEqual(await allConnections(lab), state(topology, "on"));
      await untilRead();
      (await lab.script("verify.sh")).succeeds();
      await paste("Look");
    });
    await step("they are disabled", async () => {
      await paste("Disable");
      assert.deepEqual(await allConnections(lab), state(topology, "off"));
    });
    await step("they are removed", async () => {
      await paste("Remove");
      assert.deepEqual(await allConnections(lab), state(topology));
    });
  });

  scenario("the runbook, from top to bottom", { release, tool }, async (lab, step) => {
    const topology = await lab.topology([a, b]);
    const both = () => [lab.at(a), lab.at(b)];

    await step("two clusters start, one of them with a namespace and a workflow of its own", async () => {
      await lab.export(topology);
      await lab.boot();
      await lab.registerLocally(a, "old");
      await startWorkflow(lab.at(a), "old", "early");
    });
    await step("they are connected and verified", () => lab.followRunbook("Connect the clusters"));
    await step("a namespace is created", async () => {
      await lab.followRunbook("Create a global namespace", "new");
      await isIn(both(), "new", [a, b]);
    });
    await step("the one that exists is taken in, and soon what starts there follows", async () => {
      await lab.followRunbook("Take in a namespace that exists", "old");
      await isIn(both(), "old", [a, b]);
      await soonReplicates(lab, "old");
    });
    await step("what was there before is sent by back-filling", async () => {
      assert.equal(await workflow(lab.at(b), "old", "early"), undefined);
      for (const said of await lab.followRunbook("Back-fill", "old")) said.says("COMPLETED");
      await workflowArrives([lab.at(b)], "old", "early");
    });
    await step("it is handed over, and back", async () => {
      const [handOver] = lab.commands("Hand a namespace over");
      (await lab.line(handOver, "old")).succeeds("COMPLETED");
      await becomesActive(both(), "old", b);
      (await lab.line(reversed(handOver, lab), "old")).succeeds("COMPLETED");
      await becomesActive(both(), "old", a);
    });
    await step("a handover that does not end is called off, and the namespace stays open", async () => {
      const [handOver, callOff] = lab.commands("Hand a namespace over");
      const endless = lab.line(handOver.replace(`"RemoteCluster":"${b}"`, '"RemoteCluster":"nobody"'), "old");
      let ended;
      endless.then((result) => (ended = result));
      // More than once: the first may come before it has begun.
      await eventually("it is called off", async () => ended ?? (await lab.line(callOff, "old"), undefined));
      assert.match(ended.output, /cancel/i);
      assert.equal((await namespace(lab.at(a), "old")).active, a);
      await startWorkflow(lab.at(a), "old", "after");
    });
    await step("it fails over", async () => {
      await lab.followRunbook("Fail over, forced", "old");
      await becomesActive(both(), "old", b);
    });
    await step("what starts while the connections are off is sent by back-filling later", async () => {
      (await lab.script("disable.sh", ["-y"])).succeeds();
      await untilRead();
      await startWorkflow(lab.at(b), "old", "meanwhile");
      (await lab.script("connect.sh")).succeeds();
      const [backFill] = lab.commands("Back-fill");
      (await lab.line(reversed(backFill, lab), "old")).succeeds("COMPLETED");
      await workflowArrives([lab.at(a)], "old", "meanwhile");
    });
    await step("all of it is taken apart", async () => {
      const [send, handOver, shrink, look, remove] = lab.commands("Take it apart");
      // "old" is active in B, "new" in A.
      for (const line of [send, handOver]) (await lab.line(line, "old")).succeeds("COMPLETED");
      await becomesActive(both(), "old", a);
      for (const name of ["old", "new"]) {
        (await lab.line(shrink, name)).succeeds();
        await isIn(both(), name, [a]);
      }
      (await lab.line(look)).succeeds("old");
      (await lab.line(`${remove} -y`)).succeeds();
      assert.deepEqual(await allConnections(lab), state(topology));
    });
  });

  scenario("one of three clusters is taken out", { release, tool }, async (lab, step) => {
    const three = await lab.topology([a, b, c]);
    const two = { ...three, clusters: three.clusters.slice(0, 2) };
    await step("three clusters are connected, and a namespace is in all", async () => {
      await lab.export(three);
      await lab.boot();
      await lab.followRunbook("Connect the clusters");
      await lab.followRunbook("Create a global namespace", "orders");
      await isIn([a, b, c].map((name) => lab.at(name)), "orders", [a, b, c]);
    });
    await step("the last one has a namespace with a workflow from before it came to the others", async () => {
      await lab.registerLocally(c, "old");
      await startWorkflow(lab.at(c), "old", "early");
      for (const line of lab.commands("Take in a namespace that exists")) {
        (await lab.line(line.replace(lab.at(a).address, lab.at(c).address), "old")).succeeds();
      }
      await isIn([a, b, c].map((name) => lab.at(name)), "old", [a, b, c]);
      await soonReplicates(lab, "old", [c, a]);
      assert.equal(await workflow(lab.at(a), "old", "early"), undefined);
    });
    await step("the runbook takes out the last one, and nothing is lost", async () => {
      const [send, handOver, leave, ...others] = lab.commands("Take one cluster out");
      const [look, forget] = [others.slice(0, 2), others.slice(2)];
      (await lab.line(send, "old")).succeeds("COMPLETED");
      await workflowArrives([lab.at(a)], "old", "early");
      (await lab.line(handOver, "old")).succeeds("COMPLETED");
      await becomesActive([a, b, c].map((name) => lab.at(name)), "old", a);
      for (const name of ["old", "orders"]) {
        (await lab.line(leave, name)).succeeds();
        await isIn([a, b, c].map((name) => lab.at(name)), name, [a, b]);
      }
      for (const line of look) (await lab.line(line)).succeeds("orders");
      assert.equal(forget.length, 4);
      for (const line of forget) {
        // Servers look at the namespaces of some seconds ago.
        await eventually(line, async () => (await lab.line(line)).status === 0);
      }
      assert.deepEqual(await allConnections(lab), { ...fullMesh(two, "on"), [c]: {} });
    });
    await step("the two go on, with the files that they have", async () => {
      const before = lab.files;
      await lab.export(two);
      for (const name of [a, b]) assert.equal(lab.files.get(`${name}.yaml`), before.get(`${name}.yaml`));
      (await lab.script("verify.sh")).succeeds();
      await startWorkflow(lab.at(a), "orders", "one");
      await workflowArrives([lab.at(b)], "orders", "one");
    });
  });
}

scenario("the commands of 1.14, line by line", { release: "1.14.1", tool: "tctl" }, async (lab, step) => {
  const topology = await lab.topology([a, b]);
  const paste = pasting(lab);
  const restart = () => Promise.all([a, b].map((name) => lab.at(name).restart()));

  await step("two clusters serve, one of them with a namespace of its own", async () => {
    await lab.export(topology);
    await lab.boot();
    await paste("Ask whether each one serves");
    await lab.registerLocally(a, "old");
  });
  await step("they are connected, and can be used after a restart", async () => {
    await paste("Connect");
    assert.deepEqual(await allConnections(lab), state(topology, "on"));
    await restart();
    (await lab.script("verify.sh")).succeeds();
    await paste("Look");
  });
  await step("the namespace that exists is taken in as the runbook says", async () => {
    await lab.followRunbook("Take in a namespace that exists", "old");
    await isIn([lab.at(a), lab.at(b)], "old", [a, b]);
    await soonReplicates(lab, "old");
  });
  await step("they are disabled, and removed", async () => {
    await paste("Disable");
    assert.deepEqual(await allConnections(lab), state(topology, "off"));
    await paste("Remove");
    assert.deepEqual(await allConnections(lab), state(topology));
  });
});
