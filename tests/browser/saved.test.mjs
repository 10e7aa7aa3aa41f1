// Drafts with names in the browser's storage: nothing is lost, whatever the browser and other tabs do.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { eventually, pageTest, setUp } from "./harness.mjs";
import { link } from "./links.mjs";

setUp();

/** Where it is kept: pages of the past have written there. */
const KEY = "multicluster-builder/saved";
const NORTH = link({ clusters: [["north", "10.0.0.1:7233", "1"]] });
const SOUTH = link({ server: "1.13", clusters: [["south", "10.0.0.2:7233", "1"], ["west", "10.0.0.3:7233", "2"]] });
const KEPT = `v=1\nnorth\t${NORTH}\nsouth\t${SOUTH}\n`;
const HOSTILE = `<img src=x onerror=alert(1)>"'&\n\u202eend`;

class SavedDialog {
  constructor(builder, session) {
    Object.assign(this, { builder, session, page: builder.page });
    this.dialog = this.page.getByRole("dialog", { name: "Saved in this browser", exact: true });
    this.name = this.dialog.getByRole("textbox", { name: "Name", exact: true });
    this.items = this.dialog.getByRole("list", { name: "Saved", exact: true }).getByRole("listitem");
    this.status = this.dialog.getByRole("status");
  }

