// Describing clusters: everything in the form, and what comes out on the other side.

import assert from "node:assert/strict";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { native } from "./native.mjs";

setUp();

const SHARED = "v=1&server=1.32&tool=tctl&increment=100";
const A = "&cluster=clusterA,127.0.0.1:7233,1";
const B = "&cluster=clusterB,127.0.0.1:8233,2";
const C = "&cluster=clusterC,127.0.0.1:9233,3";

pageTest("a cluster is added, with its name ready to be typed over", async (builder) => {
  await builder.button("Add cluster").click();
  assert.deepEqual(await builder.clusterNames(), ["clusterA", "clusterB", "clusterC"]);
  assert.equal(await builder.focused(), "Cluster name");
  await builder.page.keyboard.type("eu-west");
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterB", "eu-west"]);
  assert.equal(await builder.field("eu-west", "Cluster name").inputValue(), "eu-west");
  assert.equal(await builder.field("eu-west", "RPC address").inputValue(), "127.0.0.1:9233");
  assert.equal(await builder.field("eu-west", "Initial failover version").inputValue(), "3");
  await builder.assertShows(native(SHARED + A + B + "&cluster=eu-west,127.0.0.1:9233,3"));
});

pageTest("a cluster is renamed, and its file with it", async (builder) => {
  await builder.field("clusterA", "Cluster name").fill("us east");
  await eventually(() => builder.clusterNames(), ["us east", "clusterB"]);
  await builder.button("Remove us east").waitFor();
  await builder.assertShows(native(SHARED + "&cluster=us%20east,127.0.0.1:7233,1" + B));
});

pageTest("a cluster is removed, and the keyboard goes to the next one", { fragment: SHARED + A + B + C }, async (builder) => {
  await builder.button("Remove clusterB").click();
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterC"]);
  assert.equal(await builder.focused(), "clusterC");
  await builder.assertShows(native(SHARED + A + C));
  await builder.button("Remove clusterC").click();
  await eventually(() => builder.clusterNames(), ["clusterA"]);
  assert.equal(await builder.focused(), "Add cluster");
  assert.deepEqual(await builder.codes(), ["clusters-one"]);
  await builder.assertShows(native(SHARED + A));
});

pageTest("without any cluster there is nothing to offer", async (builder) => {
  await builder.button("Remove clusterA").click();
  await builder.button("Remove clusterB").click();
  await eventually(() => builder.codes(), ["clusters-missing"]);
  assert.deepEqual(await builder.clusterNames(), []);
  assert.deepEqual(await builder.fileNames(), []);
  assert.equal(await builder.button("Download all").getAttribute("aria-disabled"), "true");
  await builder.button("Undo").click();
  await builder.button("Undo").click();
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterB"]);
  await builder.assertShows(native());
});

pageTest("clusters are moved, and the keyboard moves along", { fragment: SHARED + A + B + C }, async (builder) => {
  await builder.button("Move clusterC up").click();
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterC", "clusterB"]);
  assert.equal(await builder.focused(), "Move clusterC up");
  await builder.page.keyboard.press("Enter");
  await eventually(() => builder.clusterNames(), ["clusterC", "clusterA", "clusterB"]);
  assert.equal(await builder.focused(), "Move clusterC up");
  assert.equal(await builder.button("Move clusterC up").getAttribute("aria-disabled"), "true");
  await builder.page.keyboard.press("Enter");
  await builder.button("Move clusterA down").click();
  await eventually(() => builder.clusterNames(), ["clusterC", "clusterB", "clusterA"]);
  await builder.assertShows(native(SHARED + C + B + A));
});

pageTest("undo and redo by buttons", async (builder) => {
  const isOff = (name) => builder.button(name).getAttribute("aria-disabled");
  await builder.button("Add cluster").click();
  await builder.field("clusterC", "RPC address").fill("c.example:7233");
  await builder.button("Undo").click();
  await eventually(() => builder.field("clusterC", "RPC address").inputValue(), "127.0.0.1:9233");
  await builder.button("Undo").click();
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterB"]);
  assert.equal(await isOff("Undo"), "true");
  assert.equal(await builder.focused(), "Undo", "the keyboard stays after the last step");
  await builder.assertShows(native());
  await builder.button("Redo").click();
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterB", "clusterC"]);
  await builder.button("Redo").click();
  await eventually(() => builder.field("clusterC", "RPC address").inputValue(), "c.example:7233");
  assert.equal(await isOff("Redo"), "true");
});

