// Importing what people have: loaded when it is wanted, shown before it is done, and taken back by one undo.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { MORE, eventually, pageTest, setUp } from "./harness.mjs";
import { ImportDialog } from "./import-dialog.mjs";
import { link } from "./links.mjs";
import { unzip } from "./zip.mjs";

setUp();

/** The official guide's first file. */
const GUIDE = `# cluster A
clusterMetadata:
  enableGlobalNamespace: false
  failoverVersionIncrement: 100
  masterClusterName: "clusterA"
  currentClusterName: "clusterA"
  clusterInformation:
    clusterA:
      enabled: true
      initialFailoverVersion: 1
      rpcAddress: "127.0.0.1:7233"
`;

/** One file of a cluster. */
const file = (name, version, address) => `clusterMetadata:
  enableGlobalNamespace: true
  failoverVersionIncrement: 10
  masterClusterName: "${name}"
  currentClusterName: "${name}"
  clusterInformation:
    "${name}":
      enabled: true
      initialFailoverVersion: ${version}
      rpcAddress: "${address}"
`;

/** What is said of a cluster that was read from such a file. */
const runsWith = (version) => `Runs with initialFailoverVersion ${version}, failoverVersionIncrement 10`;

/** What `temporal operator cluster list` prints. */
const TABLE = `    Name                 ClusterId                    Address      HistoryShardCount  InitialFailoverVersion  IsConnectionEnabled
  east  91378a3f-f071-42ec-9ef9-d5ac03b63bce  10.0.0.1:7233  512  2  true
  west  b008fb86-49d6-4b19-9a4d-b691162330fa  10.0.0.2:7233  512  3  true
`;

const TRAP = `tctl --address 10.0.0.1:7233 admin cluster upsert-remote-cluster --frontend_address "10.0.0.2:7233" --enable_connection false\n`;

const PAIR = [["clusterA", "127.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]];
/** Not the example that the page begins with: one address differs. */
const EDITED = link({ clusters: [PAIR[0], ["clusterB", "10.0.0.9:7233", "2"]] });

function importTest(name, options, body) {
  if (typeof options === "function") {
    return importTest(name, {}, options);
  }
  return pageTest(name, options, (builder, session) => body(new ImportDialog(builder, session), builder, session));
}

/** The fields of a cluster. */
async function cluster(builder, name) {
  const fields = ["RPC address", "Initial failover version"];
  return Promise.all(fields.map((field) => builder.field(name, field).inputValue()));
}

importTest("nothing of it is loaded before it is wanted, and then once", async (dialog, builder, { watch }) => {
  const requested = [];
  builder.page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    // The browser asks for the icon when it has nothing else to do.
    if (!MORE.test(pathname) && !pathname.includes("/icon-")) {
      requested.push(pathname.split("/").pop());
    }
  });
  await builder.button("Add cluster").click();
  await builder.cluster("clusterC").waitFor();
  assert.deepEqual(requested, []);
  await dialog.open();
  assert.deepEqual(
    requested.map((name) => name.replace(/-[0-9a-f]{16}/, "")).sort(),
    ["import.css", "import.js", "import_bg.wasm"],
  );
  await builder.page.keyboard.press("Escape");
  await dialog.dialog.waitFor({ state: "hidden" });
  // Not announced as a load: a request would be found.
  assert.equal(watch.isLoading, false);
  await builder.button("Import").click();
  await dialog.dialog.waitFor();
});

importTest("the guide's file is read while it is typed, and says what is wrong with it", { fragment: EDITED }, async (dialog, builder) => {
  await dialog.open();
  assert.equal(await builder.focused(), "Paste");
  assert.equal(await dialog.refusal(), "Paste something, or choose files.");
  await dialog.text.fill(GUIDE);
  const finding = dialog.finding("global-namespace-off");
  await finding.waitFor();
  assert.deepEqual(await dialog.codes(), ["global-namespace-off"]);
  assert.equal(await finding.getAttribute("data-severity"), "warning");
  const text = await finding.innerText();
  for (const part of ["`enableGlobalNamespace` is off.".replaceAll("`", ""), "pasted text:2:1", "clusterMetadata:", "other clusters refuse the connection"]) {
    assert.ok(text.includes(part), `${part} in ${text}`);
  }
  assert.match(await dialog.recognised.innerText(), /Configuration of clusterA: clusterA \(pasted text:2:1\)/);
  // The place of a finding leads to the line.
  await finding.getByRole("button", { name: "pasted text:2:1" }).click();
  const selected = await dialog.text.evaluate((area) => area.value.slice(area.selectionStart, area.selectionEnd));
  assert.equal(selected, "clusterMetadata:");
});

