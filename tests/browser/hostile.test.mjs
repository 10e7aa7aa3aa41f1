// Names that try to be something else than names.

import assert from "node:assert/strict";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { link } from "./links.mjs";
import { native } from "./native.mjs";

setUp();

const NAMES = {
  "markup": "<img src=x onerror=alert(1)>",
  "a script": "</pre></script><script>alert(1)</script>",
  "quotes": `a"b'c\`d\\e$(id)`,
  "another direction": "\u202eevil\u2066\u200f",
  "YAML": "a: &b *c #d",
  "a path": "../../etc/passwd",
  "many characters": "n".repeat(5_000),
};

for (const [what, name] of Object.entries(NAMES)) {
  pageTest(`a name that is ${what} stays text`, { viewport: { width: 320, height: 640 } }, async (builder) => {
    const elements = () => builder.page.evaluate(() => document.querySelectorAll("img, script:not([src]), iframe").length);
    const before = await elements();
    await builder.field("clusterA", "Cluster name").fill(name);
    await eventually(() => builder.clusterNames(), [name, "clusterB"]);
    const fragment = link({ clusters: [[name, "127.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]] });
    const expected = native(fragment);
    await eventually(() => builder.codes().then((codes) => codes.slice(0, 3)), expected.problems.slice(0, 3).map((problem) => problem.split(" ")[1]));
    for (const file of await builder.fileNames()) {
      const text = await builder.read(file);
      if (expected.names.includes(file)) {
        assert.equal(text, expected.texts.get(file), file);
      }
      await assertNoOverflow(builder, `${what}, ${file}`);
    }
    assert.equal(await elements(), before);
    await builder.serverVersion().selectOption("1.13");
    await builder.masterCluster().waitFor();
    await assertNoOverflow(builder, `${what}, prior layout`);
  });

  pageTest(`a link with a name that is ${what} opens`, {
    fragment: link({ clusters: [[name, name, name, name, name], [name, "b:7233", "2"]] }),
    viewport: { width: 320, height: 640 },
  }, async (builder) => {
    assert.deepEqual(await builder.clusterNames(), [name, name]);
    const first = builder.clusters.first();
    for (const field of ["Cluster name", "RPC address", "Initial failover version", "Admin address", "History shards"]) {
      assert.equal(await first.getByRole("textbox", { name: field, exact: true }).inputValue(), name, field);
    }
    await builder.button("Show all").click();
    await assertNoOverflow(builder, what);
  });
}

async function assertNoOverflow({ page }, what) {
  const [needed, there] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth];
  });
  assert.ok(needed <= there, `${what}: the page needs ${needed} px and has ${there}`);
}