pageTest("undo and redo by keyboard, in a field too", async (builder) => {
  const name = builder.field("clusterA", "Cluster name");
  await name.fill("");
  await builder.field("Cluster 1", "Cluster name").pressSequentially("east");
  await eventually(() => builder.clusterNames(), ["east", "clusterB"]);
  await builder.field("clusterB", "Cluster name").fill("west");
  await eventually(() => builder.clusterNames(), ["east", "west"]);
  await builder.page.keyboard.press("Control+z");
  await eventually(() => builder.clusterNames(), ["east", "clusterB"]);
  await builder.page.keyboard.press("Control+z");
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterB"]);
  await builder.page.keyboard.press("Control+Shift+z");
  await eventually(() => builder.clusterNames(), ["east", "clusterB"]);
  await builder.page.keyboard.press("Control+y");
  await eventually(() => builder.clusterNames(), ["east", "west"]);
});

pageTest("a failover version is automatic, or one's own", async (builder) => {
  const version = builder.field("clusterB", "Initial failover version");
  const automatic = builder.button("Automatic version for clusterB");
  assert.equal(await automatic.getAttribute("aria-pressed"), "true");
  await version.fill("7");
  await eventually(() => automatic.getAttribute("aria-pressed"), "false");
  await builder.assertShows(native(SHARED + A + "&cluster=clusterB,127.0.0.1:8233,7!"));
  await builder.button("Add cluster").click();
  assert.equal(await builder.field("clusterC", "Initial failover version").inputValue(), "2");
  await automatic.click();
  await eventually(() => version.inputValue(), "3");
  assert.equal(await automatic.getAttribute("aria-pressed"), "true");
  await automatic.click();
  await eventually(() => automatic.getAttribute("aria-pressed"), "false");
  assert.equal(await version.inputValue(), "3", "what was automatic stays as one's own");
});

pageTest("the increment is written into every configuration file", async (builder) => {
  await builder.textbox("Failover version increment").fill("1000");
  await eventually(async () => (await builder.read("clusterA.yaml")).includes("failoverVersionIncrement: 1000\n"), true);
  await builder.assertShows(native("v=1&server=1.32&tool=tctl&increment=1000" + A + B));
});

pageTest("servers prior to 1.14 know their clusters from their files", async (builder) => {
  await builder.serverVersion().selectOption("1.13");
  await builder.masterCluster().waitFor();
  const selected = () => builder.masterCluster().evaluate((list) => list.selectedOptions[0].textContent.trim());
  assert.equal(await selected(), "clusterA");
  await eventually(() => builder.fileNames(), ["clusterA.yaml", "clusterB.yaml", "RUNBOOK.md"]);
  const prior = "v=1&server=1.13&tool=tctl&increment=100";
  await builder.assertShows(native(prior + A + B));
  await builder.masterCluster().selectOption({ label: "clusterB" });
  await builder.assertShows(native(`${prior}&master=2${A}${B}`));
  await builder.button("Undo").click();
  await eventually(selected, "clusterA");
  await builder.button("Undo").click();
  await builder.masterCluster().waitFor({ state: "detached" });
  assert.equal(await builder.serverVersion().inputValue(), "1.32");
  await builder.assertShows(native());
});

pageTest("every server version is written as the core writes it", async (builder) => {
  const values = await builder.serverVersion().locator("option").evaluateAll((all) => all.map(({ value }) => value));
  assert.ok(values.includes("1.32") && values.includes("1.13"));
  for (const value of values) {
    await builder.serverVersion().selectOption(value);
    await builder.assertShows(native(`v=1&server=${value}&tool=tctl&increment=100${A}${B}`));
  }
});

pageTest("the commands are for the tool that is chosen", async (builder) => {
  await builder.tool("temporal").check();
  await builder.assertShows(native(`v=1&server=1.32&tool=temporal&increment=100${A}${B}`));
  await builder.tool("tctl").check();
  await builder.assertShows(native());
});

pageTest("a cluster has an address for its administrators, and history shards", async (builder) => {
  await builder.openDetails("clusterA");
  await builder.field("clusterA", "Admin address").fill("admin.example:7233");
  await builder.field("clusterA", "History shards").fill("512");
  await builder.assertShows(native(SHARED + "&cluster=clusterA,127.0.0.1:7233,1,admin.example:7233,512" + B));
  await builder.field("clusterA", "History shards").fill("");
  await builder.field("clusterA", "Admin address").fill("");
  assert.ok(await builder.field("clusterA", "Admin address").isVisible(), "fields do not close under one's hands");
  await builder.assertShows(native());
});

pageTest("what the last change altered is marked on its tab, in words", async (builder) => {
  await builder.field("clusterA", "RPC address").fill("127.0.0.1:7300");
  const described = (name) => builder.tab(name).evaluate((tab) => {
    return document.getElementById(tab.getAttribute("aria-describedby"))?.textContent ?? "";
  });
  await eventually(() => described("connect.sh"), "changed by the last edit");
  assert.equal(await described("clusterB.yaml"), "");
});
