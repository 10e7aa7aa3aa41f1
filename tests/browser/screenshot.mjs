// Takes the README's picture, docs/screenshot.png: the page at work. `cargo xtask screenshot` runs it.

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { dist, launch, serve } from "./harness.mjs";

const picture = fileURLToPath(new URL("../../docs/screenshot.png", import.meta.url));
const link =
  "#v=1&server=1.32&tool=temporal&increment=100" +
  "&cluster=eu-west,temporal.eu-west.internal.example:7233,1,,512" +
  "&cluster=us-east,temporal.us-east.internal.example:7233,2,,512";

await mkdir(new URL("../../docs/", import.meta.url), { recursive: true });
const [browser, site] = await Promise.all([launch(), serve(dist)]);
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme: "light" });
  await page.goto(site.address + link);
  await page.getByRole("tab", { name: "connect.sh" }).click();
  await page.getByRole("region", { name: "connect.sh" }).waitFor();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: picture });
} finally {
  await browser.close();
  await site.close();
}