  button(name) {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** Opens it with the page's button. The first time the page loads it. */
  async open() {
    await this.session.whileLoading(async () => {
      await this.builder.button("Saved").click();
      await this.dialog.waitFor();
    });
  }

  async close() {
    await this.button("Close").click();
    await this.dialog.waitFor({ state: "hidden" });
  }

  async save(name) {
    await this.name.fill(name);
    await this.button("Save").click();
  }

  async rename(name, to) {
    await this.button(`Rename ${name}`).click();
    await this.dialog.getByRole("textbox", { name: `New name of ${name}`, exact: true }).fill(to);
    await this.button("Save name").click();
  }

  /** Waits until this is said. */
  async says(words) {
    await eventually(() => this.status.textContent(), words);
  }

  /** What can be opened, in its order. */
  names() {
    const buttons = this.dialog.getByRole("button", { name: /^Delete / });
    return buttons.evaluateAll((all) => all.map((button) => button.getAttribute("aria-label").replace(/^Delete /, "")));
  }

  stored() {
    return this.page.evaluate((key) => localStorage.getItem(key), KEY);
  }
}

function savedTest(name, options, body) {
  if (typeof options === "function") {
    return savedTest(name, {}, options);
  }
  return pageTest(name, options, (builder, session) => body(new SavedDialog(builder, session), builder, session));
}

/** Runs before the page's own code: what is stored at the first load. */
function store(text) {
  return { content: `if (location.protocol === "http:") localStorage.getItem("${KEY}") ?? localStorage.setItem("${KEY}", ${JSON.stringify(text)})` };
}

/** A browser that refuses to store more of what is saved. */
const REFUSES = `{
  const setItem = Storage.prototype.setItem;
  Storage.prototype.setItem = function (key, value) {
    if (key === "${KEY}") throw new DOMException("full", "QuotaExceededError");
    return setItem.call(this, key, value);
  };
}`;
const REFUSED = "The browser refused: its storage is full or switched off. Nothing has changed. A link, by “Copy link”, keeps what you have here.";

savedTest("two are saved, survive a reload, and opening one is one step", { fragment: NORTH }, async (dialog, builder, session) => {
  await dialog.open();
  assert.equal(await builder.focused(), "Name");
  await dialog.save("north");
  await dialog.says("“north” is saved.");
  await dialog.close();
  assert.equal(await builder.focused(), "Saved");
  await builder.button("Add cluster").click();
  await builder.cluster("clusterB").waitFor();
  await dialog.open();
  await dialog.save("both");
  await dialog.says("“both” is saved.");
  await session.reload(builder);
  assert.deepEqual(await builder.clusterNames(), ["north", "clusterB"]);
  await dialog.open();
  assert.deepEqual(await dialog.names(), ["north", "both"]);
  assert.match(await dialog.items.first().innerText(), /1 cluster \(north\), server 1\.32/);
  assert.match(await dialog.items.last().innerText(), /2 clusters \(north, clusterB\), server 1\.32/);
  await dialog.button("Open north").click();
  await builder.page.getByRole("alert").getByText("Opened.").waitFor();
  await dialog.dialog.waitFor({ state: "hidden" });
  assert.deepEqual(await builder.clusterNames(), ["north"]);
  assert.equal(await builder.focused(), "Saved");
  await builder.button("Undo").click();
  assert.deepEqual(await builder.clusterNames(), ["north", "clusterB"]);
  assert.equal(await builder.button("Undo").getAttribute("aria-disabled"), "true");
});

savedTest("a name that is there is asked about, and what is replaced comes back", { fragment: SOUTH, init: store(KEPT) }, async (dialog) => {
  await dialog.open();
  await dialog.save("south");
  await dialog.says("“south” is just that.");
  await dialog.save(" north ");
  await dialog.says("“north” is there already. Replace it by what you have here?");
  assert.equal(await dialog.stored(), KEPT);
  // Another name is another question.
  await dialog.name.fill("nort");
  await dialog.button("Save").waitFor();
  await dialog.save("north");
  await dialog.button("Replace").click();
  await dialog.says("“north” is saved.");
  assert.equal(await dialog.stored(), `v=1\nnorth\t${SOUTH}\nsouth\t${SOUTH}\n`);
  await dialog.button("Take back “north”").click();
  await dialog.says("“north” is back.");
  assert.equal(await dialog.stored(), KEPT);
  await dialog.save("  ");
  await dialog.says("Give it a name first.");
  assert.equal(await dialog.stored(), KEPT);
});

savedTest("what is renamed keeps its place, and no name is taken twice", { init: store(KEPT) }, async (dialog, builder) => {
  await dialog.open();
  await dialog.rename("north", "south");
  await dialog.says("“south” is the name of another one.");
  assert.equal(await builder.focused(), "New name of north");
  await dialog.button("Keep name").click();
  assert.equal(await builder.focused(), "Rename north");
  await dialog.rename("north", "up, there");
  await dialog.says("“north” is now called “up, there”.");
  assert.deepEqual(await dialog.names(), ["up, there", "south"]);
  assert.equal(await builder.focused(), "Rename up, there");
  assert.equal(await dialog.stored(), KEPT.replace("north", "up%2C%20there"));
});

savedTest("what is deleted comes back until the dialog is closed", { init: store(KEPT) }, async (dialog) => {
  await dialog.open();
  await dialog.button("Delete north").click();
  await dialog.says("“north” is deleted.");
  await dialog.button("Delete south").click();
  await dialog.dialog.getByText("Nothing is saved yet.").waitFor();
  assert.equal(await dialog.stored(), "v=1\n");
  await dialog.button("Take back “south”").click();
  await dialog.says("“south” is back.");
  await dialog.button("Take back “north”").click();
  await dialog.says("“north” is back.");
  assert.equal(await dialog.stored(), KEPT);
  await dialog.button("Delete south").click();
  await dialog.says("“south” is deleted.");
  await dialog.close();
  await dialog.open();
  assert.deepEqual(await dialog.names(), ["north"]);
  assert.equal(await dialog.dialog.getByRole("button", { name: /^Take back/ }).count(), 0);
});

savedTest("full storage is told of and loses nothing", { fragment: NORTH, init: { content: `${store(KEPT).content};${REFUSES}` } }, async (dialog, builder) => {
  await dialog.open();
  await dialog.save("one more");
  await dialog.says(REFUSED);
  assert.equal(await dialog.name.inputValue(), "one more");
  await dialog.button("Delete north").click();
  await dialog.says(REFUSED);
  assert.equal(await dialog.dialog.getByRole("button", { name: /^Take back/ }).count(), 0);
  await dialog.rename("north", "other");
  await dialog.says(REFUSED);
  await dialog.button("Keep name").click();
  assert.deepEqual(await dialog.names(), ["north", "south"]);
  assert.equal(await dialog.stored(), KEPT);
  await dialog.close();
  assert.deepEqual(await builder.clusterNames(), ["north"]);
});

const OFF = { content: `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("off", "SecurityError"); } })` };

savedTest("storage that is switched off is told of", { fragment: NORTH, init: OFF }, async (dialog, builder) => {
  await dialog.open();
  await dialog.dialog.getByText("This browser keeps nothing for this page: its storage is switched off.").waitFor();
  await dialog.save("north");
  await dialog.says("Nothing was saved: see above.");
  await dialog.close();
  assert.deepEqual(await builder.clusterNames(), ["north"]);
});

for (const [what, text, why] of [
  ["broken", `${KEPT}sou`, "line 4 of it is broken"],
  ["of a newer page", "v=2\nwhat=ever\n", "it was not written by this version of the page"],
]) {
  savedTest(`what is ${what} is kept and told of`, { init: store(text) }, async (dialog, builder) => {
    await dialog.open();
    await dialog.dialog.getByText(`cannot be read: ${why}.`).waitFor();
    await dialog.save("north");
    await dialog.says("Nothing was saved: see above.");
    assert.equal(await dialog.stored(), text);
    const downloading = builder.page.waitForEvent("download");
    await dialog.button("Download it").click();
    assert.equal(await readFile(await (await downloading).path(), "utf8"), text);
  });
}

savedTest("a draft that this page cannot open stays, and is told of", { init: store(`${KEPT}later\tv=99&what=ever\n`) }, async (dialog) => {
  await dialog.open();
  assert.match(await dialog.items.last().innerText(), /Cannot be opened\. The link has format version “99”/);
  assert.equal(await dialog.button("Open later").count(), 0);
  await dialog.save("mine");
  await dialog.says("“mine” is saved.");
  assert.ok((await dialog.stored()).startsWith(`${KEPT}later\tv=99&what=ever\nmine\t`));
});

savedTest("a hostile name stays text", { permissions: ["clipboard-read", "clipboard-write"] }, async (dialog, builder, session) => {
  // What Chromium makes of a line break in a field of one line.
  const shown = HOSTILE.replace("\n", " ");
  await dialog.open();
  await builder.page.evaluate((text) => navigator.clipboard.writeText(text), HOSTILE);
  await dialog.name.press("Control+v");
  await eventually(() => dialog.name.inputValue(), shown);
  await dialog.button("Save").click();
  await dialog.says(`“${shown}” is saved.`);
  await session.reload(builder);
  await dialog.open();
  assert.deepEqual(await dialog.names(), [shown]);
  assert.equal(await dialog.dialog.getByRole("img").count(), 0);
  await dialog.button(`Delete ${shown}`).click();
  await dialog.button(`Take back “${shown}”`).click();
  await dialog.button(`Open ${shown}`).waitFor();
});

savedTest("what another tab saves is not overwritten", async (dialog, builder, session) => {
  await dialog.open();
  const other = new SavedDialog(await session.open(NORTH), session);
  await other.open();
  await other.save("other");
  await other.says("“other” is saved.");
  await dialog.save("one");
  await dialog.says("“one” is saved.");
  assert.deepEqual(await dialog.names(), ["other", "one"]);
  await other.button("Delete other").click();
  await eventually(() => dialog.names(), ["one"]);
  await dialog.save("other");
  await dialog.says("“other” is saved.");
  await other.button("Take back “other”").click();
  await other.says("“other (2)” is back.");
  assert.deepEqual(await other.names(), ["other (2)", "one", "other"]);
});

savedTest("an open dialog follows what another tab does, and keeps what is typed", { init: store(KEPT) }, async (dialog, builder, session) => {
  await dialog.open();
  await dialog.name.fill("mine");
  const other = new SavedDialog(await session.open(NORTH), session);
  await other.open();
  await other.save("other");
  await other.says("“other” is saved.");
  await eventually(() => dialog.names(), ["north", "south", "other"]);
  assert.equal(await dialog.name.inputValue(), "mine");
  await dialog.button("Rename south").click();
  const field = dialog.dialog.getByRole("textbox", { name: "New name of south", exact: true });
  await field.fill("half typ");
  await other.button("Delete north").click();
  await eventually(() => dialog.names(), ["other"]);
  assert.equal(await field.inputValue(), "half typ");
  assert.equal(await dialog.page.evaluate(() => document.activeElement.value), "half typ");
  await other.button("Delete south").click();
  await dialog.says("“south” is no longer there: another tab has changed what is saved.");
  assert.deepEqual(await dialog.names(), ["other"]);
  // The keyboard stays where it was, and is never lost.
  await dialog.button("Rename other").focus();
  await other.button("Take back “south”").click();
  await eventually(() => dialog.names(), ["south", "other"]);
  assert.equal(await dialog.builder.focused(), "Rename other");
  await other.page.evaluate(() => localStorage.clear());
  await eventually(() => dialog.names(), []);
  assert.equal(await dialog.builder.focused(), "Name");
});

savedTest("the whole way without a pointer", { init: store(KEPT) }, async (dialog, builder, session) => {
  const { keyboard } = builder.page;
  await builder.button("Saved").focus();
  await session.whileLoading(async () => {
    await keyboard.press("Enter");
    await dialog.dialog.waitFor();
  });
  await keyboard.type("mine");
  await keyboard.press("Control+z");
  await keyboard.type("mine");
  await keyboard.press("Enter");
  await dialog.says(`“${await dialog.name.inputValue()}” is saved.`);
  const reached = [];
  while (reached.at(-1) !== "Rename north" && reached.length < 20) {
    await keyboard.press("Tab");
    reached.push(await builder.focused());
  }
  assert.deepEqual(reached, ["Save", "Open north", "Rename north"]);
  await keyboard.press("Enter");
  assert.equal(await builder.focused(), "New name of north");
  await keyboard.press("Escape");
  assert.equal(await builder.focused(), "Rename north");
  await keyboard.press("Enter");
  await keyboard.type("high");
  await keyboard.press("Enter");
  await dialog.says("“north” is now called “high”.");
  await keyboard.press("Tab");
  await keyboard.press("Enter");
  await dialog.says("“high” is deleted.");
  assert.equal(await builder.focused(), "Take back “high”");
  await keyboard.press("Enter");
  await dialog.says("“high” is back.");
  assert.equal(await builder.focused(), "Rename high");
  await keyboard.press("Escape");
  await dialog.dialog.waitFor({ state: "hidden" });
  assert.equal(await builder.focused(), "Saved");
});

savedTest("files that are dropped on it are imported", async (dialog, builder) => {
  await dialog.open();
  await builder.page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["nothing"], "some.txt"));
    document.querySelector("dialog[open]").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
  });
  await builder.page.getByRole("dialog", { name: "Import", exact: true }).getByText("some.txt", { exact: true }).waitFor();
  assert.equal(await dialog.dialog.count(), 0);
});

