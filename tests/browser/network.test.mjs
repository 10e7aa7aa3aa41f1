// TLS between clusters, and addresses that are other ones for some of them, in the tools.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { eventually, pageTest, setUp } from "./harness.mjs";
import { link, manyClusters } from "./links.mjs";
import { native } from "./native.mjs";
import { ToolsDialog } from "./tools-dialog.mjs";

setUp();

const TAB = "Network and TLS";
const USE = "Use these settings";
const TLS = "TLS between clusters";
const SEEN = "Address of clusterA as seen from clusterB";
const PAIR = [["clusterA", "127.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]];
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };
const TEXTS = [
  ["CA file", "/certs/ca.pem"],
  ["Certificate file", "/certs/server.pem"],
  ["Key file", "/certs/server.key"],
  ["TLS server name of clusterA", "a.example"],
  ["CA file of the tool", "/home/me/ca.pem"],
  [SEEN, "nat.example:7300"],
];

/** Every field of a cluster, by the schema of the topology file. */
async function fields() {
  const schema = await readFile(new URL("../../docs/topology.schema.json", import.meta.url), "utf8");
  const { running, ...fields } = JSON.parse(schema).properties.clusters.items.properties;
  assert.ok(running);
  return Object.keys(fields);
}

function networkTest(name, options, body) {
  return pageTest(name, options, async (builder) => {
    const tools = new ToolsDialog(builder);
    await tools.open(TAB);
    await body(tools, builder);
  });
}

function tls(tools) {
  return tools.dialog.getByRole("checkbox", { name: TLS, exact: true });
}

async function use(tools) {
  await tools.button(USE).click();
  await tools.dialog.waitFor({ state: "hidden" });
}

networkTest("what is set arrives in the files and in the link, and undo brings back", CLIPBOARD, async (tools, builder) => {
  await tls(tools).check();
  for (const [name, text] of TEXTS) {
    await tools.textbox(name).fill(text);
  }
  await use(tools);
  const fragment = (await builder.link()).split("#")[1];
  assert.match(fragment, /&tls=on&tlsCaFile=%2Fcerts%2Fca\.pem&/);
  assert.match(fragment, /&name=a\.example&from=2,nat\.example:7300&/);
  await builder.assertShows(native(fragment));
  const file = await builder.read("clusterB.yaml");
  for (const text of ["remoteClusters", "nat.example", "/certs/ca.pem", "/certs/server.key", "a.example"]) {
    assert.ok(file.includes(text), text);
  }

  // It is all there when the tab is opened again.
  await tools.open(TAB);
  assert.ok(await tls(tools).isChecked());
  for (const [name, text] of TEXTS) {
    assert.equal(await tools.textbox(name).inputValue(), text, name);
  }
  await tools.close();

  await builder.button("Undo").click();
  await builder.assertShows(native());
  await tools.open(TAB);
  assert.equal(await tls(tools).isChecked(), false);
  for (const [name] of TEXTS) {
    assert.equal(await tools.textbox(name).inputValue(), "", name);
  }
});

networkTest("what is wrong is said on the page and at its field", {}, async (tools, builder) => {
  await tls(tools).check();
  await tools.textbox("Certificate file").fill("/certs/server.pem");
  await use(tools);
  const message = (await builder.problem("tls-half-pair").getByRole("button").first().textContent()).trim();
  await tools.open(TAB);
  await tools.dialog.getByText(message, { exact: true }).waitFor();
  await tools.textbox("Key file").fill("/certs/server.key");
  await use(tools);
  await builder.problem("tls-half-pair").waitFor({ state: "detached" });
});

const WRONG = "v=3&server=1.32&tool=tctl&increment=100&tls=on&tlsCertFile=%2Fa.pem" +
  "&cluster=clusterA,127.0.0.1:7233,1&from=2,nat.example:07300&cluster=clusterB,127.0.0.1:8233,2";

pageTest("a problem leads to its field in the tools, and can be fixed there", { fragment: WRONG }, async (builder) => {
  const tools = new ToolsDialog(builder);
  for (const [code, field] of [["tls-half-pair", "Key file"], ["address-port-invalid", SEEN]]) {
    await builder.problem(code).getByRole("button").first().click();
    await tools.textbox(field).waitFor();
    await eventually(() => tools.textbox(field).evaluate((input) => input === document.activeElement), true);
    if (code === "tls-half-pair") {
      await tools.close();
    }
  }
  await tools.textbox("Key file").fill("/a.key");
  await tools.dialog.getByRole("button", { name: "Use nat.example:7300: " }).click();
  await tools.dialog.waitFor({ state: "hidden" });
  await eventually(async () => (await builder.codes()).join(), "");
});

networkTest("nothing is taken over unless it is used", {}, async (tools, builder) => {
  await tls(tools).check();
  await tools.textbox(SEEN).fill("nat.example:7300");
  await tools.close();
  await builder.assertShows(native());
  await eventually(() => builder.button("Undo").getAttribute("aria-disabled"), "true");
  // But it is not lost either.
  await tools.open(TAB);
  assert.ok(await tls(tools).isChecked());
  assert.equal(await tools.textbox(SEEN).inputValue(), "nat.example:7300");
});

networkTest("a file for TLS turns TLS on, unless it was turned off since", {}, async (tools, builder) => {
  await tools.textbox("CA file").fill("/certs/ca.pem");
  await use(tools);
  assert.match(await builder.read("clusterA.yaml"), /ca\.pem/);
  await tools.open(TAB);
  await tls(tools).uncheck();
  await use(tools);
  assert.doesNotMatch(await builder.read("clusterA.yaml"), /ca\.pem/);
  await tools.open(TAB);
  assert.equal(await tools.textbox("CA file").inputValue(), "/certs/ca.pem");
  await tools.textbox("CA file of the tool").fill("/home/me/ca.pem");
  await use(tools);
  assert.doesNotMatch(await builder.read("clusterA.yaml"), /ca\.pem/);
});

const STATES = {
  "a pair": { clusters: PAIR },
  "thirteen clusters": { clusters: manyClusters(13) },
  "no clusters": { clusters: [] },
  "half a pair of files": { clusters: PAIR, more: "&tls=on&tlsCertFile=%2Fa.pem" },
};

for (const [state, { clusters, more = "" }] of Object.entries(STATES)) {
  const fragment = link({ clusters }).replace("v=1", more ? "v=3" : "v=1").replace("&cluster=", `${more}&cluster=`);
  const options = { fragment, init: { content: axe.source }, reducedMotion: "reduce" };
  networkTest(`axe finds nothing in the settings of the network: ${state}`, options, async (tools) => {
    const { page } = tools;
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

networkTest("every field of a cluster is on the page or here", {}, async (tools, { page }) => {
  for (const field of await fields()) {
    const found = page.locator(`[id^="cluster-1-${field}"], [id^="network-cluster-1-${field}"]`).and(page.locator("input"));
    assert.ok((await found.count()) > 0, field);
  }
});
