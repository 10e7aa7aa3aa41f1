// Breaking it, being told, and being helped.

import assert from "node:assert/strict";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { native } from "./native.mjs";

setUp();

/**
 * Breaks one value of the guide's pair. `blocked` are the files that the error makes wrong: the others
 * stay on offer. `fixed` is the value after the fix.
 */
const CASES = [
  {
    code: "initial-version-duplicate",
    find: (builder) => builder.field("clusterB", "Initial failover version"),
    bad: "1",
    fixed: "2",
    link: "v=1&server=1.32&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,1!",
  },
  {
    code: "address-port-missing",
    find: (builder) => builder.field("clusterA", "RPC address"),
    bad: "temporal.example",
    fixed: "temporal.example:7233",
    link: "v=1&server=1.32&tool=tctl&increment=100&cluster=clusterA,temporal.example,1&cluster=clusterB,127.0.0.1:8233,2",
  },
  {
    code: "increment-out-of-range",
    find: (builder) => builder.textbox("Failover version increment"),
    bad: "0",
    fixed: "100",
    link: "v=1&server=1.32&tool=tctl&increment=0&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
  },
  {
    code: "name-surrounding-space",
    find: (builder) => builder.clusters.first().getByRole("textbox", { name: "Cluster name", exact: true }),
    bad: " clusterA ",
    fixed: "clusterA",
    link: "v=1&server=1.32&tool=tctl&increment=100&cluster=%20clusterA%20,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2",
  },
];

for (const { code, find, bad, fixed, link } of CASES) {
  pageTest(`${code}: reported, reached, and fixed`, async (builder) => {
    const all = await builder.fileNames();
    const field = find(builder);
    assert.equal(await field.getAttribute("aria-invalid"), null);
    await field.fill(bad);
    await builder.problem(code).waitFor();
    const expected = native(link);
    assert.ok(expected.problems.includes(`error ${code}`));
    await eventually(() => field.getAttribute("aria-invalid"), "true");

    // The field says itself what is wrong with it.
    const message = (await builder.problem(code).getByRole("button").first().textContent()).trim();
    const described = await field.evaluate((input) => {
      const ids = input.getAttribute("aria-describedby").split(" ");
      return ids.map((id) => document.getElementById(id).textContent).join(" ");
    });
    assert.ok(described.includes(message), described);

    // The problem leads to its field.
    await builder.tab("RUNBOOK.md").focus();
    await builder.problem(code).getByRole("button", { name: message, exact: true }).click();
    assert.ok(await field.evaluate((input) => input === document.activeElement), "the problem leads to its field");

    // What is wrong is not on offer, and says why; everything else is.
    for (const name of all) {
      await builder.tab(name).click();
      const isReady = expected.names.includes(name);
      assert.equal(await builder.button(`Copy ${name}`).count(), Number(isReady), `Copy ${name}`);
      assert.equal(await builder.button(`Download ${name}`).count(), Number(isReady), `Download ${name}`);
      if (isReady) {
        assert.equal(await builder.read(name), expected.texts.get(name), name);
      } else {
        await builder.file(name).getByRole("button", { name: message, exact: true }).waitFor();
      }
    }
    assert.equal(await builder.button("Download all").getAttribute("aria-disabled"), "true");

    // A blocked file leads to the field too.
    await builder.tab("RUNBOOK.md").click();
    await builder.file("RUNBOOK.md").getByRole("button", { name: message, exact: true }).click();
    assert.ok(await field.evaluate((input) => input === document.activeElement), "a blocked file leads to the field");

    await builder.problem(code).getByRole("button").last().click();
    await eventually(() => field.inputValue(), fixed);
    await builder.problem(code).waitFor({ state: "detached" });
    await eventually(() => field.getAttribute("aria-invalid"), null);
    assert.equal(await builder.button("Download all").getAttribute("aria-disabled"), null);
    await builder.tab("clusterA.yaml").click();
    await builder.button("Copy clusterA.yaml").waitFor();

    // A fix is a step, as any other.
    await builder.button("Undo").click();
    await eventually(() => field.inputValue(), bad);
  });
}

const ONE_WRONG =
  "v=1&server=1.13&tool=tctl&increment=100&cluster=clusterA,127.0.0.1:7233,1,,0&cluster=clusterB,127.0.0.1:8233,2";

pageTest("an error in one cluster leaves other clusters' files on offer", async (builder) => {
  await builder.field("clusterA", "RPC address").fill("127.0.0.1");
  await builder.problem("address-port-missing").waitFor();
  assert.equal(await builder.read("clusterB.yaml"), native().texts.get("clusterB.yaml"));
  await builder.button("Copy clusterB.yaml").waitFor();
  await builder.button("Download clusterB.yaml").waitFor();
  await builder.tab("clusterA.yaml").click();
  assert.equal(await builder.button("Copy clusterA.yaml").count(), 0);
});

pageTest("a problem of a hidden field opens what hides it", { fragment: ONE_WRONG }, async (builder) => {
  const item = builder.problem("shards-invalid");
  await item.getByRole("button").first().click();
  assert.equal(await builder.focused(), "History shards");
  assert.ok(await builder.field("clusterA", "History shards").isVisible());
});

pageTest("problems say more when asked to", async (builder) => {
  await builder.field("clusterB", "Initial failover version").fill("1");
  const item = builder.problem("initial-version-duplicate");
  await item.waitFor();
  const message = "Cannot add remote cluster due to initial failover version conflict";
  assert.equal(await item.getByText(message).count(), 0);
  await builder.button("Show all").click();
  await item.getByText(message).waitFor();
  await builder.button("Show less").click();
  await item.getByText(message).waitFor({ state: "detached" });
});

pageTest("many problems are all in the list, once asked for", async (builder) => {
  const link = `v=1&server=1.32&tool=tctl&increment=0${"&cluster=,,".repeat(5)}`;
  const expected = native(link).problems.map((problem) => problem.split(" ")[1]);
  assert.ok(expected.length > 10);
  await builder.page.evaluate((fragment) => {
    location.hash = fragment;
  }, link);
  await builder.button("Show all").click();
  await eventually(() => builder.codes(), expected);
});

pageTest("what is wrong is said to people who cannot see it", async (builder) => {
  await builder.field("clusterB", "Initial failover version").fill("1");
  const status = builder.page.getByRole("status");
  await eventually(async () => (await status.textContent()).trim(), "1 error");
  await builder.field("clusterB", "Initial failover version").fill("2");
  await eventually(async () => (await status.textContent()).trim(), "No problems");
});
