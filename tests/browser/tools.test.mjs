// The picture with its failovers, versions and messages, in the tools.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { eventually, pageTest, setUp } from "./harness.mjs";
import { link, manyClusters } from "./links.mjs";
import { ToolsDialog } from "./tools-dialog.mjs";

setUp();

const PAIR = [["clusterA", "127.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]];
const SNAPSHOT = new URL("../../crates/core/tests/snapshots/topology.svg", import.meta.url);
const PANIC = `panic: cluster "clusterB": InitialFailoverVersion must be > 0, got 0

goroutine 1 [running]:
go.temporal.io/server/common/cluster.NewMetadata({0xc000a1}, 0x64)
exit status 2`;
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

function toolsTest(name, options, body) {
  if (typeof options === "function") {
    return toolsTest(name, {}, options);
  }
  return pageTest(name, options, (builder, session) => body(new ToolsDialog(builder), builder, session));
}

toolsTest("a cluster that is chosen becomes active, and the versions say so", async (tools) => {
  await tools.open("Picture");
  assert.equal(await tools.cluster("clusterA").getAttribute("aria-pressed"), "true");
  for (const text of ["clusterA", "127.0.0.1:7233", "version 1 · Temporal 1.32", "active · planned"]) {
    const seen = await tools.cluster("clusterA").locator("text").getByText(text, { exact: true }).boundingBox();
    assert.ok(seen.width > 20 && seen.height > 5, text);
  }
  const versions = () => tools.dialog.locator(".versions").innerText();
  assert.equal(await versions(), "1");
  for (const [name, expected] of [["clusterB", "1 → 2"], ["clusterA", "1 → 2 → 101"], ["clusterB", "1 → 2 → 101 → 102"]]) {
    await tools.cluster(name).click();
    await eventually(versions, expected);
    assert.equal(await tools.cluster(name).getAttribute("aria-pressed"), "true");
  }
  assert.match(await tools.status.first().innerText(), /the smallest that is not below 101 is 1 × 100 \+ 2 = 102/);
  await tools.cluster("clusterB").click();
  assert.match(await tools.status.first().innerText(), /“clusterB” is active already: nothing happens, and 102 stays\./);
  assert.equal((await tools.items("Failovers")).length, 4);
  await tools.button("Begin again").click();
  await eventually(versions, "1");
});

toolsTest("the picture is used by keyboard alone", { fragment: link({ clusters: manyClusters(13) }) }, async (tools, builder) => {
  const { page } = tools;
  await builder.button("Tools").focus();
  await page.keyboard.press("Enter");
  await tools.dialog.waitFor();
  await page.keyboard.press("Home");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  const focused = () => page.evaluate(() => document.activeElement.querySelector("title").textContent.split(":")[0]);
  assert.equal(await focused(), "cluster1");
  for (const [key, name] of [["ArrowRight", "cluster2"], ["ArrowDown", "cluster3"], ["ArrowLeft", "cluster2"], ["End", "cluster13"], ["ArrowRight", "cluster1"], ["ArrowLeft", "cluster13"], ["Home", "cluster1"], ["ArrowRight", "cluster2"]]) {
    await page.keyboard.press(key);
    assert.equal(await focused(), name, key);
  }
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "cluster2");
  assert.equal(await tools.cluster("cluster2").getAttribute("aria-pressed"), "true");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  assert.equal(await tools.dialog.locator(".versions").innerText(), "1 → 2 → 3");
  await page.keyboard.press("Escape");
  await tools.dialog.waitFor({ state: "hidden" });
});

toolsTest("the picture leaves as SVG and as Mermaid", CLIPBOARD, async (tools) => {
  const { page } = tools;
  await tools.open("Picture");
  const [download] = await Promise.all([page.waitForEvent("download"), tools.button("Download SVG").click()]);
  assert.equal(download.suggestedFilename(), "topology.svg");
  const svg = await readFile(await download.path(), "utf8");
  assert.equal(svg, await readFile(SNAPSHOT, "utf8"));
  await tools.button("Copy Mermaid").click();
  await eventually(() => tools.status.first().innerText(), "Copied.");
  const mermaid = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(mermaid, /^flowchart LR\n {2}cluster1\["clusterA<br\/>127\.0\.0\.1:7233/);
  assert.match(mermaid, /\n {2}cluster1 <--> cluster2\n/);
});

toolsTest("the tools follow what is typed", async (tools, builder) => {
  await tools.open("Picture");
  await tools.cluster("clusterB").click();
  await tools.close();
  await builder.field("clusterB", "Cluster name").fill("west");
  await builder.field("west", "RPC address").fill("west");
  await tools.open("Picture");
  const title = tools.cluster("west").locator("title");
  assert.match(await title.textContent(), /west, initial failover version 2, .*planned, active, 1 error\./);
  await tools.dialog.getByText("The picture in words").click();
  await tools.dialog.getByText("“clusterA” and “west”: blocked by an error in both directions.").waitFor();
  await tools.close();
  await builder.textbox("Failover version increment").fill("0");
  for (const tab of ["Picture", "Versions"]) {
    await tools.open(tab);
    await tools.button("Go to Failover version increment").click();
    await tools.dialog.waitFor({ state: "hidden" });
    assert.equal(await builder.focused(), "Failover version increment");
  }
});

toolsTest("a version says whose it is, and whether it can exist", async (tools) => {
  await tools.open("Versions");
  const field = tools.textbox("Failover version");
  for (const [text, says] of [
    ["4102", "4102 is a version of “clusterB”: the namespace is active there."],
    ["0", "0 is the version of a local namespace."],
    ["100", "100 belongs to no cluster, and cannot exist."],
    ["103", "103 belongs to no cluster of this set-up."],
    ["-1", "-1 cannot exist: versions are never negative."],
    ["clusterB = 101", "101 cannot be a version of “clusterB”."],
    ["x", "“x” is no whole number."],
  ]) {
    await field.fill(text);
    await tools.dialog.getByRole("tabpanel", { name: "Versions" }).getByText(says).waitFor();
  }
  await field.fill("101");
  const next = tools.dialog.getByRole("table", { name: "What comes after 101" });
  await next.getByRole("row", { name: /“clusterB” 102/ }).waitFor();
  await next.getByRole("row", { name: /“clusterA” 101 .*nothing happens/ }).waitFor();
});

toolsTest("a message says its cause, and leads to the field", async (tools, builder) => {
  await tools.open("Messages");
  const panel = tools.dialog.getByRole("tabpanel", { name: "Messages" });
  await tools.textbox("Server or tool message").fill(PANIC);
  await panel.getByText("5 lines: 1 known message.").waitFor();
  const [message] = await tools.items("Known messages");
  assert.match(message, /Line 1 · 1\.32 and later/);
  assert.match(message, /initialFailoverVersion of clusterB is 0, or missing\./);
  assert.match(message, /drop that database/);
  assert.match(message, /what is typed now is right: initial-version-out-of-range/);
  const rule = panel.getByRole("link", { name: "initial-version-out-of-range" });
  assert.equal(await rule.getAttribute("href"), "reference.html#initial-version-out-of-range");
  await tools.button("Go to Initial failover version of clusterB").click();
  await tools.dialog.waitFor({ state: "hidden" });
  assert.equal(await builder.cluster("clusterB").getByRole("textbox", { name: /Initial failover version/ }).evaluate((field) => field === document.activeElement), true);
  // It is still there, and the draft is asked again.
  await builder.button("Tools").click();
  await panel.getByText("5 lines: 1 known message.").waitFor();
  await tools.textbox("Server or tool message").fill('Error: unknown command "false" for "temporal operator cluster upsert"\n\n\n\nError: something else');
  await panel.getByText("5 lines: 1 known message, and 1 complaint that this page does not know.").waitFor();
  assert.deepEqual(await tools.items("Unknown lines"), ["Line 5 Error: something else"]);
  await tools.button("Go to Command line tool").click();
  assert.equal(await builder.focused(), "tctl");
});

toolsTest("a long log is read without being shown", CLIPBOARD, async (tools) => {
  const { page } = tools;
  await tools.open("Messages");
  const lines = 12_000;
  const write = ({ lines }) => navigator.clipboard.writeText(`${'{"level":"info","msg":"calm and of some length, so that it is long"}\n'.repeat(lines)}Invalid cluster name: clusterB\n`);
  await page.evaluate(write, { lines });
  const field = tools.textbox("Server or tool message");
  await field.focus();
  await page.keyboard.press("Control+V");
  await tools.dialog.getByText(`A text of ${lines + 1} lines was pasted.`).waitFor();
  await tools.dialog.getByText(`${lines + 1} lines: 1 known message.`).waitFor();
  assert.match((await tools.items("Known messages"))[0], new RegExp(`Line ${lines + 1}`));
  assert.equal(await field.inputValue(), "");
  await tools.button("Clear it").click();
  await eventually(() => tools.dialog.getByRole("list", { name: "Known messages" }).count(), 0);
});

const HOSTILE = '<img src=x onerror=alert(1)>"]; %%{init}%%';

toolsTest("no name is taken for markup", { fragment: link({ clusters: [[HOSTILE, '"><svg onload=alert(1)>', "1"], PAIR[1]] }) }, async (tools) => {
  await tools.open("Picture");
  const clusters = tools.dialog.getByRole("group", { name: "Topology" }).getByRole("button");
  assert.equal(await clusters.count(), 2);
  assert.ok((await clusters.first().locator("title").textContent()).startsWith(HOSTILE));
  await clusters.first().click();
  await tools.choose("Messages");
  await tools.textbox("Server or tool message").fill(`Invalid cluster name: ${HOSTILE}`);
  await tools.dialog.getByText("1 line: 1 known message.").waitFor();
  assert.equal(await tools.dialog.locator("img").count(), 0);
});

const STATES = {
  "a pair": { tab: "Picture", clusters: PAIR, act: (tools) => tools.cluster("clusterB").click() },
  "errors": { tab: "Picture", clusters: [["clusterA", "x", "1"], ["clusterB", "b:7233", "1"], ["", "", ""]] },
  "thirty clusters": { tab: "Picture", clusters: manyClusters(30) },
  "no clusters": { tab: "Picture", clusters: [] },
  "a version": { tab: "Versions", clusters: PAIR, act: (tools) => tools.textbox("Failover version").fill("101") },
  "a version that cannot be": { tab: "Versions", clusters: PAIR, act: (tools) => tools.textbox("Failover version").fill("100") },
  "messages": {
    tab: "Messages",
    clusters: PAIR,
    act: async (tools) => {
      await tools.textbox("Server or tool message").fill(`${PANIC}\n\n\nError: something else`);
      await tools.dialog.getByRole("list", { name: "Unknown lines" }).waitFor();
    },
  },
};

for (const [state, { tab, clusters, act }] of Object.entries(STATES)) {
  const options = { fragment: link({ clusters }), init: { content: axe.source }, reducedMotion: "reduce" };
  toolsTest(`axe finds nothing in the tools: ${state}`, options, async (tools) => {
    const { page } = tools;
    await tools.open(tab);
    await act?.(tools);
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await tools.dialog.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
      assert.ok(needed <= 0, `the dialog is ${needed} px too narrow at ${width} px`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
      }
    }
  });
}
