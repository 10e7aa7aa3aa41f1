// The reference page: a section with a stable address for every code, without any script.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, test } from "node:test";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { inContext, pageTest, setUp } from "./harness.mjs";
import { build, native } from "./native.mjs";

setUp();
// Not within a test: on a new machine that takes longer than a test may.
before(() => void build("--package", "multicluster"));

/** A test with the page open, at a section if one is given. */
function referenceTest(name, { section = "", ...options }, body) {
  test(name, { timeout: 90_000 }, () =>
    inContext(options, async (session) => {
      const page = await session.context.newPage();
      await session.whileLoading(() => page.goto(`${session.address}reference.html#${section}`));
      await body(page, session);
    }),
  );
}

/** Every code that `multicluster explain` lists. */
function codes() {
  const printed = execFileSync(build("--package", "multicluster"), ["explain"], { encoding: "utf8" });
  return printed.split("\n").flatMap((line) => /^([a-z0-9-]+) {2,}(?:error|warning|note) /.exec(line)?.[1] ?? []);
}

referenceTest("every code has its section, and the contents lead to it", {}, async (page) => {
  const all = codes();
  assert.ok(all.length > 80, `${all.length} codes`);
  const sections = await page.locator("section[id]").evaluateAll((found) => found.map(({ id }) => id));
  assert.deepEqual(all.filter((code) => !sections.includes(code)), []);
  assert.equal(new Set(sections).size, sections.length);
  const contents = page.getByRole("navigation", { name: "Contents" }).getByRole("link");
  assert.deepEqual(await contents.allTextContents(), sections);
  const targets = await contents.evaluateAll((links) => links.map((link) => document.querySelector(link.hash)?.id));
  assert.deepEqual(targets, sections);
});

referenceTest("it works without JavaScript", { javaScriptEnabled: false, section: "initial-version-duplicate" }, async (page) => {
  const section = page.locator("#initial-version-duplicate");
  for (const title of ["What it checks", "Why it matters", "Example", "Fix", "Source"]) {
    assert.equal(await section.getByRole("heading", { name: title, exact: true }).count(), 1, title);
  }
  await section.getByText("Cannot add remote cluster due to initial failover version conflict").waitFor();
  assert.equal(await page.locator("script").count(), 0);
  // What the harness waits for at the end needs JavaScript.
  await page.close();
});

referenceTest("every example opens on the page, and shows its problem", {}, async (page) => {
  const links = await page.locator(".entry a[href^='./#']").evaluateAll((found) =>
    found.map((link) => [link.closest("section").id, link.hash.slice(1)]),
  );
  assert.ok(links.length > 30);
  for (const [code, fragment] of links) {
    const found = native(fragment).problems.map((problem) => problem.split(" ")[1]);
    assert.ok(found.includes(code), `${code}: ${fragment}`);
  }
});

referenceTest("the way back leads to the page", {}, async (page, session) => {
  await session.whileLoading(async () => {
    await page.getByRole("link", { name: "Back to the builder" }).click();
    await page.getByRole("button", { name: "Add cluster" }).waitFor();
  });
});

for (const colorScheme of ["light", "dark"]) {
  const options = { init: { content: axe.source }, colorScheme };
  referenceTest(`axe finds nothing, and nothing is too wide: ${colorScheme}`, options, async (page) => {
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(needed <= width, `the page needs ${needed} px and has ${width}`);
      assert.deepEqual(await violations(page), [], `${width} px`);
    }
  });
}

pageTest("a problem's code leads to its section, in a tab of its own", async (builder, session) => {
  await builder.field("clusterB", "Initial failover version").fill("1");
  await builder.button("Show all").click();
  const link = builder.problem("initial-version-duplicate").getByRole("link");
  assert.equal(await link.getAttribute("rel"), "noopener");
  await session.whileLoading(async () => {
    const [reference] = await Promise.all([session.context.waitForEvent("page"), link.click()]);
    await reference.locator("#initial-version-duplicate:target").waitFor();
    assert.ok(reference.url().startsWith(`${session.address}reference.html#`));
  });
});
