// Every state of the page, in both colour schemes and at three widths, by all rules of axe.

import assert from "node:assert/strict";
import axe from "axe-core";

import { violations } from "./axe.mjs";
import { pageTest, setUp } from "./harness.mjs";
import { link, manyClusters } from "./links.mjs";

setUp();

const PAIR = [["clusterA", "127.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]];

const STATES = {
  "first sight": {},
  "an error": { fragment: link({ increment: "0", clusters: PAIR }), act: (builder) => builder.button("Show all").click() },
  "a blocked file": {
    fragment: link({ clusters: [["clusterA", "127.0.0.1", "1"], PAIR[1]] }),
    act: (builder) => builder.tab("connect.sh").click(),
  },
  "ten clusters": { fragment: link({ clusters: manyClusters(10) }) },
  "zero clusters": { fragment: link({ clusters: [] }) },
  "one cluster": { fragment: link({ clusters: PAIR.slice(0, 1) }) },
  "prior layout": { fragment: link({ server: "1.13", clusters: PAIR }), act: (builder) => builder.tab("RUNBOOK.md").click() },
  "a change": {
    act: async (builder) => {
      await builder.field("clusterA", "RPC address").fill("10.0.0.1:7233");
      await builder.openDetails("clusterB");
    },
  },
  "a broken link": { fragment: "hello" },
};

for (const [state, { fragment, act }] of Object.entries(STATES)) {
  const options = { fragment, init: { content: axe.source }, reducedMotion: "reduce" };
  pageTest(`axe finds nothing: ${state}`, options, async (builder) => {
    const { page } = builder;
    await act?.(builder);
    for (const width of [1280, 400, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const needed = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(needed <= width, `the page needs ${needed} px and has ${width}`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await violations(page), [], `${width} px, ${colorScheme}`);
      }
    }
  });
}
