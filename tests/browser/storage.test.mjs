// What the browser keeps of the draft, when it does not: it is said, and nothing is lost that can be kept.

import assert from "node:assert/strict";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { link } from "./links.mjs";

setUp();

const KEY = "multicluster-builder/1";
const TITLE = "This browser keeps nothing.";
const NORTH = link({ clusters: [["north", "10.0.0.1:7233", "1"]] });

const FULL = () => {
  Storage.prototype.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
};
const OFF = () => {
  for (const storage of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(globalThis, storage, {
      get() {
        throw new DOMException("off", "SecurityError");
      },
    });
  }
};

const store = (text) => ({ content: `if (location.protocol === "http:") localStorage.getItem("${KEY}") ?? localStorage.setItem("${KEY}", ${JSON.stringify(text)})` });
const alert = ({ page }, text) => page.getByRole("alert").getByText(text);
const inAddress = ({ page }, words) => eventually(async () => page.url().includes(words), true);

for (const [what, init] of Object.entries({ full: FULL, "switched off": OFF })) {
  pageTest(`storage that is ${what} is told of once, and the address holds everything`, { init }, async (builder, session) => {
    assert.equal(await alert(builder, TITLE).count(), 0, "nothing to keep yet");
    await builder.field("clusterA", "Cluster name").fill("eu");
    await alert(builder, TITLE).waitFor();
    await inAddress(builder, "cluster=eu,");
    await builder.button("Dismiss").click();
    await builder.field("clusterB", "Cluster name").fill("us");
    await inAddress(builder, "cluster=us,");
    assert.equal(await alert(builder, TITLE).count(), 0);
    await session.reload(builder);
    assert.deepEqual(await builder.clusterNames(), ["eu", "us"]);
  });
}

for (const [what, text] of Object.entries({
  "of a newer page": "v=99&what=ever",
  "not whole": `${NORTH.slice(0, -20)}&clus`,
  "something else": "{\"a\": \"é\"}\n",
})) {
  pageTest(`what is kept and is ${what} is told of, set aside, and not overwritten`, { init: store(text) }, async (builder, session) => {
    await alert(builder, "What was kept in this browser cannot be read.").waitFor();
    assert.deepEqual(await builder.clusterNames(), ["clusterA", "clusterB"]);
    await builder.field("clusterA", "Cluster name").fill("eu");
    await inAddress(builder, "cluster=eu,");
    await session.reload(builder);
    assert.deepEqual(await builder.clusterNames(), ["eu", "clusterB"]);
    assert.equal(await builder.page.getByRole("alert").filter({ hasText: /\S/ }).count(), 0);
    await session.whileLoading(async () => {
      await builder.button("Saved").click();
      await builder.page.getByRole("dialog").waitFor();
    });
    const saved = builder.page.getByRole("dialog").getByRole("list", { name: "Saved", exact: true });
    assert.match(await saved.innerText(), /Could not be read[^]*Cannot be opened\./);
    const kept = await builder.page.evaluate(() => localStorage.getItem("multicluster-builder/saved"));
    const [, link] = kept.split("\n")[1].split("\t");
    assert.equal(decodeURIComponent(link), text);
  });
}

pageTest("a link does not hide that what was kept cannot be read", { init: store("v=99"), fragment: NORTH }, async (builder) => {
  await alert(builder, "What was kept in this browser cannot be read.").waitFor();
  assert.deepEqual(await builder.clusterNames(), ["north"]);
  assert.equal(await builder.page.evaluate(() => localStorage.getItem("multicluster-builder/unreadable")), "v=99");
});

pageTest("two tabs keep their own, whatever the other one does", async (one, session) => {
  const two = await session.open();
  await one.field("clusterA", "Cluster name").fill("one");
  await inAddress(one, "cluster=one,");
  await two.field("clusterA", "Cluster name").fill("two");
  await inAddress(two, "cluster=two,");
  await session.reload(one);
  assert.deepEqual(await one.clusterNames(), ["one", "clusterB"]);
  // The other tab's is what was kept last: one undo away.
  await one.button("Undo").click();
  await eventually(() => one.clusterNames(), ["two", "clusterB"]);
  await one.button("Redo").click();
  await eventually(() => one.clusterNames(), ["one", "clusterB"]);
  await session.reload(two);
  assert.deepEqual(await two.clusterNames(), ["two", "clusterB"]);
});

pageTest("what is too long for a link is told of, and does not replace what is kept", async (builder, session) => {
  const name = builder.field("clusterA", "Cluster name");
  await name.fill("eu");
  await inAddress(builder, "cluster=eu,");
  await builder.field("clusterB", "Cluster name").fill("x".repeat(2 ** 20));
  await alert(builder, "This is too long to be kept.").waitFor();
  assert.ok(builder.page.url().length < 1000);
  await builder.button("Undo").click();
  await eventually(() => builder.clusterNames(), ["eu", "clusterB"]);
  await eventually(() => alert(builder, "This is too long to be kept.").count(), 0);
  await builder.button("Redo").click();
  await alert(builder, "This is too long to be kept.").waitFor();
  await session.reload(builder);
  assert.deepEqual(await builder.clusterNames(), ["eu", "clusterB"]);
});
