// Taking files away: by the clipboard, one by one, and all at once.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { native } from "./native.mjs";
import { unzip } from "./zip.mjs";

setUp();

const permissions = ["clipboard-read", "clipboard-write"];
const CLUSTERS = "&cluster=caf%C3%A9,temporal.example:7233,1&cluster=us%20east,10.0.0.2:7233,20!,admin.example:7233";
const OTHER = `v=1&server=1.24&tool=temporal&increment=1000${CLUSTERS}`;
const PRIOR = `v=1&server=1.13&tool=tctl&increment=10&master=2${CLUSTERS.replace("20!", "2")}`;

const clipboard = ({ page }) => page.evaluate(() => navigator.clipboard.readText());

async function download(builder, name) {
  const [download] = await Promise.all([builder.page.waitForEvent("download"), builder.button(name).click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

pageTest("every file is copied exactly", { permissions }, async (builder) => {
  const { names, texts } = native();
  for (const name of names) {
    await builder.tab(name).click();
    await builder.button(`Copy ${name}`).click();
    await eventually(() => clipboard(builder), texts.get(name));
    await eventually(async () => (await builder.page.getByRole("status").textContent()).trim(), `${name} copied`);
  }
});

pageTest("text that is selected by hand is copied exactly", { permissions }, async (builder) => {
  for (const name of ["clusterA.yaml", "connect.sh"]) {
    await builder.tab(name).click();
    await builder.file(name).evaluate((region) => getSelection().selectAllChildren(region));
    await builder.page.keyboard.press("Control+c");
    await eventually(() => clipboard(builder), native().texts.get(name));
  }
});

for (const [what, fragment] of [["first sight", ""], ["other names and servers", OTHER], ["prior layout", PRIOR]]) {
  pageTest(`every file is downloaded byte for byte: ${what}`, { fragment }, async (builder) => {
    const { names, files, zip } = native(fragment);
    assert.deepEqual(await builder.fileNames(), names);
    for (const name of names) {
      await builder.tab(name).click();
      const file = await download(builder, `Download ${name}`);
      assert.equal(file.name, name);
      assert.ok(file.bytes.equals(files.get(name)), name);
    }
    const all = await download(builder, "Download all");
    assert.equal(all.name, "multicluster.zip");
    assert.ok(all.bytes.equals(zip), "the zip is the core's, byte for byte");
    assert.deepEqual(unzip(all.bytes), files);
  });
}

pageTest("while anything is wrong there is no zip", async (builder) => {
  let downloads = 0;
  builder.page.on("download", () => (downloads += 1));
  await builder.field("clusterA", "RPC address").fill("nowhere");
  await builder.problem("address-port-missing").waitFor();
  await builder.button("Download all").click({ force: true });
  await builder.button("Undo").click();
  const [all] = await Promise.all([
    builder.page.waitForEvent("download"),
    builder.button("Download all").click(),
  ]);
  assert.ok((await readFile(await all.path())).equals(native().zip));
  assert.equal(downloads, 1);
});
