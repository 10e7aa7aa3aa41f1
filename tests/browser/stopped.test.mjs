// An error in the program, forced: it says so, and loses nothing that was seen.

import assert from "node:assert/strict";
import { test } from "node:test";

import { eventually, inContext, setUp } from "./harness.mjs";

setUp();

/** Types, and breaks the program before what was typed is kept anywhere. */
function typeAndBreak() {
  const field = document.querySelector(".cluster .name input");
  field.value = "typed-last";
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  return new Promise((resolve) => {
    // Once that is shown.
    setTimeout(() => {
      Node.prototype.insertBefore = Node.prototype.appendChild = () => {
        throw new Error("forced by a test");
      };
      document.getElementById("add-cluster").click();
      setTimeout(resolve);
    });
  });
}

for (const [way, comeBack] of Object.entries({
  "a reload": (builder, session) => session.reload(builder).then(() => builder),
  "another visit": async (builder, session) => {
    await builder.page.close();
    return session.open();
  },
})) {
  test(`what was typed last is there after an error and ${way}`, () =>
    inContext({}, async (session) => {
      const builder = await session.open();
      await builder.page.evaluate(typeAndBreak);
      const alert = builder.page.getByRole("alert").filter({ hasText: "The program has stopped because of an error." });
      await alert.waitFor();
      assert.ok((await alert.boundingBox()).y < 100, "within sight");
      assert.ok(!builder.page.url().includes("typed-last"), "not kept before");
      const again = await comeBack(builder, session);
      await eventually(() => again.clusterNames(), ["typed-last", "clusterB"]);
      // The error itself is to be expected here.
      session.watch.found = session.watch.found.filter((found) => !/RuntimeError|unreachable|forced by a test/.test(found));
    }));
}
