// The tab “Other formats” and the examples: the bytes of the program, and one step to undo.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { eventually, pageTest, setUp } from "./harness.mjs";
import { link } from "./links.mjs";
import { build } from "./native.mjs";

setUp();

const PAIR = [["clusterA", "127.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]];
const HOSTILE = [["<img src=x onerror=alert(1)>{{b}}", "127.0.0.1:7233", "1"], ["31", "b.example:7233", "2"]];
const FORMATS = {
  "Helm values": "helm",
  "Whole server configuration": "config",
  "Docker Compose lab": "compose",
  "Scripts for kubectl exec": "kubectl",
  "Scripts for docker exec": "docker",
};

/** The dialog “Tools” at its tab “Other formats”. */
class OtherFormats {
  constructor(builder, session) {
    Object.assign(this, { builder, session, page: builder.page });
    this.dialog = this.page.getByRole("dialog", { name: "Tools", exact: true });
    this.format = this.dialog.getByRole("combobox", { name: "Format", exact: true });
    this.files = this.dialog.getByRole("list", { name: "Files of this format", exact: true }).getByRole("button");
    this.shown = this.dialog.getByRole("region");
  }

  async open() {
    await this.session.whileLoading(async () => {
      await this.builder.button("Tools").click();
      await this.dialog.getByRole("tab", { name: "Other formats", exact: true }).click();
      await this.format.waitFor();
    });
  }

  button(name) {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** Every file of the format, as it is shown. */
  async read() {
    const texts = new Map();
    for (const name of await this.files.allTextContents()) {
      await this.button(name).click();
      texts.set(name, await this.dialog.getByRole("region", { name, exact: true }).evaluate((it) => it.textContent));
    }
    return texts;
  }

  async downloaded(name) {
    const coming = this.page.waitForEvent("download");
    await this.button(name).click();
    const download = await coming;
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
  }
}

/** What the program writes in a format: every file and the archive. */
function native(fragment, format) {
  const folder = mkdtempSync(join(tmpdir(), "multicluster-"));
  try {
    const program = build("--package", "multicluster");
    const file = join(folder, "link.txt");
    writeFileSync(file, `https://example.org/#${fragment}\n`);
    const render = (...args) => execFileSync(program, ["render", file, "--format", format, ...args], { stdio: ["ignore", "pipe", "ignore"] });
    const names = render("--list").toString().trimEnd().split("\n");
    const zip = names.pop();
    const texts = new Map(names.map((name) => [name, render("--stdout", name).toString()]));
    return { texts, zip: { name: zip, bytes: render("--stdout", zip) } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function formatsTest(name, options, body) {
  pageTest(name, options, (builder, session) => body(new OtherFormats(builder, session), builder, session));
}

for (const [what, clusters] of [["a pair", PAIR], ["hostile names", HOSTILE]]) {
  const fragment = link({ tool: "temporal", clusters });
  formatsTest(`every format has the bytes of the program: ${what}`, { fragment }, async (tool) => {
    await tool.open();
    for (const [title, format] of Object.entries(FORMATS)) {
      await tool.format.selectOption(title);
      const expected = native(fragment, format);
      assert.deepEqual(await tool.read(), expected.texts, title);
      assert.deepEqual(await tool.downloaded("Download all"), expected.zip, title);
    }
  });
}

formatsTest("a file is copied and downloaded by itself", { fragment: link({ clusters: PAIR }), permissions: ["clipboard-read", "clipboard-write"] }, async (tool) => {
  await tool.open();
  const name = "helm/clusterB.values.yaml";
  await tool.button(name).click();
  await tool.button(`Copy ${name}`).click();
  await tool.dialog.getByRole("status").getByText(`${name} is copied.`).waitFor();
  const text = await tool.page.evaluate(() => navigator.clipboard.readText());
  assert.match(text, /currentClusterName: "clusterB"/);
  const { name: saved, bytes } = await tool.downloaded(`Download ${name}`);
  assert.deepEqual([saved, bytes.toString()], ["helm-clusterB.values.yaml", text]);
});

formatsTest("what cannot be written says why, and what is edited is written anew", { fragment: link({ server: "1.13", clusters: PAIR }) }, async (tool, builder) => {
  await tool.open();
  await tool.format.selectOption("Scripts for kubectl exec");
  await tool.dialog.getByText("Before 1.14 the files of the servers connect the clusters").waitFor();
  assert.equal(await tool.files.count(), 0);
  await tool.button("Close").click();
  await builder.serverVersion().selectOption("1.32");
  await tool.open();
  assert.equal(await tool.files.count(), 4);
  await tool.button("Close").click();
  await builder.field("clusterA", "Cluster name").fill("");
  await tool.open();
  await tool.dialog.getByText("Put it right first.").waitFor();
  assert.equal(await tool.files.count(), 0);
});

const EXAMPLES = {
  "The guide's pair": ["clusterA", "clusterB"],
  "Temporal's development clusters": ["cluster-a", "cluster-b", "cluster-c"],
  "Three regions": ["us-east", "eu-west", "ap-south"],
  "A Docker lab": ["cluster-a", "cluster-b"],
};

async function openSaved(builder, session) {
  const dialog = builder.page.getByRole("dialog", { name: "Saved in this browser", exact: true });
  await session.whileLoading(async () => {
    await builder.button("Saved").click();
    await dialog.waitFor();
  });
  return dialog;
}

pageTest("an example opens in one step, which undo takes back", { fragment: link({ clusters: [["mine", "10.0.0.1:7233", "1"]] }) }, async (builder, session) => {
  for (const [title, names] of Object.entries(EXAMPLES)) {
    const dialog = await openSaved(builder, session);
    const examples = dialog.getByRole("region", { name: "Examples", exact: true });
    await examples.getByRole("button", { name: `Open ${title}`, exact: true }).click();
    await dialog.waitFor({ state: "hidden" });
    await eventually(() => builder.clusterNames(), names, title);
    await builder.button("Undo").click();
    await eventually(() => builder.clusterNames(), ["mine"]);
  }
});

const LOOKS = { init: { content: axe.source }, reducedMotion: "reduce", fragment: link({ clusters: HOSTILE }) };

/** Nothing that axe finds, and no part that is wider than its place, at any width, in both colour schemes. */
async function looksRight(page, dialog) {
  for (const width of [1280, 400, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const [needed, given] = await dialog.evaluate((it) => [it.scrollWidth, it.clientWidth]);
    assert.ok(needed <= given, `the dialog needs ${needed} px and has ${given}, of ${width}`);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
    }
  }
}

formatsTest("axe finds nothing in other formats, and nothing sticks out", LOOKS, async (tool) => {
  await tool.open();
  for (const title of ["Helm values", "Docker Compose lab"]) {
    await tool.format.selectOption(title);
    await looksRight(tool.page, tool.dialog);
  }
});

pageTest("axe finds nothing in the examples, and nothing sticks out", LOOKS, async (builder, session) => {
  await looksRight(builder.page, await openSaved(builder, session));
});