importTest("what will change is told, done, and undone in one step", { fragment: link({ clusters: [["clusterA", "10.0.0.9:7233", "2"], PAIR[1]] }) }, async (dialog, builder) => {
  const before = { a: await cluster(builder, "clusterA"), increment: "100" };
  await dialog.open();
  await dialog.text.fill(file("clusterA", 1, "10.0.0.5:7233") + "---\n" + file("clusterC", 2, "c.example:7233"));
  await eventually(() => dialog.changed(), [
    "All clusters changed Failover version increment 100 becomes → 10",
    `clusterA changed RPC address 10.0.0.9:7233 becomes → 10.0.0.5:7233 Initial failover version 2 becomes → 1 ${runsWith(1)}`,
    `clusterC added RPC address c.example:7233 Initial failover version 2 ${runsWith(2)}`,
    "clusterB changed Initial failover version 2 becomes → 3 reassigned: an imported cluster has its number",
  ]);
  assert.equal(await dialog.refusal(), undefined);
  assert.deepEqual(await cluster(builder, "clusterA"), before.a, "nothing has happened yet");
  await dialog.import();
  assert.deepEqual(await builder.clusterNames(), ["clusterA", "clusterB", "clusterC"]);
  assert.deepEqual(await cluster(builder, "clusterA"), ["10.0.0.5:7233", "1"]);
  assert.deepEqual(await cluster(builder, "clusterB"), ["127.0.0.1:8233", "3"]);
  assert.deepEqual(await cluster(builder, "clusterC"), ["c.example:7233", "2"]);
  assert.equal(await builder.textbox("Failover version increment").inputValue(), "10");
  assert.equal(await builder.focused(), "Import");
  await builder.button("Undo").click();
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterB"]);
  assert.deepEqual(await cluster(builder, "clusterA"), before.a);
  assert.equal(await builder.textbox("Failover version increment").inputValue(), before.increment);
  assert.equal(await builder.button("Undo").getAttribute("aria-disabled"), "true", "one step");
  await builder.button("Redo").click();
  await eventually(() => builder.clusterNames(), ["clusterA", "clusterB", "clusterC"]);
  // What was imported is not offered again.
  await dialog.open();
  assert.equal(await dialog.text.inputValue(), "");
});

const REGIONS = link({ clusters: [["east", "east.example:7233", "1"], ["west", "west.example:7233", "2"]] });

importTest("a cluster that is read under another name can be one that is here", { fragment: REGIONS, init: { content: axe.source } }, async (dialog, builder) => {
  await dialog.open();
  await dialog.text.fill(file("active", 1, "127.0.0.1:7233"));
  const choice = dialog.choice("active");
  await choice.waitFor();
  assert.deepEqual(await choice.locator("option").allInnerTexts(), ["a new cluster", "east", "west"]);
  assert.equal(await choice.locator("option:checked").innerText(), "a new cluster", "nothing is guessed");
  assert.deepEqual(await violations(builder.page), []);
  await choice.focus();
  await choice.selectOption("east");
  await eventually(() => dialog.changed(), [
    "All clusters changed Failover version increment 100 becomes → 10",
    "active changed Cluster name east becomes → active RPC address east.example:7233 "
      + `stays: 127.0.0.1:7233 was read, where every machine finds itself ${runsWith(1)}`,
  ]);
  assert.equal(await choice.locator("option:checked").innerText(), "east");
  assert.ok(await choice.evaluate((list) => list === document.activeElement), "it keeps the keyboard");
  await dialog.import();
  assert.deepEqual(await builder.clusterNames(), ["active", "west"]);
  assert.deepEqual(await cluster(builder, "active"), ["east.example:7233", "1"]);
});

