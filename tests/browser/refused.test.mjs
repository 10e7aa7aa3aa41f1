// A browser that refuses to copy or to save: that is said, with another way.

import assert from "node:assert/strict";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { native } from "./native.mjs";
import { ToolsDialog } from "./tools-dialog.mjs";

setUp();

const permissions = ["clipboard-read", "clipboard-write"];

/** Neither way to the clipboard is open but that of a person. */
function refuse() {
  // Pages that were not loaded securely have none.
  if (globalThis.Clipboard) Clipboard.prototype.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
  Document.prototype.execCommand = () => false;
}

/** As on a page that was not loaded securely. The tests themselves still read the clipboard. */
function withoutClipboard() {
  const { clipboard } = navigator;
  Object.defineProperty(globalThis, "clipboardOfTests", { get: () => clipboard });
  delete Navigator.prototype.clipboard;
}

function refuseFiles() {
  URL.createObjectURL = () => {
    throw new DOMException("refused", "SecurityError");
  };
}

const alert = ({ page }, text) => page.getByRole("alert").getByText(text);

pageTest("a file that is not copied is selected", { permissions, init: refuse }, async (builder) => {
  for (const name of ["clusterA.yaml", "connect.sh"]) {
    await builder.tab(name).click();
    await builder.button(`Copy ${name}`).click();
    await alert(builder, "The browser refused to copy.").waitFor();
    await builder.page.keyboard.press("Control+c");
    await eventually(() => builder.page.evaluate(() => navigator.clipboard.readText()), native().texts.get(name));
    await builder.button("Dismiss").click();
  }
});

pageTest("a link that is not copied is the address", { init: refuse, permissions }, async (builder) => {
  await builder.field("clusterA", "Cluster name").fill("eu");
  await builder.button("Copy link").click();
  await alert(builder, "The address of this page is the link").waitFor();
  await eventually(async () => builder.page.url().includes("cluster=eu,"), true);
  assert.deepEqual(await builder.clusterNames(), ["eu", "clusterB"]);
});

pageTest("what is refused in tools is said there, and selected", { init: refuse, permissions }, async (builder) => {
  const tools = new ToolsDialog(builder);
  await tools.open("Other formats");
  await tools.dialog.getByRole("button", { name: /^Copy / }).click();
  await eventually(async () => (await tools.dialog.getByRole("tabpanel", { name: "Other formats" }).getByRole("status").last().textContent()).startsWith("The browser refuses to copy."), true);
  const shown = await tools.dialog.locator("#other-text").textContent();
  assert.equal(await builder.page.evaluate(() => String(getSelection())), shown.trimEnd());
});

pageTest("without a clipboard it is copied the old way, in dialogs too", { permissions, init: withoutClipboard }, async (builder) => {
  const clipboard = () => builder.page.evaluate(() => globalThis.clipboardOfTests.readText());
  await builder.button("Copy clusterA.yaml").click();
  await eventually(clipboard, native().texts.get("clusterA.yaml"));
  assert.equal(await builder.focused(), "Copy clusterA.yaml");
  const tools = new ToolsDialog(builder);
  await tools.open("Other formats");
  await tools.dialog.getByRole("button", { name: /^Copy / }).click();
  const shown = await tools.dialog.locator("#other-text").textContent();
  await eventually(clipboard, shown);
});

pageTest("files that are not saved are told of", { init: refuseFiles }, async (builder) => {
  const title = "The browser refused to save the file.";
  for (const name of ["Download clusterA.yaml", "Download all"]) {
    await builder.button(name).click();
    await alert(builder, title).waitFor();
    await builder.button("Dismiss").click();
    await alert(builder, title).waitFor({ state: "detached" });
  }
  const tools = new ToolsDialog(builder);
  await tools.open("Other formats");
  await tools.button("Download all").click();
  await tools.dialog.getByText("The browser refuses to save files.").waitFor();
});
