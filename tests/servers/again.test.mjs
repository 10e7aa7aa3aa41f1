// Scripts that are interrupted, repeated, asked questions, or given flags; and clusters that are replaced.

import assert from "node:assert/strict";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { allConnections, fullMesh } from "./lib/observe.mjs";
import { run } from "./lib/processes.mjs";
import { environmentWith } from "./lib/programs.mjs";
import { untilRead } from "./lib/server.mjs";
import { scenario } from "./lib/scenario.mjs";

const [a, b] = ["clusterA", "clusterB"];

/** The word in the commands of both tools that change what is stored. */
const CHANGE = { connect: "upsert", disable: "upsert", remove: "remove" };

for (const tool of ["tctl", "temporal"]) {
  scenario("scripts are interrupted, and run again", { release: "1.32.1", tool }, async (lab, step) => {
    const topology = await lab.topology([a, b]);
    const on = fullMesh(topology, "on");
    const off = fullMesh(topology, "off");
    const nothing = { [a]: {}, [b]: {} };

    /** Runs a script that is ended, without a chance to say anything, right after it changed one cluster. */
    const interrupted = async (name) => {
      const ended = await lab.script(`${name}.sh`, ["-y"], { environment: await deadlyPath(lab, CHANGE[name]) });
      assert.equal(ended.status, "SIGKILL", String(ended));
    };

    await step("two clusters", async () => {
      await lab.render(topology);
      await lab.boot();
    });
    await step("connect.sh is interrupted: one direction is connected, and verify.sh says which is not", async () => {
      await interrupted("connect");
      assert.deepEqual(await allConnections(lab), { [a]: on[a], [b]: {} });
      (await lab.script("verify.sh")).fails(/clusterB +clusterA .* not connected/);
    });
    await step("connect.sh goes on from there", async () => {
      (await lab.script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), on);
    });
    await step("connect.sh once more changes nothing", async () => {
      (await lab.script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), on);
      (await lab.script("verify.sh")).succeeds();
    });

    await step("disable.sh, asked on a terminal, takes no for an answer", async () => {
      const said = await onTerminal(lab, "disable.sh", "n\n");
      said.fails("Go on? [y/N]", "Nothing was changed");
      assert.deepEqual(await allConnections(lab), on);
    });
    await step("disable.sh is interrupted: one direction is off, and verify.sh says which", async () => {
      await interrupted("disable");
      assert.deepEqual(await allConnections(lab), { [a]: off[a], [b]: on[b] });
      (await lab.script("verify.sh")).fails(/clusterA +clusterB .* disabled/);
    });
    await step("disable.sh, asked on a terminal, goes on from there with a yes", async () => {
      (await onTerminal(lab, "disable.sh", "y\n")).succeeds();
      assert.deepEqual(await allConnections(lab), off);
    });
    await step("disable.sh once more changes nothing", async () => {
      (await lab.script("disable.sh", ["-y"])).succeeds();
      assert.deepEqual(await allConnections(lab), off);
    });

    await step("remove.sh is interrupted, and goes on from there", async () => {
      await interrupted("remove");
      assert.deepEqual(await allConnections(lab), { [a]: {}, [b]: off[b] });
      const said = (await lab.script("remove.sh", ["-y"])).succeeds("clusterA does not know clusterB");
      said.says("within a minute", "Do not connect them again before");
      assert.deepEqual(await allConnections(lab), nothing);
    });

    await step("flags for every call come from the environment", async () => {
      const flags = { tctl: "--context_timeout 20", temporal: "--command-timeout 20s" };
      const environment = { MULTICLUSTER_FLAGS: flags[tool] };
      await untilRead();
      (await lab.script("connect.sh", [], { environment })).succeeds();
      (await lab.script("verify.sh", [], { environment })).succeeds();
      (await lab.script("remove.sh", ["-y"], { environment })).succeeds();
      (await lab.script("connect.sh", [], { environment: { MULTICLUSTER_FLAGS: "--no-such-flag" } })).fails();
      assert.deepEqual(await allConnections(lab), nothing);
    });

    await step(
      "a cluster with a new database is another cluster: connect.sh says so, and changes nothing",
      async () => {
        (await lab.script("connect.sh")).succeeds();
        await lab.at(b).restart();
        (await lab.script("connect.sh")).fails("clusterA cannot connect to clusterB");
        assert.deepEqual(await allConnections(lab), { [a]: on[a], [b]: {} });
      },
    );
    await step("removed and connected, it works", async () => {
      (await lab.script("remove.sh", ["-y"])).succeeds();
      await untilRead();
      (await lab.script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), on);
      (await lab.script("verify.sh")).succeeds();
    });
  });
}

/** A PATH on which the tool ends the script that calls it, and itself, right after a command that changes something. */
async function deadlyPath(lab, word) {
  const folder = join(lab.folder, `deadly-${word}`);
  await mkdir(folder, { recursive: true });
  const file = join(folder, lab.toolName);
  const commands = [
    "#!/bin/sh",
    `'${lab.tool}' "$@"`,
    "status=$?",
    // `remove-remote-cluster`, `operator cluster remove`, but not the namespace of the probe.
    `case " $* " in *" cluster ${word}"*) kill -KILL 0 ;; esac`,
    "exit $status",
  ];
  await writeFile(file, `${commands.join("\n")}\n`);
  await chmod(file, 0o755);
  const env = environmentWith(lab.tool, lab.folder);
  return { PATH: `${folder}:${dirname(lab.tool)}:${env.PATH}` };
}

/** Runs a script on a terminal where somebody types. */
function onTerminal(lab, name, typed) {
  const env = environmentWith(lab.tool, lab.folder);
  return run("script", ["-q", "-e", "-c", `sh ${name}`, "/dev/null"], { cwd: lab.home, env, input: typed });
}
