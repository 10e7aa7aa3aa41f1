// Every file of the page, altered by one byte: that is said, never a blank page, and what was typed stays.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { Builder } from "./builder.mjs";
import { dist, eventually, inContext, serve, setUp, started } from "./harness.mjs";
import { link } from "./links.mjs";

setUp();

const KEY = "multicluster-builder/1";
/** What was typed on an earlier visit. */
const KEPT = link({ clusters: [["eu", "10.0.0.1:7233", "1"], ["us", "10.0.0.2:7233", "2"]] });
const KEEP = { content: `if (location.protocol === "http:") localStorage.getItem("${KEY}") ?? localStorage.setItem("${KEY}", "${KEPT}")` };

const NEVER_STARTED = /The program of this page could not be started\.|This page was cut on its way\. Reload it\.|The program has stopped because of an error\./;
const PART_MISSING = "This part of the page could not be loaded.";

/** What becomes of the page without a file, by the name of the file. The first line that fits counts. */
const FILES = [
  [/^(boot|multicluster-web)-\w+\.js$|^multicluster-web_bg-\w+\.wasm$/, doesNotStart],
  [/^import/, (tab) => missesPart(tab, (builder) => builder.button("Import").click())],
  [/^more/, (tab) => missesPart(tab, (builder) => builder.tab("connect.sh").click())],
  // Nobody has asked for these, and without them the page is as whole as before.
  [/^(offline|manifest|icon)-|^sw\.js$/, works],
  [/^reference|^SHA256SUMS$|^sbom\./, works],
  // By the place in them: see below.
  [/^(index|multicluster)\.html$/, undefined],
];

