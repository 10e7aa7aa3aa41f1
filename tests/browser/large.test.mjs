// More than anybody has: the page says where it ends, and goes on.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { ImportDialog } from "./import-dialog.mjs";
import { link, sealed } from "./links.mjs";
import { native } from "./native.mjs";

setUp();

const MILLION = 1_000_000;
/** As long a text as wanted, of such lines. */
function lines(size, line, first = "") {
  const parts = [first];
  for (let [at, length] = [0, first.length]; length < size; at += 1) {
    parts.push(line(at));
    length += parts.at(-1).length;
  }
  return parts.join("");
}

const TABLE = "    Name                 ClusterId                    Address      HistoryShardCount  InitialFailoverVersion  IsConnectionEnabled\n";
const row = (at) => `  c${at}  91378a3f-f071-42ec-9ef9-d5ac03b63bce  10.0.0.1:7233  512  ${at + 1}  true\n`;

/** What is pasted, and what is said about it. */
const PASTED = {
  "ten megabytes of a table": [lines(10 * MILLION, row, TABLE), /It has \d+ bytes, and 4194304 are read\./],
  "ten megabytes without a line end": ["x".repeat(10 * MILLION), /It has 10000000 bytes, and 4194304 are read\./],
  "four megabytes without sense": [lines(4 * MILLION, (at) => `${(at * 7919) % 104_729} [{"' ${at} :: -> é ${"\\".repeat(at % 3)}\n`), /Nothing that can be imported was found/],
  "four megabytes of open braces": ["{\n".repeat(2 * MILLION), /Nothing that can be imported was found/],
  "four megabytes of a table": [lines(4 * MILLION, row, TABLE), undefined],
  "four megabytes of one cluster": [lines(4 * MILLION, (at) => row(at).replace(/c\d+/, "c").replace("10.0.0.1", `10.0.${at >> 8}.${at & 255}`), TABLE), /is told in different ways: .* and \d+ more\./],
};

for (const [what, [text, finding]] of Object.entries(PASTED)) {
  pageTest(`${what}: it is said what becomes of it, and the page goes on`, async (builder, session) => {
    const dialog = new ImportDialog(builder, session);
    await dialog.open();
    await dialog.text.evaluate((area, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      area.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
    }, text);
    if (finding) {
      await dialog.findings.getByText(finding).first().waitFor();
    } else {
      await eventually(async () => (await dialog.refusal())?.startsWith("More than 2,000 clusters"), true);
    }
    await dialog.button("Remove pasted text (2)").click();
    await dialog.text.fill("clusterMetadata: {currentClusterName: small, clusterInformation: {small: {initialFailoverVersion: 1}}}");
    await eventually(() => dialog.refusal(), undefined);
    await dialog.import();
    assert.deepEqual(await builder.clusterNames(), ["small"]);
    await builder.field("small", "RPC address").fill("10.0.0.1:7233");
    await eventually(async () => builder.page.url().includes("10.0.0.1:7233"), true);
  });
}

const COUNT = 1000;
const clusters = Array.from({ length: COUNT }, (_, at) => [`cluster${at}`, `10.1.${at >> 8}.${at & 255}:7233`, `${at + 1}`]);
const MANY = link({ increment: "1000000", clusters });

pageTest("a thousand clusters are opened, edited, added, removed, copied and saved", { fragment: MANY, permissions: ["clipboard-read", "clipboard-write"] }, async (builder, session) => {
  const { page } = builder;
  // By ids: among thousands of fields, names take a browser long.
  const names = () => page.locator(".cluster .name input").evaluateAll((fields) => fields.map((field) => field.value));
  assert.deepEqual(await names(), clusters.map(([name]) => name));
  await page.locator(".cluster .name input").nth(500).fill("renamed");
  await builder.button("Add cluster").click();
  await eventually(async () => (await names()).length, COUNT + 1);
  assert.equal((await names()).at(-1), "cluster1001");
  await page.locator("[id$='-rpcAddress']").last().fill("10.2.0.1:7233");
  await page.getByRole("button", { name: "Remove cluster3", exact: true }).click();
  await eventually(async () => (await names()).length, COUNT);
  const expected = clusters.map((fields, at) => (at === 500 ? ["renamed", ...fields.slice(1)] : fields));
  expected.splice(3, 1);
  expected.push(["cluster1001", "10.2.0.1:7233", `${COUNT + 1}`]);
  const fragment = link({ increment: "1000000", clusters: expected });
  const copied = await builder.link();
  assert.equal(copied, `${session.address}#${sealed(fragment)}`);
  const [saved] = await Promise.all([page.waitForEvent("download"), builder.button("Download all").click()]);
  assert.ok((await readFile(await saved.path())).equals(native(fragment).zip), "byte for byte");
  await session.reload(builder);
  assert.deepEqual(await names(), expected.map(([name]) => name));
  await builder.button("Undo").waitFor();
});
