// How the page is shown to people who set their system or their browser to something else: colours, motion, size, paper.

import assert from "node:assert/strict";

import { eventually, pageTest, setUp } from "./harness.mjs";
import { ImportDialog } from "./import-dialog.mjs";
import { link } from "./links.mjs";
import { ToolsDialog } from "./tools-dialog.mjs";

setUp();

const PAIR = [["clusterA", "127.0.0.1:7233", "1"], ["clusterB", "127.0.0.1:8233", "2"]];
const WRONG = link({ clusters: [["clusterA", "127.0.0.1", "1"], PAIR[1]] });
const forcedColors = "active";

/** What people can tell two elements apart by when the system chooses the colours. What is not painted is as the page. */
function look(locator) {
  return locator.evaluate((element) => {
    const { border, outline, outlineOffset, color, backgroundColor, textDecoration } = getComputedStyle(element);
    const isPainted = !/^rgba.*, 0\)$/.test(backgroundColor);
    const behind = isPainted ? backgroundColor : getComputedStyle(document.body).backgroundColor;
    return { border, outline, outlineOffset, color, behind, textDecoration };
  });
}

async function assertDiffer(one, other, what) {
  assert.notDeepEqual(await look(one), await look(other), what);
}

pageTest("forced colours: what is chosen can be told", { forcedColors }, async (builder) => {
  await assertDiffer(builder.tab("clusterA.yaml"), builder.tab("clusterB.yaml"), "files");
  const segment = (name) => builder.tool(name).locator("+ span");
  await assertDiffer(segment("tctl"), segment("temporal"), "tools");
  await builder.tab("connect.sh").click();
  await assertDiffer(builder.tab("connect.sh"), builder.tab("clusterB.yaml"), "files");
  const tools = new ToolsDialog(builder);
  await tools.open("Picture");
  const tabs = tools.dialog.getByRole("tab");
  await assertDiffer(tabs.nth(0), tabs.nth(1), "tabs of the tools");
});

pageTest("forced colours: what is wrong, and which files, can be told", { forcedColors, fragment: WRONG }, async (builder) => {
  const [wrong, right] = ["clusterA", "clusterB"].map((name) => builder.field(name, "RPC address"));
  await assertDiffer(wrong, right, "fields");
  const page = await builder.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dot = builder.tab("connect.sh").locator(".dot");
  await eventually(() => dot.getAttribute("data-mark"), "mark-error");
  assert.notEqual((await look(dot)).behind, page);
});

pageTest("forced colours: a change and the lines of a field can be told", { forcedColors }, async (builder) => {
  await builder.field("clusterA", "RPC address").fill("10.0.0.1:7233");
  const changed = builder.page.locator(".code .changed");
  await changed.first().waitFor();
  const plain = builder.page.locator(".code .line:not(.changed):not([data-source])");
  await assertDiffer(changed.first(), plain.first(), "changed lines");
  const unmarked = (await look(plain.first())).behind;
  const isMarked = async (line) => (await look(line)).behind !== unmarked;
  await builder.field("clusterA", "RPC address").focus();
  await eventually(() => isMarked(builder.page.locator(".code .line[data-source]").last()), true, "lines of the field");
  await plain.first().click();
  await eventually(() => isMarked(plain.first()), true, "the explained line");
});

pageTest("forced colours: what has the keyboard can be told", { forcedColors, fragment: WRONG }, async (builder) => {
  const { page } = builder;
  const seen = [];
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => {
      const active = document.activeElement;
      if (active === document.body) return undefined;
      const shown = active.matches("input[type=radio]") ? active.nextElementSibling : active;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
      const isShown = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      const isPage = outlineColor === getComputedStyle(document.body).backgroundColor;
      return { what: shown.outerHTML.slice(0, 120), isSeen: isShown && !isPage };
    });
    if (ring) seen.push(ring);
  }
  assert.ok(seen.length > 20);
  assert.deepEqual(seen.filter(({ isSeen }) => !isSeen), []);
});

/** How long anything moves after an edit, in milliseconds. */
async function motion(builder) {
  await builder.field("clusterA", "RPC address").fill("10.0.0.1:7233");
  await builder.page.locator(".code .changed").first().waitFor();
  return builder.page.evaluate(() => Math.max(0, ...document.getAnimations().map(({ effect }) => effect.getComputedTiming().endTime)));
}