importTest("what is certain is chosen, and can be chosen otherwise", { fragment: REGIONS }, async (dialog, builder) => {
  await dialog.open();
  await dialog.text.fill(file("active", 1, "east.example:7233"));
  const choice = dialog.choice("active");
  await choice.waitFor();
  assert.equal(await choice.locator("option:checked").innerText(), "east, which has its address");
  await choice.selectOption("a new cluster");
  await eventually(async () => (await dialog.changed()).some((change) => change.startsWith("active added")), true);
  await dialog.import();
  assert.deepEqual(await builder.clusterNames(), ["east", "west", "active"]);
});

importTest("two files dropped on the page open the dialog, and replace the example", async (dialog, builder) => {
  await dialog.drop({ "config.yaml": file("east", 1, "east.example:7233"), "west.yaml": file("west", 2, "west.example:7233") });
  await eventually(() => dialog.changed(), [
    "All clusters changed Failover version increment 100 becomes → 10",
    `east added RPC address east.example:7233 Initial failover version 1 ${runsWith(1)}`,
    `west added RPC address west.example:7233 Initial failover version 2 ${runsWith(2)}`,
    "clusterA removed",
    "clusterB removed",
  ]);
  // Again, on the open dialog: a file of the same name is another file.
  await dialog.drop({ "config.yaml": file("north", 3, "north.example:7233") }, "dialog");
  await dialog.button("Remove config.yaml (2)").waitFor();
  await eventually(async () => (await dialog.changed()).includes(`north added RPC address north.example:7233 Initial failover version 3 ${runsWith(3)}`), true);
  await dialog.button("Remove west.yaml").click();
  await eventually(async () => (await dialog.changed()).some((change) => change.startsWith("west")), false);
  await dialog.import();
  assert.deepEqual(await builder.clusterNames(), ["east", "north"]);
});

importTest("the example stays if it is wanted", async (dialog, builder) => {
  await dialog.open();
  await dialog.text.fill(TABLE);
  const replace = dialog.dialog.getByRole("checkbox", { name: "Replace the example that the page began with" });
  await replace.uncheck();
  await eventually(async () => (await dialog.changed()).some((change) => change.endsWith("removed")), false);
  await dialog.import();
  assert.deepEqual(await builder.clusterNames(), ["clusterA", "clusterB", "east", "west"]);
  // East runs with number 2, so that clusterB, which was assigned it, has another one.
  assert.deepEqual(await cluster(builder, "east"), ["10.0.0.1:7233", "2"]);
  assert.deepEqual(await cluster(builder, "clusterB"), ["127.0.0.1:8233", "4"]);
});

importTest("files are chosen, a tool's table and an archive", { fragment: EDITED }, async (dialog, builder) => {
  await dialog.open();
  const choosing = builder.page.waitForEvent("filechooser");
  await dialog.button("Choose files").click();
  const chooser = await choosing;
  assert.ok(chooser.isMultiple());
  await chooser.setFiles([
    { name: "list.txt", mimeType: "text/plain", buffer: Buffer.from(TABLE) },
    { name: "some.zip", mimeType: "application/zip", buffer: Buffer.from("PK\x03\x04 and then nothing") },
  ]);
  await dialog.finding("archive-unreadable").waitFor();
  assert.deepEqual(await dialog.codes(), ["archive-unreadable", "list-of-unknown-cluster"], "the worst first");
  assert.match(await dialog.recognised.innerText(), /Output of cluster list: east, west \(list.txt:1:1\)/);
  assert.equal(await dialog.status.textContent(), "1 part recognised, 2 findings (1 error). 2 clusters added, 1 changed.");
  await dialog.import();
  assert.equal(await builder.field("east", "History shards").inputValue(), "512");
});

