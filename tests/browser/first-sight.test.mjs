// The page as it opens, before anything is typed.

import assert from "node:assert/strict";

import { pageTest, setUp } from "./harness.mjs";
import { native } from "./native.mjs";

setUp();

pageTest("two clusters are there, and all of their files", async (builder) => {
  assert.deepEqual(await builder.clusterNames(), ["clusterA", "clusterB"]);
  const files = ["clusterA.yaml", "clusterB.yaml", "connect.sh", "verify.sh", "disable.sh", "remove.sh", "commands.txt", "RUNBOOK.md"];
  assert.deepEqual(await builder.fileNames(), files);
  assert.equal(await builder.tab("clusterA.yaml").getAttribute("aria-selected"), "true");
  await builder.assertShows(native());
});

pageTest("the fields hold the guide's values", async (builder) => {
  const values = {
    clusterA: { "Cluster name": "clusterA", "RPC address": "127.0.0.1:7233", "Initial failover version": "1" },
    clusterB: { "Cluster name": "clusterB", "RPC address": "127.0.0.1:8233", "Initial failover version": "2" },
  };
  for (const [cluster, fields] of Object.entries(values)) {
    for (const [field, value] of Object.entries(fields)) {
      assert.equal(await builder.field(cluster, field).inputValue(), value, `${cluster}, ${field}`);
    }
    await builder.openDetails(cluster);
    assert.equal(await builder.field(cluster, "Admin address").inputValue(), "");
    assert.equal(await builder.field(cluster, "History shards").inputValue(), "");
  }
  assert.equal(await builder.serverVersion().inputValue(), "1.32");
  assert.ok(await builder.tool("tctl").isChecked());
  assert.equal(await builder.textbox("Failover version increment").inputValue(), "100");
  assert.equal(await builder.masterCluster().count(), 0, "Master cluster is for older servers only");
});

pageTest("nothing is wrong", async (builder) => {
  assert.deepEqual(await builder.codes(), []);
  assert.deepEqual(native().problems, []);
  for (const name of ["Undo", "Redo"]) {
    assert.equal(await builder.button(name).getAttribute("aria-disabled"), "true", name);
  }
});

pageTest("what the page leads to is there", async (builder, { address }) => {
  const links = builder.page.getByRole("contentinfo").getByRole("link");
  const names = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.deepEqual(names, ["./reference.html", "./multicluster.html"]);
  for (const name of names) {
    assert.equal((await fetch(address + name)).status, 200, name);
  }
});
