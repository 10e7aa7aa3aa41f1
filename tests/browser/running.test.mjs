// Clusters that run, and clusters with a release of their own.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { eventually, pageTest, setUp } from "./harness.mjs";
import { sealed } from "./links.mjs";
import { native } from "./native.mjs";

setUp();

const permissions = ["clipboard-read", "clipboard-write"];
const PAIR = "&cluster=clusterA,127.0.0.1:7233,1!&running=same&cluster=clusterB,127.0.0.1:8233,2";
const ONE_RUNS = `v=2&server=1.32&tool=tctl&increment=100${PAIR}`;
/** The name, the number and the increment are others than those that run. */
const CHANGED = "v=2&server=1.32&tool=tctl&increment=1000&cluster=clusterZ,127.0.0.1:7233,7!,,1024&running=clusterA,1,100,512&cluster=clusterB,127.0.0.1:8233,2";

const LOCKED = "can never change: in use";

function running(builder, cluster) {
  return builder.cluster(cluster).getByRole("checkbox", { name: "This cluster runs already", exact: true });
}

function release(builder, cluster) {
  return builder.cluster(cluster).getByRole("combobox", { name: "Server version", exact: true });
}

/** What a screen reader says of a field after its name. */
function description(field) {
  return field.evaluate((input) => {
    const ids = (input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    return ids.map((id) => document.getElementById(id).textContent).join(" ");
  });
}

async function assertLocked(field, isLocked) {
  await eventually(() => field.evaluate((input) => input.readOnly), isLocked);
  assert.equal((await description(field)).includes(LOCKED), isLocked);
}

pageTest("what can never change of a running cluster is locked, with the reason", async (builder) => {
  await builder.openDetails("clusterA");
  await builder.field("clusterA", "History shards").fill("512");
  await running(builder, "clusterA").check();
  for (const name of ["Cluster name", "Initial failover version", "History shards"]) {
    await assertLocked(builder.field("clusterA", name), true);
  }
  await assertLocked(builder.textbox("Failover version increment"), true);
  for (const name of ["RPC address", "Admin address"]) {
    await assertLocked(builder.field("clusterA", name), false);
  }
  await assertLocked(builder.field("clusterB", "Cluster name"), false);
  assert.equal(await builder.button("Automatic version for clusterA").count(), 0, "nothing is assigned to it");
  await running(builder, "clusterA").uncheck();
  await assertLocked(builder.field("clusterA", "Cluster name"), false);
  await assertLocked(builder.textbox("Failover version increment"), false);
});

pageTest("running is one step, and in the link", { permissions }, async (builder) => {
  await builder.openDetails("clusterA");
  await running(builder, "clusterA").check();
  assert.ok((await builder.link()).endsWith(`#${sealed(ONE_RUNS)}`));
  await builder.button("Undo").click();
  assert.equal(await running(builder, "clusterA").isChecked(), false);
  await assertLocked(builder.field("clusterA", "Cluster name"), false);
  await builder.button("Redo").click();
  assert.equal(await running(builder, "clusterA").isChecked(), true);
});

pageTest("a new cluster keeps clear of numbers that run", { fragment: CHANGED }, async (builder) => {
  await builder.button("Add cluster").click();
  await eventually(() => builder.clusterNames(), ["clusterZ", "clusterB", "clusterC"]);
  assert.equal(await builder.field("clusterC", "Initial failover version").inputValue(), "3", "1 runs, 2 and 7 are drafted");
});

pageTest("what differs from what runs is said, with what the server does, and put back", { fragment: CHANGED }, async (builder) => {
  await builder.button("Show all").click();
  const codes = ["running-increment-changed", "running-renamed", "running-renumbered", "running-shards-changed"];
  await eventually(async () => (await builder.codes()).slice(0, 4), codes);
  const renamed = builder.problem("running-renamed");
  await renamed.getByText("duplicate InitialFailoverVersion 1 for clusters").waitFor();
  await assertLocked(builder.field("clusterZ", "Cluster name"), false);
  await renamed.getByRole("button", { name: "Put back clusterA" }).click();
  await assertLocked(builder.field("clusterA", "Cluster name"), true);
  await builder.problem("running-increment-changed").getByRole("button", { name: "Use 100" }).click();
  await builder.problem("running-renumbered").getByRole("button", { name: "Put back 1" }).click();
  await builder.problem("running-shards-changed").getByRole("button", { name: "Put back 512" }).click();
  await builder.assertShows(native("v=2&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1!,,512&running=same&cluster=clusterB,127.0.0.1:8233,2"));
});

pageTest("each cluster can have a release of its own", async (builder) => {
  await builder.openDetails("clusterB");
  assert.equal(await release(builder, "clusterB").inputValue(), "", "as for all");
  await release(builder, "clusterB").fill("1.13");
  await eventually(async () => (await builder.codes()).includes("releases-too-far-apart"), true);
  assert.deepEqual(await builder.fileNames(), ["clusterA.yaml", "clusterB.yaml"], "there is nothing to connect yet");
  await builder.masterCluster().waitFor();
  await release(builder, "clusterB").fill("1.24");
  await builder.masterCluster().waitFor({ state: "detached" });
  await builder.assertShows(native("v=2&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2&release=1.24"));
  await builder.button("Undo").click();
  await eventually(() => release(builder, "clusterB").inputValue(), "");
});

pageTest("every release can be typed, and those that behave alike are suggested", async (builder) => {
  await builder.openDetails("clusterB");
  await release(builder, "clusterB").fill("1.31.2");
  await builder.assertShows(native("v=2&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2&release=1.31.2"));
  const suggested = await release(builder, "clusterB").evaluate(({ list }) => [...list.options].map(({ value }) => value));
  const ofAll = await builder.serverVersion().evaluate(({ options }) => [...options].map(({ value }) => value));
  assert.deepEqual(suggested.sort(), ofAll.sort());
});

pageTest("a problem of a cluster's release leads to its field", { fragment: `${ONE_RUNS}&release=latest` }, async (builder) => {
  const problem = builder.problem("server-version-unknown");
  await problem.getByRole("button", { name: "Use that of all" }).click();
  await eventually(() => release(builder, "clusterB").inputValue(), "");
  assert.equal(await builder.focused(), "Server version");
});

pageTest("what runs is kept between visits", { fragment: CHANGED }, async (builder, session) => {
  await builder.openDetails("clusterB");
  await release(builder, "clusterB").fill("1.30");
  await eventually(() => builder.page.evaluate(() => location.hash.endsWith("&release=1.30")), true);
  await session.reload(builder);
  await eventually(() => release(builder, "clusterB").inputValue(), "1.30");
  assert.equal(await running(builder, "clusterZ").isChecked(), true);
  assert.ok((await builder.codes()).includes("running-renamed"));
});

/** What is saved when this button is pressed: its name and its text. */
async function saved(builder, name) {
  const [download] = await Promise.all([builder.page.waitForEvent("download"), builder.button(name).click()]);
  return [download.suggestedFilename(), await readFile(await download.path(), "utf8")];
}

const THREE = "v=2&server=1.32&tool=temporal&increment=100"
  + "&cluster=a,a.example:7233,1!&running=same&cluster=b,b.example:7233,2!&running=same&cluster=c,c.example:7233,3!&running=same";

pageTest("a cluster that runs is removed at once, with what the servers still know, how they forget it, and the way back", { fragment: THREE }, async (builder) => {
  const { page } = builder;
  await builder.button("Remove b").click();
  await eventually(() => builder.clusterNames(), ["a", "c"]);
  await page.getByText("removed here, not from the servers").waitFor();
  const [name, text] = await saved(builder, "How to take out b");
  assert.equal(name, "TAKE-OUT.md");
  for (const line of [
    'temporal operator cluster remove --address "a.example:7233" --name "b"',
    'temporal operator cluster remove --address "c.example:7233" --name "b"',
    'temporal operator cluster remove --address "b.example:7233" --name "a"',
  ]) {
    assert.ok(text.split("\n").includes(line), `${line} in ${text}`);
  }
  // It stays until it was read, also when something else is done.
  await builder.field("a", "RPC address").fill("a.example:7234");
  await builder.button("Bring back b").waitFor({ state: "detached" });
  assert.equal((await saved(builder, "How to take out b"))[1], text);
  await builder.button("Dismiss b").click();
  await page.getByText("removed here, not from the servers").waitFor({ state: "detached" });
});

pageTest("what was removed is brought back by keyboard", { fragment: THREE }, async (builder) => {
  const { page } = builder;
  await builder.button("Remove b").press("Enter");
  await builder.button("Bring back b").waitFor();
  assert.equal(await builder.focused(), "c");
  for (const name of ["Dismiss b", "How to take out b", "Bring back b"]) {
    await page.keyboard.press("Shift+Tab");
    assert.equal(await builder.focused(), name);
  }
  await page.keyboard.press("Enter");
  await eventually(() => builder.clusterNames(), ["a", "b", "c"]);
  assert.equal(await builder.focused(), "b");
  await builder.assertShows(native(THREE));
  assert.equal(await builder.button("Bring back b").count(), 0);
});

pageTest("one that was only planned is brought back too, and nothing is said of servers", async (builder) => {
  await builder.button("Remove clusterB").click();
  await builder.button("Bring back clusterB").waitFor();
  assert.equal(await builder.button("How to take out clusterB").count(), 0);
  await eventually(async () => (await builder.page.getByRole("status").textContent()).includes("clusterB removed"), true);
  await builder.button("Bring back clusterB").click();
  await builder.assertShows(native());
  await builder.button("Remove clusterB").click();
  await builder.field("clusterA", "RPC address").fill("a.example:7233");
  await builder.button("Bring back clusterB").waitFor({ state: "detached" });
});

pageTest("how one is taken out needs the errors mended where it was", { fragment: THREE }, async (builder) => {
  await builder.field("a", "RPC address").fill("nowhere");
  await builder.button("Remove b").click();
  await builder.page.getByText("bring it back and mend the errors first").waitFor();
  assert.equal(await builder.button("How to take out b").count(), 0);
});

pageTest("the box says what makes a plan of the change", async (builder) => {
  await builder.openDetails("clusterA");
  const hint = builder.cluster("clusterA").getByText("CHANGE.md then has only what must change");
  assert.equal(await hint.count(), 0);
  await running(builder, "clusterA").check();
  await hint.waitFor();
});

/** States that pages of the past have kept in the browser's storage. Never change one. */
const KEPT = {
  "before clusters could run": "v=1&server=1.14.0&tool=tctl&increment=1000&cluster=clusterA,10.0.0.1:7233,1,,512&cluster=clusterB,10.0.0.2:7233,7!",
  "with clusters that run": ONE_RUNS,
};

for (const [what, kept] of Object.entries(KEPT)) {
  const store = `location.protocol === "http:" && localStorage.setItem("multicluster-builder/1", ${JSON.stringify(kept)})`;
  pageTest(`a stored state of the past is opened: ${what}`, { init: { content: store } }, async (builder) => {
    await builder.assertShows(native(kept));
  });
}

for (const [state, fragment] of Object.entries({ "clusters that run": ONE_RUNS, "a broken lock": CHANGED, "clusters that are gone": THREE })) {
  const options = { fragment, init: { content: axe.source }, reducedMotion: "reduce" };
  pageTest(`axe finds nothing: ${state}`, options, async (builder) => {
    const { page } = builder;
    for (const name of await builder.clusterNames()) {
      if (!(await running(builder, name).isVisible())) {
        await builder.openDetails(name);
      }
    }
    if (fragment === THREE) {
      await builder.button("Remove b").click();
      await builder.button("Remove c").click();
      await builder.button("Bring back c").waitFor();
    }
    for (const width of [1280, 400, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(needed <= width, `the page needs ${needed} px and has ${width}`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
      }
    }
  });
}
