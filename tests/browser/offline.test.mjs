// The page without a network, and new releases of it.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { Builder } from "./builder.mjs";
import { dist, eventually, inContext, serve, setUp } from "./harness.mjs";
import { link } from "./links.mjs";
import { native } from "./native.mjs";

setUp();

/** Serves a copy of the page, in a context that keeps it. `site.put` puts another release there. */
function keptTest(name, body) {
  test(name, { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "multicluster-"));
    await cp(dist, folder, { recursive: true });
    const site = await serve(folder);
    const put = (change) => release(folder, change);
    try {
      await inContext({ keeps: true, address: site.address }, (session) => body(session, { ...site, folder, put }));
    } finally {
      await site.close();
      await rm(folder, { recursive: true });
    }
  });
}

/** Puts a release with another title into a folder, complete and consistent. */
async function release(folder, title) {
  const page = (await readFile(join(dist, "index.html"), "utf8")).replace(/<title>[^<]*/, `<title>${title}`);
  const checksum = createHash("sha384").update(page).digest("base64");
  const worker = (await readFile(join(dist, "sw.js"), "utf8"))
    .replace(/"\.\/":"sha384-[^"]*"/, `"./":"sha384-${checksum}"`)
    .replace(/\}[0-9a-f]{16}`/, `}${createHash("sha384").update(title).digest("hex").slice(0, 16)}\``);
  await writeFile(join(folder, "index.html"), page);
  await writeFile(join(folder, "sw.js"), worker);
}

/** Waits until the page is kept. */
async function kept({ page }) {
  await eventually(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller)), true);
}

const caches = ({ page }) => page.evaluate(() => globalThis.caches.keys());
const title = ({ page }) => page.title();
const offer = ({ page }) => page.locator("#update").filter({ hasText: "A new version of this page is ready." });

/** Lets the browser look for a new release, and waits for what comes of it. */
async function lookForUpdate({ page }) {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => {});
    const worker = registration.installing;
    if (!worker) return;
    await new Promise((resolve) => {
      worker.addEventListener("statechange", () => worker.state !== "installing" && resolve());
    });
  });
}

keptTest("after the first visit everything works without network", async (session, site) => {
  const builder = await session.open();
  await kept(builder);
  await site.close();
  await builder.field("clusterA", "Cluster name").fill("eu");
  // What was never wanted before is there too, in the tab of the first visit and in others.
  await builder.button("Import").click();
  await builder.page.getByRole("dialog").waitFor();
  await builder.page.keyboard.press("Escape");
  await session.reload(builder);
  assert.deepEqual(await builder.clusterNames(), ["eu", "clusterB"]);
  const fragment = link({ clusters: [["one", "10.0.0.1:7233", "1"], ["two", "10.0.0.2:7233", "2"]] });
  const other = await session.open(fragment);
  await other.assertShows(native(fragment));
  await other.button("Import").click();
  await other.page.getByRole("dialog").waitFor();
  const byName = await session.context.newPage();
  for (const address of ["index.html", "?from=elsewhere", "index.html?a#"]) {
    await byName.goto(session.address + address);
    await new Builder(byName).button("Add cluster").waitFor();
  }
});

keptTest("a new release waits until it is asked for, and takes what was typed along", async (session, site) => {
  const builder = await session.open();
  await kept(builder);
  const before = await title(builder);
  const [first] = await caches(builder);
  await builder.field("clusterA", "Cluster name").fill("eu");
  await site.put("The next one");
  await session.reload(builder);
  await lookForUpdate(builder);
  await offer(builder).waitFor();
  assert.equal(await title(builder), before);
  await builder.page.evaluate(() => { globalThis.stayed = true; });
  await builder.button("Later").click();
  await offer(builder).waitFor({ state: "detached" });
  await builder.field("eu", "Cluster name").fill("eu-west");
  assert.ok(await builder.page.evaluate(() => globalThis.stayed), "not reloaded");
  // It is offered again the next time.
  await session.reload(builder);
  assert.equal(await title(builder), before);
  await offer(builder).waitFor();
  await builder.button("Reload").click();
  await eventually(() => title(builder).catch(() => ""), "The next one");
  await eventually(() => builder.clusterNames().catch(() => []), ["eu-west", "clusterB"]);
  const left = await caches(builder);
  assert.equal(left.length, 1);
  assert.notEqual(left[0], first);

  // And back.
  await site.put(before);
  await lookForUpdate(builder);
  await offer(builder).waitFor();
  await builder.button("Reload").click();
  await eventually(() => title(builder).catch(() => ""), before);
  await eventually(() => caches(builder).then((names) => names.length).catch(() => 0), 1);
});

keptTest("a release that was taken back is not offered", async (session, site) => {
  const builder = await session.open();
  await kept(builder);
  const own = await readFile(join(site.folder, "sw.js"));
  const page = await readFile(join(site.folder, "index.html"));
  await site.put("The next one");
  await lookForUpdate(builder);
  await offer(builder).waitFor();
  await writeFile(join(site.folder, "index.html"), page);
  await writeFile(join(site.folder, "sw.js"), own);
  await lookForUpdate(builder);
  await session.reload(builder);
  await lookForUpdate(builder);
  assert.equal(await offer(builder).count(), 0);
});