importTest("a script that does not do what it says is told so", async (dialog) => {
  await dialog.open();
  await dialog.text.fill(TRAP);
  const finding = dialog.finding("command-stays-enabled");
  await finding.waitFor();
  assert.equal(await finding.getAttribute("data-severity"), "error");
  const text = await finding.innerText();
  assert.ok(text.includes(TRAP.trim()), "the line itself");
  assert.ok(text.includes("leaves the connection ENABLED") && text.includes("--enable_connection=false"), "why, and the way out");
});

importTest("rubbish changes nothing and is named", async (dialog, builder) => {
  await dialog.open();
  await dialog.text.fill("the quick brown fox\u0000\u202e {{ [");
  await dialog.findings.getByRole("listitem").first().waitFor();
  assert.equal(await dialog.refusal(), "Nothing was recognised that can be imported.");
  assert.deepEqual(await dialog.changed(), []);
  await dialog.button("Import").click({ force: true });
  assert.ok(await dialog.dialog.isVisible());
  await dialog.button("Cancel").click();
  assert.deepEqual(await builder.clusterNames(), ["clusterA", "clusterB"]);
  assert.equal(await builder.button("Undo").getAttribute("aria-disabled"), "true");
});

importTest("Escape keeps what was pasted, and undo in its field is the field's own", async (dialog, builder) => {
  await builder.button("Add cluster").click();
  await builder.cluster("clusterC").waitFor();
  await dialog.open();
  await builder.page.keyboard.type("one");
  await builder.page.keyboard.press("Control+z");
  await eventually(() => dialog.text.inputValue(), "");
  assert.deepEqual(await builder.clusterNames(), ["clusterA", "clusterB", "clusterC"]);
  await dialog.text.fill(TABLE);
  await builder.page.keyboard.press("Escape");
  await dialog.dialog.waitFor({ state: "hidden" });
  assert.equal(await builder.focused(), "Import");
  await dialog.open();
  assert.equal(await dialog.text.inputValue(), TABLE);
  await eventually(() => dialog.refusal(), undefined);
  await dialog.button("Clear").click();
  await eventually(() => dialog.refusal(), "Paste something, or choose files.");
  assert.equal(await dialog.text.inputValue(), "");
});

importTest("the whole way without a pointer", async (dialog, builder) => {
  const { keyboard } = builder.page;
  await builder.button("Import").focus();
  await dialog.session.whileLoading(async () => {
    await keyboard.press("Enter");
    await dialog.dialog.waitFor();
  });
  await keyboard.insertText(TABLE);
  await eventually(() => dialog.refusal(), undefined);
  const reached = [];
  while (reached.at(-1) !== "Import" && reached.length < 20) {
    await keyboard.press("Tab");
    reached.push(await builder.focused());
  }
  assert.deepEqual(reached, [
    "Choose files",
    "Clear",
    "Replace the example that the page began with",
    "What was read",
    "pasted text:1:1",
    "Cancel",
    "Compare only",
    "Import",
  ]);
  await keyboard.press("Enter");
  await builder.page.getByRole("alert").getByText("Imported.").waitFor();
  assert.deepEqual(await builder.clusterNames(), ["east", "west"]);
  assert.equal(await builder.focused(), "Import");
});

importTest("a link is imported", async (dialog, builder, { address }) => {
  await dialog.open();
  await dialog.text.fill(`see ${address}#${link({ tool: "temporal", clusters: [["one", "a.example:7233", "5!"]] }).replace("%21", "!")} please`);
  await eventually(() => dialog.refusal(), undefined);
  await dialog.import();
  assert.deepEqual(await cluster(builder, "one"), ["a.example:7233", "5"]);
  assert.ok(await builder.tool("temporal").isChecked());
});