/** Places in `index.html`: what is altered behind which text, and what becomes of the page. */
const PLACES = {
  "the script in the page": ["<script>", 100, doesNotStart],
  "the style in the page": ["<style>", 1000, doesNotStart],
  "the end of the style": ["</style>", -2, doesNotStart],
  "the checksum of the script in the page": ["'wasm-unsafe-eval' 'sha256-", 10, doesNotStart],
  "the checksum of the style in the page": ["style-src 'self' 'sha256-", 10, doesNotStart],
  "what scripts may do": ["'wasm-unsafe-eval", -1, doesNotStart],
  "the policy for scripts": ["script-src", -1, doesNotStart],
  "the address of the script": ['src="./boot-', 3, doesNotStart],
  "the checksum of the script": [/src="\.\/boot-\w+\.js" integrity="sha384-/, 10, doesNotStart],
  "the kind of the script": ['<script type="modul', 0, doesNotStart],
  "the checksum of what the script imports": [/rel="modulepreload"[^>]*sha384-/, 10, doesNotStart],
  "the place of the page": ['<div id="ap', 0, doesNotStart],
  "the message itself": ['<div id="troubl', 0, doesNotStart],
  "a text of the first sight": ["Replication configuration", -3, works],
  "the title": ["<title>", 2, works],
};

/** Places in `multicluster.html`. */
const PLACES_OF_WHOLE = {
  "the script in the file": ['<script type="module">', 5000, doesNotStart],
  "what runs first": ["<script>", 100, doesNotStart],
  "the first style": ["<style>", 1000, doesNotStart],
  "the last style": [/<style>(?![^]*<style>)/, 1000, doesNotStart],
  "the program": ['id="multicluster-web_bg.wasm">', 10_000, doesNotStart],
  "the program of the dialogs": ['id="import_bg.wasm">', 10_000, (tab) => missesPart(tab, (builder) => builder.button("Import").click())],
  "the program for scripts": ['id="more_bg.wasm">', 10_000, (tab) => missesPart(tab, (builder) => builder.tab("connect.sh").click())],
};

/** What checksums are written with. A browser ignores one with anything else in it, and the page works. */
const isOfChecksum = (byte) => /[A-Za-z0-9+/]/.test(String.fromCharCode(byte));

/** Another text with one byte that differs, which is of a checksum where it was one of a checksum. */
function altered(bytes, at) {
  const other = Buffer.from(bytes);
  const alike = [1, 2, 4].find((bit) => isOfChecksum(bytes[at] ^ bit));
  other[at] ^= isOfChecksum(bytes[at]) ? alike : 1;
  return other;
}

/** The byte so many places behind a text. */
function behind(bytes, text, distance) {
  const page = bytes.toString("latin1");
  const found = typeof text === "string" ? page.indexOf(text) + text.length : page.match(text).index + page.match(text)[0].length;
  assert.ok(found >= String(text).length, `${text} is there`);
  return found + distance;
}

/** A copy of the page in which one byte of one file differs. */
async function withAltered(name, place, use) {
  const folder = await mkdtemp(join(tmpdir(), "multicluster-"));
  try {
    await cp(dist, folder, { recursive: true });
    const bytes = await readFile(join(folder, name));
    await writeFile(join(folder, name), altered(bytes, place(bytes)));
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A visit of who was here before. */
async function visit(options, expectation, fragment = "") {
  await inContext({ init: KEEP, ...options }, async (session) => {
    session.watch.isAlwaysLoading = true;
    const page = await session.context.newPage();
    await page.goto(session.address + fragment);
    await expectation(page, session);
    if (session.address.startsWith("http:")) {
      assert.equal(await page.evaluate((key) => localStorage.getItem(key).split("&cluster=")[2], KEY), KEPT.split("&cluster=")[2]);
    }
    // What browsers say of it is to be expected here, and nothing else.
    await page.close();
    const others = session.watch.found.filter((found) => !/^(console (error|warning)|page error|failed request|status 404)/.test(found));
    assert.deepEqual(others, []);
    session.watch.found = [];
  });
}

async function doesNotStart(page) {
  const message = page.getByText(NEVER_STARTED).filter({ visible: true }).first();
  await message.waitFor();
  assert.ok((await message.boundingBox()).y < 100, "within sight");
}

async function works(page, session) {
  await started(page);
  const builder = new Builder(page);
  await builder.field("eu", "Cluster name").fill("north");
  // Whatever keeps the page has decided what it does.
  await page.waitForTimeout(500);
  await session.reload(builder);
  assert.deepEqual(await builder.clusterNames(), ["north", "us"]);
  await builder.tab("connect.sh").click();
  await builder.file("connect.sh").waitFor();
}

async function missesPart(page, act) {
  await started(page);
  const builder = new Builder(page);
  await builder.field("eu", "Cluster name").fill("north");
  await act(builder);
  await page.getByRole("alert").getByText(PART_MISSING).waitFor();
  assert.deepEqual(await builder.clusterNames(), ["north", "us"]);
  await eventually(async () => page.url().includes("north"), true);
  await builder.button("Add cluster").click();
  await eventually(() => builder.clusterNames().then((names) => names.length), 3);
}

for (const name of await readdir(dist)) {
  const [, expectation] = FILES.find(([names]) => names.test(name)) ?? assert.fail(`what becomes of the page without ${name}?`);
  if (!expectation) {
    continue;
  }
  test(`altered: ${name.replace(/-[0-9a-f]{16}/, "")}`, { timeout: 90_000 }, () =>
    withAltered(name, (bytes) => bytes.length >> 1, async (folder) => {
      const site = await serve(folder);
      try {
        await visit({ address: site.address, keeps: expectation === works }, expectation);
      } finally {
        await site.close();
      }
    }));
}

for (const [what, [text, distance, expectation]] of Object.entries(PLACES)) {
  test(`altered in index.html: ${what}`, { timeout: 90_000 }, () =>
    withAltered("index.html", (bytes) => behind(bytes, text, distance), async (folder) => {
      const site = await serve(folder);
      try {
        await visit({ address: site.address }, expectation);
      } finally {
        await site.close();
      }
    }));
}

for (const [what, [text, distance, expectation]] of Object.entries(PLACES_OF_WHOLE)) {
  test(`altered in multicluster.html: ${what}`, { timeout: 90_000 }, () =>
    withAltered("multicluster.html", (bytes) => behind(bytes, text, distance), async (folder) => {
      const address = pathToFileURL(join(folder, "multicluster.html")).href;
      await visit({ address }, expectation, `#${KEPT}`);
    }));
}

for (let at = 1; at < 10; at += 1) {
  test(`altered in sw.js, at ${at}0 %: the page is as without it`, { timeout: 90_000 }, () =>
    withAltered("sw.js", (bytes) => Math.floor((bytes.length * at) / 10), async (folder) => {
      const site = await serve(folder);
      try {
        await visit({ address: site.address, keeps: true }, works);
      } finally {
        await site.close();
      }
    }));
}