pageTest("nothing moves for who wants that", { reducedMotion: "reduce" }, async (builder) => {
  assert.equal(await motion(builder), 0);
  const { page } = builder;
  await builder.button("Tools").click();
  await page.getByRole("dialog").waitFor();
  const moving = () => [...document.querySelectorAll("*")].filter((element) => parseFloat(getComputedStyle(element).transitionDuration) > 0).length;
  assert.equal(await page.evaluate(moving), 0);
});

pageTest("a change is noticed by who does not say so", { reducedMotion: "no-preference" }, async (builder) => {
  assert.ok((await motion(builder)) > 0);
});

/** What is wider than its place, and is no place that may be scrolled sideways. */
function tooWide({ page }) {
  return page.evaluate(() => {
    const roots = [document.documentElement, ...document.querySelectorAll("dialog[open]")];
    return roots.filter((root) => root.scrollWidth > root.clientWidth).map((root) => `${root.localName} ${root.scrollWidth}`);
  });
}

/** A window of 1280 × 800, enlarged four times. */
const ENLARGED = { viewport: { width: 320, height: 200 }, deviceScaleFactor: 4 };

pageTest("enlarged four times, nothing is scrolled sideways", { ...ENLARGED, fragment: WRONG }, async (builder, session) => {
  assert.deepEqual(await tooWide(builder), []);
  await builder.openDetails("clusterA");
  await builder.tab("RUNBOOK.md").click();
  assert.deepEqual(await tooWide(builder), []);
  const tools = new ToolsDialog(builder);
  await tools.open("Picture");
  for (const tab of await tools.dialog.getByRole("tab").all()) {
    await tab.click();
    assert.deepEqual(await tooWide(builder), [], await tab.textContent());
  }
  await tools.close();
  const dialog = new ImportDialog(builder, session);
  await dialog.open();
  await dialog.text.fill("clusterMetadata:\n  currentClusterName: eu\n  masterClusterName: eu\n");
  await dialog.recognised.waitFor();
  assert.deepEqual(await tooWide(builder), []);
  await builder.page.keyboard.press("Escape");
  await builder.button("Saved").click();
  await builder.page.getByRole("dialog").waitFor();
  assert.deepEqual(await tooWide(builder), []);
});

const isInSight = (locator) =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return element.checkVisibility() && top >= 0 && bottom <= innerHeight;
  });

pageTest("on a phone problems stay in sight, and the files are one press away", { viewport: { width: 400, height: 800 } }, async (builder) => {
  const files = builder.page.getByRole("region", { name: "Files" });
  const first = builder.tab("clusterA.yaml");
  assert.ok(await isInSight(builder.page.getByRole("heading", { name: "No problems" })));
  assert.ok(!await isInSight(first));
  await builder.button("Files").click();
  await eventually(() => isInSight(first), true);
  assert.ok(await files.evaluate((region) => region === document.activeElement));
  await builder.field("clusterA", "RPC address").fill("temporal.example");
  await eventually(() => isInSight(builder.problem("address-port-missing")), true);
});

pageTest("where the files are beside the form, they need no button", async (builder) => {
  assert.ok(await isInSight(builder.tab("clusterA.yaml")));
  assert.equal(await builder.button("Files").count(), 0);
});

for (const name of ["clusterA.yaml", "RUNBOOK.md"]) {
  pageTest(`the chosen file is printed whole, and nothing else: ${name}`, async (builder) => {
    const { page } = builder;
    const text = await builder.read(name);
    await page.emulateMedia({ media: "print" });
    const file = builder.file(name);
    assert.equal(await file.evaluate((region) => region.textContent), text);
    const clipped = await file.evaluate((region) => {
      const around = [];
      for (let element = region; element; element = element.parentElement) around.push(element);
      const clips = (element) => element.scrollHeight > element.clientHeight && getComputedStyle(element).overflowY !== "visible";
      return around.filter((element) => element.clientHeight > 0 && clips(element)).map(({ localName, className }) => `${localName} ${className}`);
    });
    assert.deepEqual(clipped, []);
    const end = await file.evaluate((region) => region.getBoundingClientRect().bottom - document.documentElement.getBoundingClientRect().top);
    assert.ok(end <= (await page.evaluate(() => document.documentElement.scrollHeight)));
    const controls = page.locator("button, input, select, summary, textarea, [role=tab]").locator("visible=true");
    assert.equal(await controls.count(), 0);
  });
}