savedTest("what cannot be loaded is told of, loses nothing, and is tried again", { fragment: NORTH }, async (dialog, builder, session) => {
  const { page } = builder;
  await page.route(/\/import[^/]*\.js$/, (request) => request.abort());
  await session.whileLoading(async () => {
    await builder.button("Saved").click();
    await page.getByRole("alert").getByText("This part of the page could not be loaded.").waitFor();
  });
  // The browser's own words are to be expected here, and nothing else.
  const others = session.watch.found.filter((found) => !/^(console (error|warning)|failed request)/.test(found));
  assert.deepEqual(others, []);
  session.watch.found.length = 0;
  assert.deepEqual(await builder.clusterNames(), ["north"]);
  await dialog.open();
});

for (const [state, text, act] of [
  ["nothing saved", "", () => {}],
  ["some, and one deleted", `${KEPT}${"long%20".repeat(14)}\t${SOUTH}\nlater\tv=99\n`, (dialog) => dialog.button("Delete north").click()],
  ["one being renamed", KEPT, (dialog) => dialog.button("Rename north").click()],
  ["unreadable", "v=2\n", (dialog) => dialog.save("x")],
]) {
  savedTest(`axe finds nothing, and nothing sticks out: ${state}`, { init: { content: `${axe.source};${store(text).content}` }, reducedMotion: "reduce" }, async (dialog, builder) => {
    const { page } = builder;
    await dialog.open();
    await act(dialog);
    for (const width of [1280, 400, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await dialog.dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
      assert.ok(needed <= 0, `it needs ${needed} px more than it has at ${width}`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
      }
    }
  });
}