importTest("files and long texts are pasted as files", async (dialog, builder) => {
  await dialog.open();
  await dialog.text.evaluate(pasteInto, { files: { "east.yaml": file("east", 1, "east.example:7233") } });
  await dialog.button("Remove east.yaml").waitFor();
  const filler = "# nothing to see in this line, nor in any other\n".repeat(220_000);
  await dialog.text.evaluate(pasteInto, { text: file("west", 2, "west.example:7233") + filler });
  await dialog.finding("source-too-large").waitFor();
  await dialog.button("Remove pasted text (2)").click();
  await dialog.text.evaluate(pasteInto, { text: file("west", 2, "west.example:7233") + filler.slice(0, 3_000_000) });
  await eventually(async () => (await dialog.changed()).some((change) => change.startsWith("west added")), true);
  assert.equal(await dialog.text.inputValue(), "");
  await dialog.import();
  assert.deepEqual(await builder.clusterNames(), ["east", "west"]);
});

/** Runs in the page: what a browser does on Ctrl+V. */
function pasteInto(area, { files = {}, text }) {
  const clipboardData = new DataTransfer();
  for (const [name, content] of Object.entries(files)) {
    clipboardData.items.add(new File([content], name));
  }
  if (text) {
    clipboardData.setData("text/plain", text);
  }
  area.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
}

for (const [what, route] of Object.entries({
  "the network is gone": (request) => request.abort(),
  "a file is altered": async (request) => {
    const response = await request.fetch();
    // What it says stays the same: only the checksum tells.
    await request.fulfill({ response, body: Buffer.concat([await response.body(), Buffer.from("\n")]) });
  },
})) {
  for (const kind of ["js", "css", "wasm"]) {
    importTest(`${what}: the page says so, loses nothing, and tries again (${kind})`, async (dialog, builder, session) => {
      const { page } = builder;
      await builder.field("clusterA", "RPC address").fill("10.0.0.1:7233");
      const pattern = new RegExp(`/import[^/]*\\.${kind}\\?*$`);
      await page.route(pattern, (request) => route(request));
      await session.whileLoading(async () => {
        await builder.button("Import").click();
        await page.getByRole("alert").getByText("This part of the page could not be loaded.").waitFor();
      });
      // The browser's own words are to be expected here, and nothing else.
      const others = session.watch.found.filter((found) => !/^(console (error|warning)|failed request)/.test(found));
      assert.deepEqual(others, []);
      session.watch.found.length = 0;
      assert.deepEqual(await cluster(builder, "clusterA"), ["10.0.0.1:7233", "1"]);
      await page.unroute(pattern);
      await dialog.open();
    });
  }
}

const RUNNING = link({ tool: "temporal", clusters: [["east", "10.0.0.1:7233", "2!", "", "512"], ["west", "10.0.0.2:7233", "3!", "", "512"]] }).replaceAll("%21", "!");

