// multicluster.html: the page in one file, opened from disk.

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { dist, eventually, inContext, setUp } from "./harness.mjs";
import { link } from "./links.mjs";
import { native } from "./native.mjs";

setUp();

const FILE = join(dist, "multicluster.html");
const address = pathToFileURL(FILE).href;
const fragment = link({ clusters: [["eu", "10.0.0.1:7233", "1"], ["us", "10.0.0.2:7233", "2"]] });

/** Nothing but the file itself may be asked for: the harness sees every request. */
function wholeTest(name, options, body) {
  test(name, { timeout: 90_000 }, () => inContext({ address, ...options }, body));
}

wholeTest("every file is written, from disk and without network", { offline: true }, async (session) => {
  const builder = await session.open();
  await builder.assertShows(native());
  const other = await session.open(fragment);
  await other.assertShows(native(fragment));
});

wholeTest("what was typed is kept over a reload", {}, async (session) => {
  const builder = await session.open();
  await builder.field("clusterA", "Cluster name").fill("eu");
  await session.reload(builder);
  await eventually(() => builder.clusterNames(), ["eu", "clusterB"]);
});

wholeTest("nothing leads to what is not there", {}, async (session) => {
  const builder = await session.open();
  await builder.field("clusterA", "RPC address").fill("temporal.example");
  await builder.button("Show all").click();
  assert.equal(await builder.page.getByRole("link").count(), 0);
});

wholeTest("files are imported", {}, async (session) => {
  const builder = await session.open();
  await builder.button("Import").click();
  const dialog = builder.page.getByRole("dialog");
  await dialog.getByRole("textbox").first().fill(native(fragment).texts.get("eu.yaml"));
  await dialog.getByText("eu", { exact: false }).first().waitFor();
});

test("a file that was altered says so", { timeout: 90_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "multicluster-"));
  try {
    const page = await readFile(FILE, "latin1");
    const place = page.indexOf('id="multicluster-web_bg.wasm">') + 10_000;
    const altered = join(folder, "multicluster.html");
    await writeFile(altered, page.slice(0, place) + (page[place] === "A" ? "B" : "A") + page.slice(place + 1), "latin1");
    await inContext({ address: pathToFileURL(altered).href }, async ({ context, address, watch }) => {
      const tab = await context.newPage();
      watch.isLoading = true;
      await tab.goto(address);
      await tab.getByRole("alert").filter({ hasText: "The program of this page could not be started." }).waitFor();
      watch.found = [];
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
