// Lines that explain themselves, and the tools: by pointer, by keyboard, in both colour schemes.

import assert from "node:assert/strict";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { eventually, pageTest, setUp } from "./harness.mjs";
import { link } from "./links.mjs";

setUp();

class Explained {
  constructor(builder) {
    this.builder = builder;
    this.page = builder.page;
    this.region = this.page.getByRole("region", { name: "Explanation", exact: true });
  }

  /** A line of the file that is shown, counted from 1. */
  line(number) {
    return this.page.locator("#file .line").nth(number - 1);
  }

  visible() {
    return this.region.innerText();
  }

  /** Waits for an explanation with this text. */
  async says(text) {
    await this.region.getByText(text).first().waitFor();
  }

  /** The numbers of the lines with another background than most. */
  marked() {
    return this.page.locator("#file .line").evaluateAll((lines) => {
      const colours = lines.map((line) => getComputedStyle(line).backgroundColor);
      return colours.flatMap((colour, at) => (colour === "rgba(0, 0, 0, 0)" ? [] : [at + 1]));
    });
  }
}

const explainTest = (name, options, body) =>
  pageTest(name, options, (builder, session) => body(new Explained(builder), builder, session));

explainTest("a line that is pointed at says what it is for, and where it comes from", {}, async (explained, builder) => {
  assert.match(await explained.visible(), /Point at a line/);
  await explained.line(11).hover();
  await explained.says("rpcAddress");
  assert.doesNotMatch(await explained.visible(), /Point at a line/);
  await explained.line(3).hover();
  await explained.says("enableGlobalNamespace");
  assert.match(await explained.visible(), /≠ Guide: /);
  // Where nothing is pointed at, nothing is explained.
  await builder.page.mouse.move(1, 1);
  await explained.says("Point at a line");
});

explainTest("there is room for explanations once there is one, and nothing moves then", {}, async (explained, builder) => {
  const height = () => explained.region.evaluate((region) => region.clientHeight);
  const hint = await height();
  await explained.line(1).hover();
  await explained.line(11).hover();
  await explained.says("rpcAddress");
  const full = await height();
  assert.ok(full > 2 * hint, `${hint} px, then ${full}`);
  for (const number of [3, 4, 6]) {
    await explained.line(number).hover();
    await eventually(height, full);
  }
  await builder.tab("RUNBOOK.md").click();
  await explained.says("Point at a line");
  await eventually(height, full);
});

explainTest("a chosen line leads to its field", {}, async (explained, builder) => {
  await explained.line(11).click();
  await builder.page.mouse.move(1, 1);
  await explained.says("rpcAddress");
  assert.deepEqual(await explained.marked(), [11]);
  await explained.region.getByRole("button", { name: "Go to RPC address of clusterA" }).click();
  assert.equal(await builder.field("clusterA", "RPC address").evaluate((field) => field === document.activeElement), true);
  // A second click lets go of it.
  await explained.line(11).click();
  await builder.page.mouse.move(1, 1);
  await explained.says("Point at a line");
});

explainTest("the field that has the keyboard marks its lines", {}, async (explained, builder) => {
  const name = builder.field("clusterA", "Cluster name");
  await name.focus();
  await eventually(() => explained.marked(), [1, 6, 8]);
  await builder.field("clusterA", "RPC address").focus();
  await eventually(() => explained.marked(), [11]);
  await builder.tab("RUNBOOK.md").click();
  await builder.file("RUNBOOK.md").waitFor();
  await eventually(() => explained.marked(), []);
});

explainTest("without a pointer: lines one after the other, and to the field", {}, async (explained, builder) => {
  const { keyboard } = builder.page;
  // What the first key loads must be there for the second one.
  await builder.file("clusterA.yaml").focus();
  await eventually(async () => (await builder.page.evaluate(() => document.adoptedStyleSheets.length)) > 0, true);
  await keyboard.press("ArrowDown");
  await explained.says("Which file it is");
  await keyboard.press("ArrowDown");
  await explained.says("clusterMetadata");
  await keyboard.press("ArrowUp");
  await keyboard.press("ArrowUp");
  await eventually(() => explained.marked(), [1]);
  for (let line = 1; line < 6; line += 1) {
    await keyboard.press("ArrowDown");
  }
  await explained.says("currentClusterName");
  await keyboard.press("Enter");
  assert.equal(await builder.focused(), "Cluster name");
  await builder.file("clusterA.yaml").focus();
  await keyboard.press("Escape");
  await explained.says("Point at a line");
});

