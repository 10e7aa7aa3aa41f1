// From the layout prior to 1.14 to that of 1.14, on the same databases: which file at which start.

import assert from "node:assert/strict";
import { dirname, join } from "node:path";

import { change, follow } from "./lib/change.mjs";
import { RELEASES } from "./lib/lab.mjs";
import { allConnections, becomesActive, fullMesh, startWorkflow, workflowArrives } from "./lib/observe.mjs";
import { run } from "./lib/processes.mjs";
import { program } from "./lib/programs.mjs";
import { scenario } from "./lib/scenario.mjs";

const [a, b] = ["clusterA", "clusterB"];
const OLD = "1.13.0";
const NEW = "1.14.1";

/** Two connected clusters of before 1.14, stopped, with their databases ready for 1.14; and what is wanted. */
async function stoppedPair(lab, step) {
  const topology = await lab.topology([a, b]);
  const wanted = { ...topology, server: RELEASES[NEW].choice };
  let before;
  let files;

  await step("two clusters of before 1.14 replicate a namespace", async () => {
    await lab.render(topology);
    before = Object.fromEntries(topology.clusters.map(({ name }) => lab.configOf(name)));
    await lab.boot();
    await lab.followRunbook("Create a global namespace", "orders");
    await becomesActive([lab.at(a), lab.at(b)], "orders", a);
  });
  await step("CHANGE.md says which file is for which start", async () => {
    files = await change(lab, wanted, before);
    const boots = /^- `clusterA`: .*on the file that it runs on now; then with .* on `clusterA\.yaml`\.$/m;
    assert.match(files.get("CHANGE.md"), boots);
  });
  await step("all servers stop, and the schema of their databases is updated", async () => {
    await Promise.all([a, b].map((name) => lab.at(name).stop()));
    for (const name of [a, b]) await updateSchema(lab.at(name));
    lab.release = NEW;
    lab.tool = program("tctl", NEW);
    for (const name of [a, b]) lab.at(name).release = NEW;
  });
  return { wanted, before, files };
}

/** Brings the tables of a cluster to the new release, with the tool of that release. */
async function updateSchema(server) {
  const tool = program("temporal-sql-tool", NEW);
  const schema = join(dirname(dirname(tool)), "schema");
  const { temporal, visibility } = server.datastores.sections;
  for (const [kind, { sql }] of Object.entries({ temporal, visibility })) {
    const [host, port] = sql.connectAddr.split(":");
    const where = ["--ep", host, "-p", port, "-u", sql.user, "--pw", sql.password, "--pl", "postgres"];
    const update = ["--db", sql.databaseName, "update", "-d", join(schema, kind, "versioned")];
    (await run(tool, [...where, ...update])).succeeds();
  }
}

scenario("a pair of before 1.14 is upgraded", { release: OLD, tool: "tctl" }, async (lab, step) => {
  const { wanted, before, files } = await stoppedPair(lab, step);

  await step("started on the files that they ran on, 1.14 stores each in the other's database", async () => {
    for (const name of [a, b]) await lab.at(name).restartOn(...fileOf(before, name));
    assert.deepEqual(await allConnections(lab), fullMesh(wanted, "on"));
    await follow(lab, files, "Upgrade");
  });
  await step("restarted on the new files, they stay connected", async () => {
    for (const name of [a, b]) await lab.at(name).restartOn(...lab.configOf(name));
    assert.deepEqual(await allConnections(lab), fullMesh(wanted, "on"));
  });
  await step("change.sh can be run, and verify.sh says that everything works", async () => {
    (await lab.script("change.sh")).succeeds();
    assert.deepEqual(await allConnections(lab), fullMesh(wanted, "on"));
    (await lab.script("verify.sh")).succeeds(/clusterA +clusterB .* works/, /clusterB +clusterA .* works/);
  });
  await step("the namespace of before is still replicated", async () => {
    await startWorkflow(lab.at(a), "orders", "one");
    await workflowArrives([lab.at(b)], "orders", "one");
  });
});

scenario("a pair of before 1.14 jumps to the new files", { release: OLD, tool: "tctl" }, async (lab, step) => {
  await stoppedPair(lab, step);

  await step("started on the new files, every connection is lost, as CHANGE.md says", async () => {
    for (const name of [a, b]) await lab.at(name).restartOn(...lab.configOf(name));
    assert.deepEqual(await allConnections(lab), { [a]: {}, [b]: {} });
  });
  await step("change.sh connects them all the same", async () => {
    (await lab.script("change.sh")).succeeds("Now restart all servers");
    await Promise.all([a, b].map((name) => lab.at(name).restart()));
    (await lab.script("verify.sh")).succeeds();
  });
});

const fileOf = (files, name) => Object.entries(files).find(([, text]) => text.includes(`currentClusterName: "${name}"`));
