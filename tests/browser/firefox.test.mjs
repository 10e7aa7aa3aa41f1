// The main way through the page in Firefox, with nothing emulated: real keys, the real clipboard, real downloads.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";

import { Firefox } from "./firefox.mjs";
import { dist, eventually, serve } from "./harness.mjs";
import { link, sealed } from "./links.mjs";
import { native } from "./native.mjs";

const TEST_MS = 120_000;
const EDITED = link({ clusters: [["eu", "10.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]] });

let site;
let firefox;

before(async () => {
  native();
  site = await serve(dist);
  firefox = await Firefox.launch(site.address);
});

after(async () => {
  await firefox?.close();
  await site?.close();
});

/** A test with the page open; what must not happen in a browser is checked at its end. */
function firefoxTest(name, fragment, body) {
  test(name, { timeout: TEST_MS }, async () => {
    firefox.found = [];
    const tab = await firefox.open(`${site.address}#${fragment}`);
    await eventually(() => tab.read(() => document.querySelector("#trouble")), null, "the program runs");
    await body(tab);
    await tab.settle();
    await tab.close();
    assert.deepEqual(firefox.found, []);
  });
}

/** The file that is shown, with its name. */
const shown = (tab) => tab.read(() => document.querySelector(".code").textContent);

/** Chooses a file, and waits until it is what the core writes. */
async function assertWrites(tab, name, fragment) {
  await tab.click("tab", name);
  await tab.find("region", name);
  await eventually(() => shown(tab), native(fragment).texts.get(name));
}

const names = (tab) => tab.read(() => [...document.querySelectorAll(".list > [role=group]")].map((group) => group.getAttribute("aria-label")));

firefoxTest("what is typed is written, and undone by keys", "", async (tab) => {
  const cluster = await tab.find("group", "clusterA");
  await tab.fill(await tab.find("textbox", "Cluster name", cluster), "eu");
  await tab.fill(await tab.find("textbox", "RPC address", await tab.find("group", "eu")), "10.0.0.1:7233");
  await assertWrites(tab, "eu.yaml", EDITED);
  await assertWrites(tab, "connect.sh", EDITED);
  await tab.press("Control", "z");
  await tab.press("Control", "z");
  await eventually(() => shown(tab), native().texts.get("connect.sh"));
  await tab.press("Control", "Shift", "Z");
  await tab.press("Control", "Shift", "Z");
  await eventually(() => shown(tab), native(EDITED).texts.get("connect.sh"));
});

firefoxTest("files are copied and downloaded byte for byte", EDITED, async (tab) => {
  const { texts, files, zip } = native(EDITED);
  await assertWrites(tab, "connect.sh", EDITED);
  await tab.click("button", "Copy connect.sh");
  await tab.says("connect.sh copied");
  assert.equal(await firefox.clipboard(), texts.get("connect.sh"));
  const file = await firefox.download(() => tab.click("button", "Download connect.sh"));
  assert.match(file, /\/connect\.sh$/);
  assert.ok((await readFile(file)).equals(files.get("connect.sh")));
  const all = await firefox.download(() => tab.click("button", "Download all"));
  assert.match(all, /\/multicluster\.zip$/);
  assert.ok((await readFile(all)).equals(zip));
});

firefoxTest("text that is selected by hand is copied exactly", EDITED, async (tab) => {
  await tab.read(() => getSelection().selectAllChildren(document.querySelector(".code")));
  await tab.press("Control", "c");
  assert.equal(await firefox.clipboard(), native(EDITED).texts.get("eu.yaml"));
});

firefoxTest("a link opens the same in another tab", EDITED, async (tab) => {
  await tab.click("button", "Copy link");
  await tab.find("button", "Link copied");
  const copied = await firefox.clipboard();
  assert.equal(copied, `${site.address}#${sealed(EDITED)}`);
  const other = await firefox.open(copied);
  await eventually(() => names(other), ["eu", "clusterB"]);
  await assertWrites(other, "eu.yaml", EDITED);
  await other.close();
});

firefoxTest("a file that is pasted is imported", EDITED, async (tab) => {
  await tab.click("button", "Copy eu.yaml");
  await tab.says("eu.yaml copied");
  const other = await firefox.open(`${site.address}#${link({ clusters: [] })}`);
  await other.click("button", "Import");
  const dialog = await other.find("dialog", "Import");
  await other.click(await other.find("textbox", "Paste", dialog));
  await other.press("Control", "v");
  await other.find("list", "What will change", dialog);
  await other.click(await other.find("button", "Import", dialog));
  await other.says("Imported.");
  await eventually(() => names(other), ["eu"]);
  await other.close();
});

firefoxTest("the tools open, and their tabs are chosen by keys", EDITED, async (tab) => {
  await tab.click("button", "Tools");
  const dialog = await tab.find("dialog", "Tools");
  const panel = () => tab.read((tools) => tools.querySelector("[role=tabpanel]:not([hidden])")?.textContent.length > 0, dialog);
  const tabs = () => tab.read((tools) => [...tools.querySelectorAll("[role=tab]")].map((one) => one.getAttribute("aria-selected")), dialog);
  const count = (await tabs()).length;
  assert.ok(count > 1);
  await tab.click(await tab.find("tab", "Picture", dialog));
  for (let chosen = 0; chosen < count; chosen += 1) {
    await eventually(tabs, Array.from({ length: count }, (_, at) => String(at === chosen)));
    assert.ok(await panel());
    await tab.press("ArrowRight");
  }
  await tab.press("Escape");
  await eventually(() => tab.read((closed) => closed.open, dialog), false);
});
