// Clusters that run, set up by hand in some state, and what takes them to the wanted one.

import assert from "node:assert/strict";

import { change, follow, lists } from "./lib/change.mjs";
import {
  allConnections,
  becomesActive,
  connections,
  fullMesh,
  namespace,
  startWorkflow,
  workflow,
  workflowArrives,
} from "./lib/observe.mjs";
import { scenario } from "./lib/scenario.mjs";
import { eventually } from "./lib/time.mjs";

const [a, b, c, d] = ["us-east", "it's $HOME", "ap-south", "sa-east"];

/** Connects by hand, or turns a connection off: one direction. */
async function connect(lab, from, address, on = true) {
  const at = lab.at(from).address;
  const args = {
    tctl: ["--address", at, "admin", "cluster", "upsert-remote-cluster", "--frontend_address", address],
    temporal: ["operator", "cluster", "upsert", "--address", at, "--frontend-address", address],
  }[lab.toolName];
  const flag = lab.toolName === "tctl" ? "--enable_connection" : "--enable-connection";
  return lab.call(...args, `${flag}=${on}`);
}

for (const tool of ["tctl", "temporal"]) {
  scenario("running clusters are changed", { release: "1.32.1", tool }, async (lab, step) => {
    const all = await lab.topology([a, b, c, d]);
    const of = (...names) => ({ ...all, clusters: all.clusters.filter(({ name }) => names.includes(name)) });
    const address = (name) => all.clusters.find((cluster) => cluster.name === name).rpcAddress;
    const changeTo = async (topology, names) => change(lab, topology, { "lists.txt": await lists(lab, names) });
    const servers = () => [a, b, c].map((name) => lab.at(name));
    let files;

    /** What is there now is what is wanted: nothing is left to do. */
    const isDone = async (topology) => {
      const names = topology.clusters.map(({ name }) => name);
      const left = await changeTo(topology, names);
      assert.deepEqual([...left.keys()], ["CHANGE.md"]);
      assert.match(left.get("CHANGE.md"), /Nothing is to be changed/);
      if (names.length > 1) (await lab.script("verify.sh")).succeeds();
    };

    await step("two clusters, of which one knows the other", async () => {
      await lab.render(of(a, b));
      await lab.boot();
      (await connect(lab, a, address(b))).succeeds();
      assert.deepEqual(await connections(lab, b), {});
    });
    await step("change.sh connects the other direction, and only that", async () => {
      files = await changeTo(of(a, b), [a, b]);
      const script = files.get("change.sh");
      assert.equal(script.match(/^to_connect\(\) \{\n((?: {2}.*\n)*)/m)[1], `  "$@" 'it'\\''s $HOME' "${a}"\n`);
      (await lab.script("change.sh")).succeeds("Connected");
      assert.deepEqual(await allConnections(lab), fullMesh(of(a, b), "on"));
    });
    await step("change.sh once more changes nothing, and nothing is left to do", async () => {
      (await lab.script("change.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(of(a, b), "on"));
      await isDone(of(a, b));
    });

    await step("a third is wanted: change.sh refuses before it runs, and changes nothing", async () => {
      files = await changeTo(of(a, b, c), [a, b]);
      assert.match(files.get("CHANGE.md"), /Nothing was read of `ap-south`/);
      (await lab.script("change.sh")).fails("ap-south does not answer", "Nothing was changed");
      assert.deepEqual(await allConnections(lab), fullMesh(of(a, b), "on"));
    });
    await step("the third starts on its file, and change.sh connects it", async () => {
      await lab.boot([c]);
      await follow(lab, files, "Start the servers");
      (await lab.script("change.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(of(a, b, c), "on"));
      await isDone(of(a, b, c));
    });

    await step("one reaches another by another address, and one direction is off: both are put right", async () => {
      (await connect(lab, a, address(b).replace("127.0.0.1", "localhost"))).succeeds();
      (await connect(lab, b, address(c), false)).succeeds();
      files = await changeTo(of(a, b, c), [a, b, c]);
      assert.match(files.get("CHANGE.md"), /`us-east` reaches `it's \$HOME` at `localhost:\d+`/);
      assert.match(files.get("CHANGE.md"), /connection of `it's \$HOME` to `ap-south` is off/);
      assert.equal(files.get("change.sh").match(/^to_connect\(\) \{\n((?: {2}.*\n)*)/m)[1].split("\n").length, 3);
      (await lab.script("change.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(of(a, b, c), "on"));
      await isDone(of(a, b, c));
    });

    await step("one is to leave that has namespaces with a workflow of its own, active there or not", async () => {
      for (const name of ["kept", "gone"]) {
        await lab.registerLocally(c, name);
        await startWorkflow(lab.at(c), name, "early");
        const [promote, takeIn] = lab.commands("Take in a namespace that exists");
        for (const line of [promote, takeIn]) (await lab.line(atLeaving(lab, line), name)).succeeds();
        await becomesActive(servers(), name, c);
      }
      await eventually(`the servers of ${a} use it`, () => activate(lab, "gone"));
      await becomesActive(servers(), "gone", a);
      for (const name of ["kept", "gone"]) assert.equal(await workflow(lab.at(a), name, "early"), undefined);
    });
    await step("one is to leave, and a namespace is in it: change.sh removes nothing", async () => {
      await lab.followRunbook("Create a global namespace", "orders");
      await becomesActive(servers(), "orders", a);
      await startWorkflow(lab.at(a), "orders", "one");
      files = await changeTo(of(a, b), [a, b, c]);
      (await lab.script("change.sh")).fails("Nothing was changed", "-y");
      (await lab.script("change.sh", ["-y"])).fails("orders", "Let the namespaces leave");
      assert.deepEqual(await allConnections(lab), fullMesh(of(a, b, c), "on"));
    });
    await step("the namespace leaves as CHANGE.md says", async () => {
      for (const name of ["kept", "gone"]) {
        await follow(lab, files, "Back-fill from what leaves", name);
        await workflowArrives([lab.at(a)], name, "early");
      }
      await follow(lab, files, "Hand over from what leaves", "kept");
      await becomesActive(servers(), "kept", a);
      for (const of of ["orders", "kept", "gone"]) {
        await follow(lab, files, "Let the namespaces leave", of);
        for (const name of [a, b, c]) {
          const left = async () => !(await namespace(lab.at(name), of)).clusters.includes(c);
          await eventually(`${of} has left ${c}, as ${name} sees it`, left);
        }
      }
      for (const name of ["kept", "gone"]) assert.ok(await workflow(lab.at(a), name, "early"));
    });
    await step("while a namespace is only in what leaves, change.sh removes nothing and says how it is kept", async () => {
      await lab.registerLocally(c, "alone");
      await startWorkflow(lab.at(c), "alone", "one");
      const refused = (await lab.script("change.sh", ["-y"])).fails("  alone\n", "promote", "--give-up-namespaces");
      // Neither those that have left, nor the server's own.
      assert.doesNotMatch(refused.output, /^ {2}(orders|kept|gone|temporal-system)$/m);
      assert.deepEqual(await allConnections(lab), fullMesh(of(a, b, c), "on"));
    });
    await step("it is given up, and change.sh takes the cluster out", async () => {
      (await lab.script("change.sh", ["-y", "--give-up-namespaces"])).succeeds("  alone\n", "within a minute");
      assert.deepEqual(await allConnections(lab), { ...fullMesh(of(a, b), "on"), [c]: {} });
      (await lab.script("change.sh", ["--give-up-namespaces", "-y"])).succeeds("nothing to remove");
      await isDone(of(a, b));
    });

    await step("one that is lost is replaced by a new one", async () => {
      for (const name of ["orders", "kept", "gone"]) {
        (await lab.line(`${tool} ${removeMember(lab, tool)}`, name)).succeeds();
        const left = async () => (await namespace(lab.at(a), name)).clusters.join() === a;
        await eventually(`${name} is in the first one only`, left);
      }
      await lab.at(b).kill();
      files = await changeTo(of(a, d), [a]);
      await lab.boot([d]);
      (await lab.script("change.sh", ["--connect-only"])).succeeds("Nothing was taken out");
      const known = await connections(lab, a);
      assert.deepEqual([known[b], known[d]], [b, d].map((name) => `on ${address(name)}`));
      const unseen = ["only the others forget it", "its own namespaces could not be looked at"];
      (await lab.script("change.sh", ["-y"])).succeeds(...unseen);
      const found = { [a]: await connections(lab, a), [d]: await connections(lab, d) };
      assert.deepEqual(found, fullMesh(of(a, d), "on"));
      await isDone(of(a, d));
    });
  });

  scenario("replication is enabled where it never was", { release: "1.32.1", tool }, async (lab, step) => {
    const topology = await lab.topology(["clusterA", "clusterB"]);
    const before = {};
    let files;

    await step("two clusters that know nothing of replication, with one number", async () => {
      await lab.render(topology);
      for (const cluster of topology.clusters) {
        const [name, text] = lab.configOf(cluster.name);
        before[name] = text
          .replace("enableGlobalNamespace: true", "enableGlobalNamespace: false")
          .replace("failoverVersionIncrement: 100", "failoverVersionIncrement: 10")
          .replace("initialFailoverVersion: 2", "initialFailoverVersion: 1");
        const server = await lab.server(cluster, { store: lab.lastingStore() });
        await server.boot(name, before[name]);
      }
    });
    await step("change.sh says why it changes nothing before the new files are in place", async () => {
      files = await change(lab, topology, before);
      assert.deepEqual([...files.keys()].sort(), ["CHANGE.md", "change.sh"]);
      (await lab.script("change.sh")).fails("enableGlobalNamespace", "Nothing was changed");
    });
    await step("restarted on the new files as CHANGE.md says, they are connected", async () => {
      for (const { name } of topology.clusters) await lab.at(name).restartOn(...lab.configOf(name));
      await follow(lab, files, "Start the servers");
      (await lab.script("change.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
      (await lab.script("verify.sh")).succeeds();
    });
  });

  scenario("two clusters with one number are not joined", { release: "1.32.1", tool }, async (lab, step) => {
    const topology = await lab.topology(["clusterA", "clusterB"]);

    await step("both run with one number", async () => {
      await lab.render(topology);
      for (const cluster of topology.clusters) {
        const [name, text] = lab.configOf(cluster.name);
        const server = await lab.server(cluster);
        await server.boot(name, text.replace("initialFailoverVersion: 2", "initialFailoverVersion: 1"));
      }
    });
    await step("it is said that they never can be, and there is no script", async () => {
      const files = await change(lab, topology, { "lists.txt": await lists(lab, ["clusterA", "clusterB"]) });
      assert.deepEqual([...files.keys()], ["CHANGE.md"]);
      assert.match(files.get("CHANGE.md"), /both run with the initial failover version 1/);
    });
    await step("the servers refuse in the words that were quoted", async () => {
      const refused = await connect(lab, "clusterA", topology.clusters[1].rpcAddress);
      refused.fails("Cannot add remote cluster due to initial failover version conflict");
    });
  });
}

/** The same command at the cluster that leaves. */
const atLeaving = (lab, line) => line.replace(lab.at(a).address, lab.at(c).address);

/** Makes the first cluster the active one of a namespace, by hand. */
async function activate(lab, name) {
  const at = ["--address", lab.at(a).address, "--namespace", name];
  const args = {
    tctl: [...at, "namespace", "update", "--active_cluster", a],
    temporal: ["operator", "namespace", "update", ...at, "--active-cluster", a],
  }[lab.toolName];
  return (await lab.call(...args)).succeeds();
}

/** Takes the second cluster out of a namespace, by hand. */
function removeMember(lab, tool) {
  const at = lab.at(a).address;
  return tool === "tctl"
    ? `--address ${at} --namespace NAMESPACE namespace update --clusters ${a}`
    : `operator namespace update --address ${at} --namespace NAMESPACE --cluster ${a}`;
}