importTest("what leads from here to there follows every edit, and is copied and saved", { fragment: RUNNING, permissions: ["clipboard-read", "clipboard-write"] }, async (dialog, builder) => {
  const { page } = builder;
  const way = page.getByRole("region", { name: "From here to there", exact: true });
  const button = (name) => way.getByRole("button", { name, exact: true });
  const text = (name) => way.getByRole("region", { name, exact: true }).textContent();
  assert.equal(await way.count(), 0);
  await dialog.open();
  const read = TABLE + "\n" + file("east", 2, "10.0.0.7:7233");
  await dialog.text.fill(read);
  await eventually(() => dialog.refusal(), undefined);
  await dialog.import();
  await way.waitFor();
  await button("Show the way").click();
  assert.match(await text("CHANGE.md"), /^# Change to/);
  await builder.button("Add cluster").click();
  await builder.cluster("clusterC").waitFor();
  await builder.field("clusterC", "RPC address").fill("10.0.0.9:7233");
  await eventually(async () => (await text("change.sh").catch(() => "")).includes("10.0.0.9:7233"), true);
  await button("Copy change.sh").click();
  await way.getByText("Copied", { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await text("change.sh"));
  const saving = page.waitForEvent("download");
  await button("Download CHANGE.md").click();
  const saved = await saving;
  assert.equal(saved.suggestedFilename(), "CHANGE.md");
  assert.equal(await readFile(await saved.path(), "utf8"), await text("CHANGE.md"));
  // An error bars the way, and correcting it opens it again.
  const status = way.getByRole("status");
  await builder.field("clusterC", "RPC address").fill("nonsense");
  await eventually(() => status.textContent(), "There is no way while the plan has errors.");
  await builder.field("clusterC", "RPC address").fill("10.0.0.9:7233");
  await eventually(async () => (await status.textContent()).includes("connections to change"), true);
  await button("Forget what was read").click();
  await way.waitFor({ state: "hidden" });
  // What is here stays as it is, and so there is nothing to undo but the edits.
  const names = await builder.clusterNames();
  await dialog.open();
  await dialog.text.fill(read);
  await eventually(() => dialog.refusal(), "Everything in it is already here.");
  await dialog.button("Compare only").click();
  await way.waitFor();
  assert.match(await status.textContent(), /connections to change/);
  assert.deepEqual(await builder.clusterNames(), names);
});

importTest("the archive has the change too, and is imported again as without", { fragment: RUNNING }, async (dialog, builder) => {
  const { page } = builder;
  const note = () => page.locator("#all-note").textContent();
  const archive = async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), builder.button("Download all").click()]);
    return readFile(await download.path());
  };
  assert.equal(await note(), "multicluster.zip, 8 files");
  await dialog.open();
  await dialog.text.fill(TABLE);
  await dialog.import();
  await builder.button("Add cluster").click();
  await builder.field("clusterC", "RPC address").fill("10.0.0.9:7233");
  await eventually(note, "multicluster.zip, 11 files");
  // At once after an edit: what it is about is what is shown.
  await builder.field("clusterC", "RPC address").fill("10.0.0.8:7233");
  const packed = await archive();
  const files = unzip(packed);
  assert.deepEqual([...files.keys()].slice(-2), ["change.sh", "CHANGE.md"]);
  assert.match(files.get("change.sh").toString(), /10\.0\.0\.8:7233/);
  assert.match(files.get("RUNBOOK.md").toString(), /`CHANGE\.md`/);
  await page.getByRole("button", { name: "Show the way", exact: true }).click();
  const shown = page.getByRole("region", { name: "CHANGE.md", exact: true });
  await eventually(() => shown.textContent(), files.get("CHANGE.md").toString());
  await page.getByRole("button", { name: "Forget what was read", exact: true }).click();
  await eventually(note, "multicluster.zip, 9 files");
  assert.equal(unzip(await archive()).has("CHANGE.md"), false);
  // What was exported says nothing else than what is here, but that it runs.
  const names = await builder.clusterNames();
  await dialog.open();
  const choosing = page.waitForEvent("filechooser");
  await dialog.button("Choose files").click();
  await (await choosing).setFiles([{ name: "multicluster.zip", mimeType: "application/zip", buffer: packed }]);
  await eventually(async () => (await dialog.recognised.innerText()).split("\n").filter((line) => line.startsWith("Configuration of")).length, 3);
  assert.deepEqual(await dialog.codes(), ["archive-member-skipped"], "scripts and texts are made of the configuration");
  await dialog.import();
  assert.deepEqual(await builder.clusterNames(), names);
});

importTest("axe finds nothing, and nothing sticks out", { init: { content: axe.source }, reducedMotion: "reduce" }, async (dialog, builder) => {
  const { page } = builder;
  await dialog.open();
  for (const text of ["", GUIDE + TRAP + TABLE]) {
    await dialog.text.fill(text);
    await eventually(async () => (await dialog.refusal()) === undefined, text !== "");
    await assertSound(page, dialog.dialog);
  }
  await dialog.import();
  await page.getByRole("button", { name: "Show the way", exact: true }).click();
  await assertSound(page, page.getByRole("region", { name: "From here to there" }));
});

/** Nothing that axe finds, and no part that is wider than its place, at any width, in both colour schemes. */
async function assertSound(page, part) {
  for (const width of [1280, 400, 320]) {
    await page.setViewportSize({ width, height: 800 });
    const needed = await part.evaluate((element) => element.scrollWidth - element.clientWidth);
    assert.ok(needed <= 0, `it needs ${needed} px more than it has at ${width}`);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
    }
  }
}
