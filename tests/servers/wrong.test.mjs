// Clusters that are not what was planned, and clusters that are not there: scripts stop before they change anything,
// and say what is wrong.

import assert from "node:assert/strict";

import { allConnections, fullMesh } from "./lib/observe.mjs";
import { freePorts, letGo } from "./lib/ports.mjs";
import { scenario } from "./lib/scenario.mjs";

const [a, b] = ["clusterA", "clusterB"];

/**
 * What clusterB is in place of what was planned. `edit` is made in its exported file; what must be `said`, by every
 * script.
 */
const CASES = [
  {
    name: "another name",
    edit: (text) => text.replaceAll('"clusterB"', '"clusterX"'),
    said: "clusterB: the name is clusterX there, and clusterB in the plan.",
  },
  {
    name: "another initial failover version",
    edit: (text) => text.replace("initialFailoverVersion: 2", "initialFailoverVersion: 7"),
    said: "clusterB: the initial failover version is 7 there, and 2 in the plan.",
  },
  {
    name: "another increment",
    edit: (text) => text.replace("failoverVersionIncrement: 100", "failoverVersionIncrement: 1000"),
    said: "clusterB: the failover version increment is 1000 there, and 100 in the plan.",
  },
  {
    name: "another number of shards than planned",
    planned: "4",
    shards: 8,
    said: "clusterB: the number of history shards is 8 there, and 4 in the plan.",
  },
  {
    name: "a number of shards that does not fit, none being planned",
    shards: 6,
    said: "clusterB has 6 history shards, and another cluster 4.",
  },
  {
    name: "no global namespaces",
    edit: (text) => text.replace("enableGlobalNamespace: true", "enableGlobalNamespace: false"),
    said: "clusterB was started with enableGlobalNamespace: false; it must be true.",
  },
];

const CONNECT = ["connect.sh"];
const EVERY = [CONNECT, ["disable.sh", "-y"], ["remove.sh", "-y"]];

for (const [release, tool] of [
  ["1.32.1", "tctl"],
  ["1.32.1", "temporal"],
  ["1.14.1", "tctl"],
]) {
  scenario("clusters that are not what was planned", { release, tool }, async (lab, step) => {
    const topology = await lab.topology([a, b]);
    const stop = async (scripts, said) => {
      const before = await allConnections(lab);
      for (const [script, ...args] of scripts) {
        (await lab.script(script, args)).fails(said, "Nothing was changed");
      }
      (await lab.script("verify.sh")).fails(said);
      assert.deepEqual(await allConnections(lab), before);
    };

    await step("clusterA is as planned", async () => {
      await lab.render(topology);
      await lab.boot([a]);
    });
    await step("clusterB is not there", async () => {
      await letGo(topology.clusters[1].ports);
      await stop(EVERY, `clusterB does not answer at ${topology.clusters[1].rpcAddress}`);
    });

    for (const { name, planned, shards = 4, edit = (text) => text, said } of CASES) {
      await step(`clusterB has ${name}`, async () => {
        const [, cluster] = topology.clusters;
        await lab.render({ ...topology, clusters: [topology.clusters[0], { ...cluster, shards: planned }] });
        const [file, text] = lab.configOf(b);
        const wrong = await lab.server(cluster, { shards });
        if (shards === 4) assert.notEqual(edit(text), text);
        await wrong.boot(file, edit(text));
        await stop([CONNECT], said);
        await wrong.stop();
        lab.servers.delete(b);
      });
    }

    await step("clusterB is as planned, and its address is that of nothing", async () => {
      await lab.render(topology);
      await lab.boot([b]);
      const [port] = await freePorts(1);
      const elsewhere = { ...topology.clusters[1], adminAddress: `localhost:${port}` };
      await lab.render({ ...topology, clusters: [topology.clusters[0], elsewhere] });
      await stop([CONNECT], `clusterB does not answer at localhost:${port}`);
    });
    await step("the address is that of another service", async () => {
      const [, cluster] = topology.clusters;
      const elsewhere = { ...cluster, adminAddress: `127.0.0.1:${cluster.ports[2]}` };
      await lab.render({ ...topology, clusters: [topology.clusters[0], elsewhere] });
      await stop([CONNECT], `clusterB does not answer at 127.0.0.1:${cluster.ports[2]}`);
    });
    await step("the addresses of the two are exchanged", async () => {
      const [one, other] = topology.clusters;
      const exchanged = [
        { ...one, adminAddress: other.rpcAddress },
        { ...other, adminAddress: one.rpcAddress },
      ];
      await lab.render({ ...topology, clusters: exchanged });
      await stop(EVERY, "clusterA: the name is clusterB there, and clusterA in the plan.");
    });
    await step("the other cluster cannot reach the address", async () => {
      const [port] = await freePorts(1);
      const [one, other] = topology.clusters;
      const unreachable = { ...other, rpcAddress: `127.0.0.1:${port}`, adminAddress: other.rpcAddress };
      await lab.render({ ...topology, clusters: [one, unreachable] });
      (await lab.script("connect.sh")).fails("connection refused");
      assert.deepEqual(await allConnections(lab), { [a]: {}, [b]: {} });
    });
    await step("nor the other way round, which is found when one direction is connected", async () => {
      const [port] = await freePorts(1);
      const [one, other] = topology.clusters;
      const unreachable = { ...one, rpcAddress: `127.0.0.1:${port}`, adminAddress: one.rpcAddress };
      await lab.render({ ...topology, clusters: [unreachable, other] });
      (await lab.script("connect.sh")).fails(`clusterB cannot connect to clusterA at 127.0.0.1:${port}`);
      (await lab.script("verify.sh")).fails(/clusterB +clusterA .* not connected/);
    });
    await step("with the right address connect.sh goes on from there", async () => {
      await lab.render(topology);
      (await lab.script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    });
  });
}