keptTest("a release that is not complete is not installed", async (session, site) => {
  const builder = await session.open();
  await kept(builder);
  const before = await caches(builder);
  await site.put("The next one");
  const name = (await readdir(site.folder)).find((file) => file.startsWith("import_bg"));
  const bytes = await readFile(join(site.folder, name));
  bytes[bytes.length >> 1] ^= 1;
  await writeFile(join(site.folder, name), bytes);
  await lookForUpdate(builder);
  await session.reload(builder);
  assert.equal(await offer(builder).count(), 0);
  assert.deepEqual(await caches(builder), before);
  await site.close();
  await session.reload(builder);
  // What browsers say of the altered file and of the server that is gone.
  session.watch.found = session.watch.found.filter((found) => !/integrity|ERR_CONNECTION|failed request/.test(found));
});

/** Changes what is kept of a file: nothing is left, or something else. */
function damage({ page }, name, way) {
  return page.evaluate(async ([name, way]) => {
    const [release] = await globalThis.caches.keys();
    const cache = await globalThis.caches.open(release);
    const nameOf = ({ url }) => new URL(url).pathname.split("/").pop();
    const request = (await cache.keys()).find((kept) => (name ? nameOf(kept).startsWith(name) : !nameOf(kept)));
    const kept = await cache.match(request);
    if (way === "lost") return cache.delete(request);
    const bytes = new Uint8Array(await kept.arrayBuffer());
    if (way === "altered") bytes[bytes.length >> 1] ^= 1;
    return cache.put(request, new Response(way === "cut" ? bytes.slice(0, bytes.length >> 1) : bytes, { headers: kept.headers }));
  }, [name, way]);
}

for (const way of ["altered", "cut", "lost"]) {
  keptTest(`what is kept and was ${way} comes from the network again, and is kept again`, async (session, site) => {
    const builder = await session.open();
    await kept(builder);
    await builder.field("clusterA", "Cluster name").fill("eu");
    // The page itself has no other name.
    for (const name of ["", "boot", "multicluster-web-", "multicluster-web_bg", "import-", "import_bg"]) {
      assert.ok((await damage(builder, name, way)) !== false, name);
    }
    await session.reload(builder);
    assert.deepEqual(await builder.clusterNames(), ["eu", "clusterB"]);
    await builder.button("Import").click();
    await builder.page.getByRole("dialog").waitFor();
    await builder.page.keyboard.press("Escape");
    await site.close();
    await session.reload(builder);
    assert.deepEqual(await builder.clusterNames(), ["eu", "clusterB"]);
    await builder.button("Import").click();
    await builder.page.getByRole("dialog").waitFor();
  });
}

keptTest("what is kept and was altered is not run without network either", async (session, site) => {
  const builder = await session.open();
  await kept(builder);
  await builder.field("clusterA", "Cluster name").fill("eu");
  await damage(builder, "multicluster-web_bg", "altered");
  await site.close();
  await builder.page.reload();
  await builder.page.getByRole("alert").filter({ hasText: "The program of this page could not be started." }).waitFor();
  assert.match(builder.page.url(), /cluster=eu,/);
  // What browsers say of the file, and of the server that is gone.
  session.watch.found = session.watch.found.filter((found) => !/console error|page error|failed request/.test(found));
});

keptTest("a browser that cannot read what it keeps asks the network", async (session, site) => {
  const worker = join(site.folder, "sw.js");
  const broken = (await readFile(worker, "utf8")).replace("crypto.subtle.digest", "crypto.subtle.nothing");
  await writeFile(worker, broken);
  const builder = await session.open();
  await kept(builder);
  await builder.field("clusterA", "Cluster name").fill("eu");
  await session.reload(builder);
  assert.deepEqual(await builder.clusterNames(), ["eu", "clusterB"]);
});

keptTest("another tab goes on with what it has until it is asked to", async (session, site) => {
  const one = await session.open();
  await kept(one);
  const two = await session.open();
  const before = await title(one);
  await two.page.evaluate(() => { globalThis.stayed = true; });
  await site.put("The next one");
  await lookForUpdate(one);
  await offer(one).waitFor();
  await one.button("Reload").click();
  await eventually(() => title(one).catch(() => ""), "The next one");
  await offer(two).waitFor();
  assert.equal(await title(two), before);
  assert.ok(await two.page.evaluate(() => globalThis.stayed));
  assert.equal((await caches(two)).length, 2, "its files are still there");
  await two.button("Reload").click();
  await eventually(() => title(two).catch(() => ""), "The next one");
  await one.page.close();
  await session.reload(two);
  await eventually(async () => (await caches(two)).length, 1);
});

keptTest("what is not of the page is left alone", async (session, site) => {
  const builder = await session.open();
  await kept(builder);
  await writeFile(join(site.folder, "other.txt"), "one");
  const read = () => builder.page.evaluate(() => fetch("other.txt").then((response) => response.text()));
  assert.equal(await read(), "one");
  await writeFile(join(site.folder, "other.txt"), "two");
  assert.equal(await read(), "two");
  await builder.page.evaluate(() => globalThis.caches.open("of another page"));
  await site.put("The next one");
  await lookForUpdate(builder);
  await offer(builder).waitFor();
  await builder.button("Reload").click();
  await eventually(() => title(builder).catch(() => ""), "The next one");
  assert.ok((await caches(builder)).includes("of another page"));
});
