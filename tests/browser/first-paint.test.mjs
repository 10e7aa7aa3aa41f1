// What is seen before the program has come, and how it takes over.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";

import { Builder } from "./builder.mjs";
import { dist, eventually, inContext, setUp, started } from "./harness.mjs";
import { link } from "./links.mjs";
import { native } from "./native.mjs";

setUp();

const PROGRAM = /multicluster-web_bg.*\.wasm$/;
const OTHER = link({ clusters: [["eu", "10.0.0.1:7233", "1"], ["us", "10.0.0.2:7233", "2"]] });

/** Opens the page while its program is held back; `release` lets it come. */
async function whileWaiting(options, use) {
  await inContext({ init: recordShifts, ...options }, async (session) => {
    const { context, address, watch } = session;
    let release;
    const wanted = new Promise((resolve) => { release = resolve; });
    await context.route(PROGRAM, async (route) => {
      await wanted;
      await route.continue();
    });
    const page = await context.newPage();
    watch.isLoading = true;
    await page.goto(address + (options.fragment ? `#${options.fragment}` : ""), { waitUntil: "domcontentloaded" });
    await painted(page);
    await use(new Builder(page), async () => {
      release();
      await started(page);
      watch.isLoading = false;
    }, session);
  });
}

function painted(page) {
  return page.evaluate(() => new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
  }));
}

test("the first sight can be read, selected and copied before the program has come", () =>
  whileWaiting({ permissions: ["clipboard-read", "clipboard-write"] }, async (builder, release) => {
    const { page } = builder;
    const { texts } = native();
    const text = texts.get("clusterA.yaml");
    assert.equal(await builder.file("clusterA.yaml").evaluate((region) => region.textContent), text);
    await builder.file("clusterA.yaml").evaluate((region) => getSelection().selectAllChildren(region));
    await page.keyboard.press("Control+C");
    await eventually(() => page.evaluate(() => navigator.clipboard.readText()), text);
    assert.equal(await page.getByRole("alert").filter({ hasText: /\S/ }).count(), 0);
    // What would do nothing yet cannot be used.
    assert.equal(await page.evaluate(() => document.querySelectorAll("button:not([inert] *), input:not([inert] *), select:not([inert] *)").length), 0);
    await release();
    await builder.field("clusterA", "Cluster name").fill("eu");
    await builder.tab("eu.yaml").waitFor();
  }));

for (const [width, height] of [[1280, 800], [320, 640]]) {
  test(`the program takes over and changes nothing, ${width} px wide`, () =>
    whileWaiting({ viewport: { width, height } }, async ({ page }, release) => {
      await page.evaluate(() => scrollTo(0, 40));
      const before = await page.evaluate(look);
      await release();
      await painted(page);
      assert.deepEqual(await page.evaluate(look), before);
      // An entry comes for every frame that moved something; the observer has to be alive to mean anything.
      assert.ok(await page.evaluate(() => globalThis.shifts.isWatching));
      assert.deepEqual(await page.evaluate(() => globalThis.shifts.found), []);
    }));
}

test("what is selected, scrolled to and has the keyboard stays so when the program takes over", () =>
  whileWaiting({ permissions: ["clipboard-read", "clipboard-write"], viewport: { width: 1280, height: 500 } }, async ({ page }, release) => {
    const file = page.getByRole("region", { name: "clusterA.yaml", exact: true });
    await file.focus();
    const before = await file.evaluate((region) => {
      region.scrollTop = 60;
      const lines = [...region.querySelectorAll(".line")];
      const [first, last] = [lines[2].firstElementChild.firstChild, lines[6].lastElementChild.previousElementSibling.firstChild];
      // As if it was drawn upwards.
      getSelection().setBaseAndExtent(last, 1, first, 2);
      return { text: String(getSelection().getRangeAt(0)), scrolled: region.scrollTop };
    });
    assert.ok(before.text.split("\n").length === 5 && before.scrolled > 0);
    await release();
    const after = await file.evaluate((region) => ({ text: String(getSelection().getRangeAt(0)), scrolled: region.scrollTop }));
    assert.deepEqual(after, before);
    assert.ok(await file.evaluate((region) => region === document.activeElement && region.contains(getSelection().anchorNode)));
    await page.keyboard.press("Shift+ArrowLeft");
    assert.equal((await page.evaluate(() => String(getSelection().getRangeAt(0)))).length, before.text.length + 1, "its end is where it was");
  }));

