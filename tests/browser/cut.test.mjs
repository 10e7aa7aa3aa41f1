// The network, gone in the middle of loading: that is said, nothing hangs, nothing is lost, and another attempt helps.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { test } from "node:test";

import { dist, eventually, inContext, setUp, started } from "./harness.mjs";
import { Builder } from "./builder.mjs";
import { link } from "./links.mjs";

setUp();

const KEPT = link({ clusters: [["eu", "10.0.0.1:7233", "1"], ["us", "10.0.0.2:7233", "2"]] });
const KINDS = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

/** Serves the page; of the file that `cut` fits, so many bytes are sent, and then the network is gone, or the file ends. */
async function serving(use) {
  const site = { cut: undefined, bytes: (all) => all.length >> 1, ends: false, hangs: false };
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://localhost").pathname.slice(1) || "index.html";
    const content = await readFile(join(dist, name)).catch(() => undefined);
    if (!content) {
      response.writeHead(404).end();
      return;
    }
    const cut = site.cut?.test(name);
    const length = cut && site.ends ? site.bytes(content) : content.length;
    response.writeHead(200, { "content-type": KINDS[extname(name)] ?? "application/octet-stream", "content-length": length });
    if (!cut || site.ends) {
      response.end(content.subarray(0, length));
      return;
    }
    response.write(content.subarray(0, site.bytes(content)), () => site.hangs || setTimeout(() => response.socket?.destroy(), 50));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  site.address = `http://127.0.0.1:${server.address().port}/`;
  try {
    await inContext({ address: site.address }, async (session) => {
      session.watch.isAlwaysLoading = true;
      await use(site, session);
      // What browsers say of it is to be expected here, and nothing else.
      await Promise.all(session.context.pages().map((page) => page.close()));
      const others = session.watch.found.filter((found) => !/^(console (error|warning)|page error|failed request)/.test(found));
      assert.deepEqual(others, []);
      session.watch.found = [];
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const NEVER_STARTED = /The program of this page could not be started\.|This page was cut on its way\. Reload it\.|The program has stopped because of an error\./;

/** How much of the page came, by what comes last. */
const CUT_AT = {
  "its style": "<style>",
  "what precedes all that is seen": "<body>\n    ",
  "the message for this": "could not be started.",
  "what is seen first": '<div id="app">',
  "the files": 'class="output"',
};

for (const [what, text] of Object.entries(CUT_AT)) {
  for (const [end, ends] of Object.entries({ "the network is gone": false, "the file ends": true })) {
    test(`a page that is cut in ${what} says so or works, and a reload helps: ${end}`, { timeout: 60_000 }, () =>
      serving(async (site, { context }) => {
        site.cut = /^index\.html$/;
        site.ends = ends;
        site.bytes = (page) => page.indexOf(text) + text.length;
        const page = await context.newPage();
        await page.clock.install();
        await page.goto(`${site.address}#${KEPT}`, { waitUntil: "commit" });
        const builder = new Builder(page);
        const works = builder.cluster("eu");
        // As long as it takes to be sure.
        await page.waitForTimeout(1000);
        await page.clock.fastForward(20_000);
        await page.getByText(NEVER_STARTED).or(works).filter({ visible: true }).first().waitFor();
        site.cut = undefined;
        await page.reload();
        await started(page);
        assert.deepEqual(await builder.clusterNames(), ["eu", "us"]);
      }));
  }
}

for (const name of ["boot-.*js", "multicluster-web-.*js", "multicluster-web_bg-.*wasm"]) {
  test(`a program that is cut in ${name} says so, and a reload helps`, { timeout: 60_000 }, () =>
    serving(async (site, { context }) => {
      site.cut = new RegExp(name);
      const page = await context.newPage();
      await page.goto(`${site.address}#${KEPT}`).catch(() => {});
      await page.getByText(NEVER_STARTED).filter({ visible: true }).first().waitFor();
      site.cut = undefined;
      await page.reload();
      await started(page);
      assert.deepEqual(await new Builder(page).clusterNames(), ["eu", "us"]);
    }));
}

const PARTS = {
  import: [(builder) => builder.button("Import").click(), (page) => page.getByRole("dialog", { name: "Import" })],
  more: [(builder) => builder.button("Tools").click(), (page) => page.getByRole("dialog", { name: "Tools" })],
};

for (const [part, [act, dialog]] of Object.entries(PARTS)) {
  for (const kind of ["js", "css", "wasm"]) {
    test(`a part that is cut says so, loses nothing, and is tried again: ${part}, ${kind}`, { timeout: 60_000 }, () =>
      serving(async (site, { context }) => {
        site.cut = new RegExp(`^${part}.*\\.${kind}$`);
        const page = await context.newPage();
        await page.goto(site.address);
        await started(page);
        const builder = new Builder(page);
        await builder.field("clusterA", "Cluster name").fill("north");
        await act(builder);
        await page.getByRole("alert").getByText("This part of the page could not be loaded.").waitFor();
        assert.deepEqual(await builder.clusterNames(), ["north", "clusterB"]);
        site.cut = undefined;
        await act(builder);
        await dialog(page).waitFor();
      }));
  }

  test(`a part that never comes says so, and opens once it is there: ${part}`, { timeout: 60_000 }, () =>
    serving(async (site, { context }) => {
      site.cut = new RegExp(`^${part}.*\\.wasm$`);
      site.hangs = true;
      const page = await context.newPage();
      await page.clock.install();
      await page.goto(site.address);
      await started(page);
      const builder = new Builder(page);
      await act(builder);
      await page.clock.fastForward(30_000);
      await page.getByRole("alert").getByText("This part of the page could not be loaded.").waitFor();
      await eventually(() => page.locator("[aria-busy]").count(), 0);
      await builder.field("clusterA", "Cluster name").fill("north");
      await eventually(() => builder.clusterNames(), ["north", "clusterB"]);
    }));
}
