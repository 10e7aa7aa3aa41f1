// An error in the program, forced: it says so, and loses nothing that was seen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually, inContext, setUp } from "./harness.mjs";
import { ImportDialog } from "./import-dialog.mjs";
import { ToolsDialog } from "./tools-dialog.mjs";

setUp();

/** Types, and breaks the program before what was typed is kept anywhere. */
function typeAndBreak() {
  const field = document.querySelector(".cluster .name input");
  field.value = "typed-last";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return new Promise((resolve) => {
    // Once that is shown, and the program knows that it is.
    const once = () => {
      if (!multicluster.link().includes("typed-last")) return void setTimeout(once);
      globalThis.before = location.hash;
      Node.prototype.insertBefore = Node.prototype.appendChild = () => {
        throw new Error("forced by a test");
      };
      document.getElementById("add-cluster").click();
      setTimeout(() => resolve(globalThis.before));
    };
    once();
  });
}

/** Breaks every program that makes elements by hand. */
function breakElements() {
  Document.prototype.createElement = () => {
    throw new Error("forced by a test");
  };
}

/** Waits for the message. */
async function stopped({ page }) {
  const alert = page.getByRole("alert").filter({ hasText: "The program has stopped because of an error." });
  await alert.waitFor();
  assert.ok((await alert.boundingBox()).y < 100, "within sight");
}

/** The error itself is to be expected here. */
function forgive({ watch }) {
  watch.found = watch.found.filter((found) => !/RuntimeError|unreachable|forced by a test/.test(found));
}

for (const [way, comeBack] of Object.entries({
  "a reload": (builder, session) => session.reload(builder).then(() => builder),
  "another visit": async (builder, session) => {
    await builder.page.close();
    return session.open();
  },
})) {
  for (const [what, init] of Object.entries({
    "": undefined,
    ", with no storage": () => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    },
  })) {
    // Another visit has nothing to come back to.
    if (init && way !== "a reload") continue;
    test(`what was typed last is there after an error and ${way}${what}`, () =>
      inContext({ init }, async (session) => {
        const builder = await session.open();
        assert.equal(await builder.page.evaluate(typeAndBreak), "", "not kept before");
        await stopped(builder);
        const again = await comeBack(builder, session);
        await eventually(() => again.clusterNames(), ["typed-last", "clusterB"]);
        forgive(session);
      }));
  }
}

test("what was pasted is there after an error in the dialog, and what was typed on the page", () =>
  inContext({}, async (session) => {
    const builder = await session.open();
    await builder.field("clusterA", "Cluster name").fill("typed-last");
    const dialog = new ImportDialog(builder, session);
    await dialog.open();
    await builder.page.evaluate(breakElements);
    await dialog.text.fill("clusterMetadata: {currentClusterName: pasted}");
    await stopped(builder);
    await session.reload(builder);
    assert.deepEqual(await builder.clusterNames(), ["typed-last", "clusterB"]);
    await dialog.open();
    assert.equal(await dialog.text.inputValue(), "clusterMetadata: {currentClusterName: pasted}");
    await eventually(() => dialog.changed().then((changes) => changes.some((change) => change.startsWith("pasted"))), true);
    // It was brought back once.
    await session.reload(builder);
    await dialog.open();
    assert.equal(await dialog.text.inputValue(), "");
    forgive(session);
  }));

test("what was typed into tools is there after an error in them, each when its tab is opened", () =>
  inContext({}, async (session) => {
    const builder = await session.open();
    await builder.field("clusterA", "Cluster name").fill("typed-last");
    const tools = new ToolsDialog(builder);
    await tools.open("Network and TLS");
    await tools.textbox("Address of typed-last as seen from clusterB").fill("10.0.0.1:7233");
    await builder.page.evaluate(breakElements);
    await tools.dialog.getByRole("tab", { name: "Other formats", exact: true }).click();
    await stopped(builder);
    await session.reload(builder);
    assert.deepEqual(await builder.clusterNames(), ["typed-last", "clusterB"]);
    await tools.open("Messages");
    await tools.choose("Network and TLS");
    assert.equal(await tools.textbox("Address of typed-last as seen from clusterB").inputValue(), "10.0.0.1:7233");
    await tools.button("Use these settings").click();
    await tools.dialog.waitFor({ state: "hidden" });
    await eventually(async () => builder.page.url().includes("10.0.0.1"), true);
    forgive(session);
  }));

test("an error while a script is written stops nothing else", () =>
  inContext({}, async (session) => {
    const builder = await session.open();
    await builder.tab("connect.sh").click();
    await builder.file("connect.sh").waitFor();
    await builder.page.evaluate(() => {
      const { decode } = TextDecoder.prototype;
      TextDecoder.prototype.decode = function (...given) {
        // What is written is decoded once it is whole; nothing else is as long.
        if (given[0]?.byteLength > 2000) throw new WebAssembly.RuntimeError("unreachable, forced by a test");
        return decode.apply(this, given);
      };
    });
    await builder.tab("verify.sh").click();
    await stopped(builder);
    await builder.field("clusterA", "Cluster name").fill("typed-last");
    await eventually(() => builder.clusterNames(), ["typed-last", "clusterB"]);
    await session.reload(builder);
    assert.deepEqual(await builder.clusterNames(), ["typed-last", "clusterB"]);
    forgive(session);
  }));