explainTest("every line of every file is explained", { fragment: link({ clusters: [["a", "10.0.0.1:7233", "1"], ["b", "10.0.0.2:7233", "2"]] }) }, async (explained, builder) => {
  const { keyboard } = builder.page;
  for (const name of await builder.fileNames()) {
    const lines = (await builder.read(name)).split("\n").slice(0, -1);
    await builder.file(name).focus();
    await eventually(async () => (await builder.page.evaluate(() => document.adoptedStyleSheets.length)) > 0, true);
    const silent = [];
    for (const line of lines.slice(0, 60)) {
      await keyboard.press("ArrowDown");
      const isSilent = /Point at a line/.test(await explained.visible());
      if (isSilent !== (line.trim() === "")) {
        silent.push(line);
      }
    }
    assert.deepEqual(silent, [], name);
  }
});

explainTest("an edit does not leave a wrong explanation behind", {}, async (explained, builder) => {
  await builder.serverVersion().selectOption("1.13");
  await explained.line(15).waitFor();
  // By the keyboard: below a pointer that rests, lines come and go as the file scrolls to what changed.
  await builder.file("clusterA.yaml").focus();
  await eventually(async () => (await builder.page.evaluate(() => document.adoptedStyleSheets.length)) > 0, true);
  await builder.page.keyboard.press("ArrowUp");
  await explained.region.getByRole("button", { name: "Go to RPC address of clusterB" }).waitFor();
  await builder.serverVersion().selectOption("1.32");
  await explained.says("Point at a line");
});

class Tools {
  constructor(builder, session) {
    Object.assign(this, { builder, session, page: builder.page });
    this.dialog = this.page.getByRole("dialog", { name: "Tools", exact: true });
    this.tabs = this.dialog.getByRole("tablist", { name: "Tools" }).getByRole("tab");
  }

  async open() {
    await this.builder.button("Tools").click();
    await this.dialog.waitFor();
  }
}

const toolsTest = (name, options, body) =>
  pageTest(name, options, (builder, session) => body(new Tools(builder, session), builder, session));

toolsTest("the tools are tabs, and Escape leaves them", {}, async (tools, builder) => {
  const { keyboard } = builder.page;
  await tools.open();
  const count = await tools.tabs.count();
  for (let place = 0; place < count; place += 1) {
    const tab = tools.tabs.nth(place);
    assert.equal(await tab.getAttribute("aria-selected"), "true");
    assert.equal(await tools.dialog.getByRole("tabpanel", { name: await tab.textContent(), exact: true }).isVisible(), true);
    assert.equal(await builder.focused(), await tab.textContent());
    await keyboard.press("ArrowRight");
  }
  assert.equal(await tools.tabs.first().getAttribute("aria-selected"), "true");
  await keyboard.press("Escape");
  await tools.dialog.waitFor({ state: "hidden" });
  assert.equal(await builder.focused(), "Tools");
});

toolsTest("a question mark lists the keys, but not while a text is typed", {}, async (tools, builder) => {
  const field = builder.page.getByRole("textbox", { name: "Cluster name" }).first();
  await field.focus();
  await eventually(async () => (await builder.page.evaluate(() => document.adoptedStyleSheets.length)) > 0, true);
  await builder.page.keyboard.press("?");
  assert.match(await field.inputValue(), /\?/);
  await builder.button("Undo").focus();
  await builder.page.keyboard.press("?");
  await tools.dialog.getByText("Undo the last change").waitFor();
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    toolsTest(`axe finds nothing in explanations and tools: ${colorScheme}, ${width} px`, { colorScheme, viewport: { width, height: 800 }, init: { content: axe.source } }, async (tools, builder) => {
      const explained = new Explained(builder);
      await explained.line(3).click();
      await explained.says("enableGlobalNamespace");
      assert.deepEqual(await violations(builder.page), []);
      await tools.open();
      for (let place = 0; place < (await tools.tabs.count()); place += 1) {
        await tools.tabs.nth(place).click();
        assert.deepEqual(await violations(builder.page), [], await tools.tabs.nth(place).textContent());
        const wide = await builder.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px too wide`);
      }
    });
  }
}
