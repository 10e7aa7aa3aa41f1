// What a person waits for, measured in a real browser: `cargo xtask bench` runs it. Prints figures; nothing fails.

import { dist, launch, serve } from "./harness.mjs";
import { link, manyClusters } from "./links.mjs";

const LOADS = 7;
const KEYS = 60;
const PHONE = { cpu: 4, latency: 150, throughput: (1.6 * 1024 * 1024) / 8 };

const [browser, site] = await Promise.all([launch(), serve(dist)]);
try {
  console.log("opening the page, median of", LOADS, "loads, ms");
  row("", ["first paint", "first output", "answers input", "blocked", "shift", "bytes"]);
  for (const [name, profile] of [["fast network", undefined], ["slow phone", PHONE]]) {
    const loads = [];
    for (let at = 0; at < LOADS; at += 1) {
      loads.push(await load(profile));
    }
    row(name, loads[0].map((_, column) => median(loads.map((values) => values[column]))));
  }
  console.log("\none keystroke, ms: until the output has changed, until it is painted");
  row("clusters", ["changed p50", "changed p95", "painted p50", "painted p95"]);
  for (const count of [2, 10, 100, 1000]) {
    row(String(count), await type(count));
  }
} finally {
  await browser.close();
  await site.close();
}

/** Loads the page once in a context of its own. */
async function load(profile) {
  const context = await browser.newContext({ viewport: { width: profile ? 400 : 1280, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  if (profile) {
    await session.send("Emulation.setCPUThrottlingRate", { rate: profile.cpu });
    await session.send("Network.enable");
    const { latency, throughput } = profile;
    await session.send("Network.emulateNetworkConditions", {
      offline: false,
      latency,
      downloadThroughput: throughput,
      uploadThroughput: throughput,
    });
  }
  let bytes = 0;
  page.on("response", async (response) => {
    bytes += await response.body().then((body) => body.length, () => 0);
  });
  await page.addInitScript(watch);
  await page.goto(site.address);
  await page.waitForFunction(() => globalThis.seen.input);
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return [seen.paint, seen.output, seen.input, seen.blocked, seen.shift, bytes];
}

/** Runs in the page before anything else: notes when things happen. */
function watch() {
  const seen = { paint: 0, output: 0, input: 0, blocked: 0, shift: 0 };
  globalThis.seen = seen;
  const observe = (type, then) => new PerformanceObserver((list) => list.getEntries().forEach(then)).observe({ type, buffered: true });
  observe("paint", (entry) => (seen.paint ||= entry.startTime));
  observe("layout-shift", (entry) => (seen.shift += entry.value));
  observe("longtask", (entry) => (seen.blocked += Math.max(0, entry.duration - 50)));
  const look = () => {
    if (!seen.output && document.querySelector("#file")?.textContent.includes("clusterMetadata")) {
      seen.output = performance.now();
    }
    if (!seen.output) {
      requestAnimationFrame(look);
    }
  };
  requestAnimationFrame(look);
  addEventListener("TrunkApplicationStarted", () => {
    seen.input = performance.now();
  });
}

/** Types into the first cluster's address, and tells how long the output takes to follow. */
async function type(count) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${site.address}#${link({ increment: "1000000", clusters: manyClusters(count).map(([name, , version], at) => [name, `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}:7233`, version]) })}`);
  const field = page.getByRole("textbox", { name: "RPC address", exact: true }).first();
  await field.waitFor();
  await field.focus();
  const times = await field.evaluate(async (input, keys) => {
    const output = document.querySelector("#file");
    const pause = () => new Promise((resolve) => setTimeout(resolve, 30));
    const changed = [];
    const painted = [];
    for (let at = 0; at < keys; at += 1) {
      await pause();
      const value = `10.9.9.${at}:7233`;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const start = performance.now();
      const observer = new MutationObserver(() => {
        if (output.textContent.includes(value)) {
          observer.disconnect();
          changed.push(performance.now() - start);
        }
      });
      observer.observe(output, { subtree: true, childList: true, characterData: true });
      input.value = value;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await new Promise((resolve) => {
        const wait = () => (changed.length > at ? requestAnimationFrame(() => setTimeout(resolve)) : setTimeout(wait));
        wait();
      });
      painted.push(performance.now() - start);
    }
    return { changed, painted };
  }, KEYS);
  await context.close();
  return [times.changed, times.painted].flatMap((values) => [quantile(values, 0.5), quantile(values, 0.95)]);
}

function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

function median(values) {
  return quantile(values, 0.5);
}

function row(name, values) {
  const shown = values.map((value) => (typeof value === "number" ? value.toFixed(Number.isInteger(value) ? 0 : 1) : value));
  console.log(name.padEnd(14) + shown.map((value) => value.padStart(15)).join(""));
}
