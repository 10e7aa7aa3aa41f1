// The whole state in a link, and what is kept between visits.

import assert from "node:assert/strict";

import { eventually, inContext, pageTest, setUp } from "./harness.mjs";
import { sealed } from "./links.mjs";
import { native } from "./native.mjs";

setUp();

const permissions = ["clipboard-read", "clipboard-write"];
const EDITED = "v=1&server=1.14.0&tool=tctl&increment=1000&cluster=clusterA,10.0.0.1:7233,1,,512&cluster=clusterB,10.0.0.2:7233,7!";

async function edit(builder) {
  await builder.serverVersion().selectOption("1.14.0");
  await builder.textbox("Failover version increment").fill("1000");
  await builder.field("clusterA", "RPC address").fill("10.0.0.1:7233");
  await builder.openDetails("clusterA");
  await builder.field("clusterA", "History shards").fill("512");
  await builder.field("clusterB", "RPC address").fill("10.0.0.2:7233");
  await builder.field("clusterB", "Initial failover version").fill("7");
}

/** Everything that the form holds. */
async function form({ page }) {
  return page.locator("input, select").evaluateAll((fields) => {
    return fields.map((field) => (field.type === "radio" ? field.checked : field.value));
  });
}

/** Waits until the edits are kept, which is soon after the last of them. */
function kept({ page }) {
  return eventually(() => page.evaluate(() => location.hash.slice(1)), EDITED);
}

pageTest("a link opens the same state elsewhere", { permissions }, async (builder, { context, address }) => {
  await edit(builder);
  const link = await builder.link();
  assert.equal(link, `${address}#${sealed(EDITED)}`, "a link can be read");
  const before = await form(builder);
  await inContext({}, async (elsewhere) => {
    const other = await elsewhere.visit(link);
    assert.notEqual(other.page.context(), context);
    assert.deepEqual(await form(other), before);
    await other.assertShows(native(EDITED));
    assert.equal(await other.button("Undo").getAttribute("aria-disabled"), "true");
  });
});

pageTest("a reload keeps everything, a typed version too", async (builder, session) => {
  await edit(builder);
  const before = await form(builder);
  await session.reload(builder);
  assert.deepEqual(await form(builder), before);
  await builder.assertShows(native(EDITED));
  const again = await session.open();
  assert.deepEqual(await form(again), before, "a visit without a link goes on where the last one was");
});

pageTest("errors are kept as well", async (builder, session) => {
  await builder.field("clusterA", "RPC address").fill("x y");
  await builder.button("Add cluster").click();
  const [fields, codes] = [await form(builder), await builder.codes()];
  await session.reload(builder);
  assert.deepEqual(await form(builder), fields);
  assert.deepEqual(await builder.codes(), codes);
});

const BROKEN = {
  "a cut one": "v=1&server=1.32&tool=tctl&increment=100&cluster=clu",
  "one of a newer page": "v=9&server=1.32",
  "something else": "hello",
  "one with a bad escape": "v=1&increment=%4",
};

for (const [what, fragment] of Object.entries(BROKEN)) {
  pageTest(`a broken link is reported, and loses nothing: ${what}`, async (builder, session) => {
    const alert = () => builder.page.getByRole("alert").getByText("This link cannot be opened.");
    await edit(builder);
    const before = await form(builder);
    await kept(builder);
    await builder.page.evaluate((hash) => {
      location.hash = hash;
    }, fragment);
    await alert().waitFor();
    assert.deepEqual(await form(builder), before);
    await builder.button("Dismiss").click();
    await alert().waitFor({ state: "detached" });
    const again = await session.open(fragment);
    await again.page.getByRole("alert").getByText("This link cannot be opened.").waitFor();
    assert.deepEqual(await form(again), before);
    await again.assertShows(native(EDITED));
  });
}

const WHOLE = "v=3&server=1.32&tool=tctl&increment=100&redirection=noop&cloud=open&tls=on&cluster=one,a.example:7233,1&http=a.example:7243&cluster=two,b.example:7233,20!,b.example:17233,512&release=1.31&running=same&cluster=caf%C3%A9,c.example:7233,3&from=1,d.example:7233";
const OTHER_LETTER = (at) => WHOLE.slice(0, at) + String.fromCharCode(WHOLE.charCodeAt(at) ^ 1) + WHOLE.slice(at + 1);
const places = Array.from({ length: WHOLE.length - 1 }, (_, at) => at + 1);
const EVERY = 5;

for (const [what, damaged] of Object.entries({
  cut: places.filter((at) => at % EVERY === 0).map((at) => WHOLE.slice(0, at)),
  altered: places.filter((at) => at % EVERY === 0).map(OTHER_LETTER),
  "sent and cut": places.filter((at) => at % EVERY === 0).map((at) => sealed(WHOLE).slice(0, at + "v=4&check=".length)),
  "of a newer page": [WHOLE.replace("v=3", "v=5"), WHOLE.replace("v=3", "v=10"), `${WHOLE}&later=x`],
})) {
  pageTest(`what a ${what} link does is said, and what was here stays or is one undo away`, async (builder) => {
    const alert = (text) => builder.page.getByRole("alert").getByText(text);
    await edit(builder);
    await kept(builder);
    const before = await form(builder);
    const refused = [];
    for (const fragment of damaged) {
      await builder.page.evaluate((hash) => {
        location.hash = hash;
      }, fragment);
      await alert(/^(This link cannot be opened\.|Opened from a link\.)/).waitFor();
      if (await alert("This link cannot be opened.").count()) {
        refused.push(fragment);
      } else {
        await builder.button("Undo").click();
      }
      await eventually(() => form(builder), before, fragment);
      await builder.button("Dismiss").click();
      await alert(/\S/).first().waitFor({ state: "detached" });
    }
    assert.ok(refused.length > 0);
    if (["of a newer page", "sent and cut"].includes(what)) {
      assert.deepEqual(refused, damaged);
    }
    await builder.assertShows(native(EDITED));
  });
}

const NEW = "v=1&server=1.32&tool=temporal&increment=100&cluster=one,a.example:7233,1";

/** Puts another link into the address, without an event, just after the program has read what it will show. */
function whilePreparing(link) {
  const { getItem } = Storage.prototype;
  Storage.prototype.getItem = function (key) {
    if (key === "multicluster-builder/1" && globalThis.multicluster) {
      Storage.prototype.getItem = getItem;
      queueMicrotask(() => history.replaceState(null, "", `#${link}`));
    }
    return getItem.call(this, key);
  };
}

pageTest("what is in the address when the page shows itself counts", { init: { content: `(${whilePreparing})("${NEW}")` } }, async (builder) => {
  assert.deepEqual(await builder.clusterNames(), ["one"]);
  await builder.assertShows(native(NEW));
});

pageTest("a link that replaces something is one undo away", async (builder, session) => {
  await edit(builder);
  const before = await form(builder);
  await kept(builder);
  const opened = await session.open(NEW);
  await opened.page.getByRole("alert").getByText("Opened from a link.").waitFor();
  assert.deepEqual(await opened.clusterNames(), ["one"]);
  await opened.button("Undo").click();
  await eventually(() => form(opened), before);
});