test("nothing moves when the page comes in two pieces, wherever it is cut", async () => {
  const whole = await readFile(join(dist, "index.html"));
  const [head, main] = ["<header", "<main"].map((tag) => whole.indexOf(tag));
  const cuts = [];
  for (let cut = head; cut < main + 400; cut += 100) cuts.push(cut);
  // And where what was there alone has moved aside for what came.
  for (const [begin, end] of [['class="movers"', 'role="group"'], ['class="toolbar"', "<pre"], ["<footer", "<noscript"]]) {
    const last = whole.indexOf(end, whole.indexOf(begin));
    assert.ok(last > 0, `${begin} … ${end}`);
    for (let cut = whole.indexOf(begin); cut > 0 && cut < last; cut = whole.indexOf("<", cut + 1)) cuts.push(cut);
  }
  for (const cut of cuts) {
    const server = createServer((request, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      if (request.url !== "/") {
        response.end();
        return;
      }
      response.write(whole.subarray(0, cut));
      setTimeout(() => response.end(whole.subarray(cut)), 100);
    });
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${server.address().port}/`;
    try {
      await inContext({ address, init: recordShifts }, async ({ context, watch }) => {
        watch.isLoading = true;
        const page = await context.newPage();
        // Nothing else of the page is there: what is seen is the HTML alone.
        await page.goto(address, { waitUntil: "domcontentloaded" });
        await painted(page);
        assert.deepEqual(await page.evaluate(() => globalThis.shifts.found), [], `cut at ${cut}`);
        watch.found = [];
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
});

/** The markup of the page, what its fields hold, and where everything is. */
function look() {
  const elements = [...document.querySelectorAll("#app *")];
  const attributes = (element) =>
    [...element.attributes]
      // Browsers keep these as properties once they are there; `inert` is what differs.
      .filter(({ name }) => !["inert", "value", "checked", "selected"].includes(name))
      .map(({ name, value }) => `${name}=${value}`)
      .sort();
  const place = (element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height];
  };
  const text = (element) =>
    [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("");
  return {
    scroll: scrollY,
    elements: elements.map((element) => [
      element.localName,
      attributes(element),
      element.value,
      element.checked,
      element.selected,
      text(element),
      place(element),
    ]),
  };
}

test("who follows a link never sees the default", () =>
  whileWaiting({ fragment: OTHER }, (builder, release) => neverDefault(builder, release)));

test("who was here before never sees the default", () =>
  whileWaiting({ init: { content: `if (location.protocol === "http:") localStorage.setItem("multicluster-builder/1", "${OTHER}");` } }, (builder, release) =>
    neverDefault(builder, release)));

async function neverDefault(builder, release) {
  const { page } = builder;
  assert.equal(await page.getByRole("main").count(), 0, "hidden");
  await release();
  assert.deepEqual(await builder.clusterNames(), ["eu", "us"]);
  await builder.button("Add cluster").waitFor();
}

for (const fragment of ["", OTHER]) {
  test(`if the program never comes it is said${fragment && ", also to who follows a link"}`, () =>
    inContext({}, async ({ context, address, watch }) => {
      await context.route(PROGRAM, (route) => route.abort());
      const page = await context.newPage();
      watch.isLoading = true;
      await page.goto(address + (fragment && `#${fragment}`));
      const alert = page.getByRole("alert").filter({ hasText: "The program of this page could not be started." });
      await alert.waitFor();
      assert.ok((await alert.boundingBox()).y < 100, "within sight");
      assert.equal(await page.getByRole("main").count(), fragment ? 0 : 1);
      // What browsers say of the request that was refused.
      watch.found = [];
    }));
}

function recordShifts() {
  const shifts = { isWatching: PerformanceObserver.supportedEntryTypes.includes("layout-shift"), found: [] };
  globalThis.shifts = shifts;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const rectangle = ({ x, y, width, height }) => [x, y, width, height].join(" ");
      shifts.found.push(
        entry.sources.map(({ node, previousRect, currentRect }) =>
          [node?.nodeName, node?.textContent, rectangle(previousRect), rectangle(currentRect), entry.startTime].join(": "),
        ),
      );
    }
  }).observe({ type: "layout-shift", buffered: true });
}
