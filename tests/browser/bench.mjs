// What a person waits for, measured in a real browser: `cargo xtask bench` runs it. Prints figures; nothing fails.

import { dist, launch, serve } from "./harness.mjs";
import { link, manyClusters } from "./links.mjs";

const LOADS = 7;
const KEYS = 60;
const ROWS = 9;
/** What the page is made to say when it answers. */
const ANSWERS = "answers input";
const PHONE = { cpu: 4, latency: 150, throughput: (1.6 * 1024 * 1024) / 8 };

const [browser, site] = await Promise.all([launch(), serve(dist, { compressed: true })]);
try {
  // What is compressed once stays so, and is not waited for below.
  await load();
  console.log("opening the page, median of", LOADS, "loads, ms");
  row("", ["first paint", "first output", "answers input", "blocked", "shift"]);
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
  console.log("\nthe archive with every file, written by WebAssembly, fastest of 5, ms");
  for (const count of [2, 10, 100, 1000]) {
    row(String(count), [await archive(count)]);
  }
  console.log("\n1,000 clusters, median of", ROWS, "ms: the page, the same list in plain DOM, how many times as long");
  const [ours, plain] = [await rows(true), await rows(false)];
  for (const [name, time] of Object.entries(ours)) {
    row(name, [time, plain[name], time / plain[name]]);
  }
} finally {
  await browser.close();
  await site.close();
}

/** The page with many clusters. */
async function open(count) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const clusters = manyClusters(count).map(([name, , version], at) => [name, `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}:7233`, version]);
  await page.goto(`${site.address}#${link({ increment: "1000000", clusters })}`);
  // Not by its name: among thousands of fields that takes longer than what is measured.
  const field = page.locator("[id$='-rpcAddress']").first();
  await field.waitFor();
  return { context, page, field };
}

/** How long the program takes for all files of so many clusters. */
async function archive(count) {
  const { context, page } = await open(count);
  const time = await page.evaluate(async () => {
    const { multicluster } = globalThis;
    await new Promise((resolve) => multicluster.load("more", resolve));
    const link = multicluster.link();
    let fastest = Infinity;
    for (let at = 0; at < 5; at += 1) {
      const start = performance.now();
      // Another link each time: what was resolved for the same one is remembered.
      multicluster.zip(link.replace("cluster1,", `cluster1-${at},`));
      fastest = Math.min(fastest, performance.now() - start);
    }
    return fastest;
  });
  await context.close();
  return time;
}

/**
 * What happens to one of 1,000 clusters, until it is painted: in the page, or in a list with the same elements that does
 * nothing but show them.
 */
async function rows(isPage) {
  const { context, page } = await open(1000);
  await page.evaluate(() => new Promise((resolve) => multicluster.load("more", resolve)));
  const times = await page.evaluate(async ([isPage, repeats]) => {
    const groups = () => document.querySelectorAll(".form [role=group]");
    const list = groups()[0].parentElement;
    if (!isPage) {
      // A copy without the page's listeners, in place of the page.
      const copy = list.cloneNode(true);
      const main = document.createElement("main");
      main.className = "form";
      main.append(copy);
      document.body.replaceChildren(main);
    }
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const time = async (act) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await painted();
      const start = performance.now();
      act();
      await painted();
      return performance.now() - start;
    };
    const name = (group) => group.querySelector("input");
    const rename = (at) => {
      const group = groups()[at];
      const value = `renamed${at}`;
      name(group).value = value;
      if (isPage) name(group).dispatchEvent(new InputEvent("input", { bubbles: true }));
      else group.setAttribute("aria-label", value);
    };
    const acts = {
      select: (at) => name(groups()[500 + at]).focus(),
      update: (at) => rename(300 + at),
      add: () => {
        if (isPage) [...document.querySelectorAll("button")].find((button) => button.textContent === "Add cluster").click();
        else groups()[0].parentElement.append(groups()[0].cloneNode(true));
      },
      remove: (at) => {
        const group = groups()[100 + at];
        if (isPage) [...group.querySelectorAll("button")].find((button) => button.ariaLabel?.startsWith("Remove")).click();
        else group.remove();
      },
    };
    const found = {};
    for (const [act, run] of Object.entries(acts)) {
      const all = [];
      for (let at = 0; at < repeats; at += 1) all.push(await time(() => run(at)));
      found[act] = all.sort((one, other) => one - other)[repeats >> 1];
    }
    return found;
  }, [isPage, ROWS]);
  await context.close();
  return times;
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
  await page.addInitScript(watch, ANSWERS);
  // Not by looking into the page again and again: that takes time of the page's own.
  const answers = page.waitForEvent("console", (message) => message.text() === ANSWERS);
  await page.goto(site.address, { waitUntil: "commit" });
  await answers;
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return [seen.paint, seen.output, seen.input, seen.blocked, seen.shift];
}

/** Runs in the page before anything else: notes when things happen. */
function watch(answers) {
  const seen = { paint: 0, output: 0, input: 0, blocked: 0, shift: 0 };
  globalThis.seen = seen;
  const observe = (type, then) => new PerformanceObserver((list) => list.getEntries().forEach(then)).observe({ type, buffered: true });
  observe("paint", (entry) => (seen.paint ||= entry.startTime));
  observe("layout-shift", (entry) => (seen.shift += entry.value));
  observe("longtask", (entry) => (seen.blocked += Math.max(0, entry.duration - 50)));
  // A frame is asked for only when there is something to see: asked for earlier, it would be one more.
  const parsed = new MutationObserver(() => {
    if (document.querySelector("#file")?.textContent.includes("clusterMetadata")) {
      parsed.disconnect();
      requestAnimationFrame(() => (seen.output = performance.now()));
    }
  });
  parsed.observe(document, { childList: true, subtree: true });
  addEventListener("TrunkApplicationStarted", () => {
    seen.input = performance.now();
    console.debug(answers);
  });
}

/** Types into the first cluster's address, and tells how long the output takes to follow. */
async function type(count) {
  const { context, page, field } = await open(count);
  await field.focus();
  // The first thing that is done loads this; who types fast would measure that.
  await page.evaluate(() => new Promise((resolve) => multicluster.load("more", resolve)));
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
