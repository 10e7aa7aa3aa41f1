// The whole way without a pointer.

import assert from "node:assert/strict";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { native } from "./native.mjs";

setUp();

/** Presses Tab until this control has the keyboard. */
async function tabTo(builder, locator) {
  for (let presses = 0; presses < 100; presses += 1) {
    const has = await locator.evaluateAll((all) => all.includes(document.activeElement));
    if (has) {
      return;
    }
    await builder.page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reaches ${locator}`);
}

pageTest("arrow keys choose files, and one Tab passes their list", async (builder) => {
  const { keyboard } = builder.page;
  const names = await builder.fileNames();
  const assertChosen = async (name) => {
    await eventually(() => builder.tab(name).getAttribute("aria-selected"), "true");
    assert.ok(await builder.tab(name).evaluate((tab) => tab === document.activeElement), name);
    await builder.file(name).waitFor();
  };
  await tabTo(builder, builder.tab(names[0]));
  for (const name of [...names.slice(1), names[0]]) {
    await keyboard.press("ArrowDown");
    await assertChosen(name);
  }
  for (const [key, name] of [["End", names.at(-1)], ["ArrowLeft", names.at(-2)], ["Home", names[0]], ["ArrowUp", names.at(-1)], ["ArrowRight", names[0]]]) {
    await keyboard.press(key);
    await assertChosen(name);
  }
  assert.equal(await builder.tabs.and(builder.page.locator("[tabindex='0']")).count(), 1);
  await keyboard.press("Tab");
  assert.equal(await builder.focused(), `Download ${names[0]}`);
});

pageTest("from a new cluster to copied files", { permissions: ["clipboard-read", "clipboard-write"] }, async (builder) => {
  const { keyboard } = builder.page;
  await tabTo(builder, builder.button("Add cluster"));
  await keyboard.press("Enter");
  await builder.cluster("clusterC").waitFor();
  await keyboard.type("east");
  await tabTo(builder, builder.field("east", "RPC address"));
  await keyboard.press("Control+a");
  await keyboard.type("east.example");
  const fix = builder.problem("address-port-missing").getByRole("button").last();
  await fix.waitFor();
  await tabTo(builder, fix);
  await keyboard.press("Enter");
  await eventually(() => builder.field("east", "RPC address").inputValue(), "east.example:7233");
  assert.equal(await builder.focused(), "RPC address");
  await tabTo(builder, builder.tabs);
  await keyboard.press("End");
  await tabTo(builder, builder.button("Copy RUNBOOK.md"));
  await keyboard.press("Enter");
  const pair = "&cluster=clusterA,127.0.0.1:7233,1&cluster=clusterB,127.0.0.1:8233,2";
  const { texts } = native(`v=1&server=1.32&tool=tctl&increment=100${pair}&cluster=east,east.example:7233,3`);
  await eventually(() => builder.page.evaluate(() => navigator.clipboard.readText()), texts.get("RUNBOOK.md"));
  await tabTo(builder, builder.button("Download all"));
});
