// What the other tests rely on: that nothing forbidden goes unseen, and that an altered page says so.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { dist, inContext, serve, setUp } from "./harness.mjs";

setUp();

const FORBIDDEN = {
  "a console message": [() => console.log("hello"), /console log: hello/],
  "an error": [() => void setTimeout(() => { throw new Error("oops"); }), /page error: Error: oops/],
  "a late request": [() => fetch("index.html").then(() => {}), /request after the page had loaded/],
  "a request to elsewhere": [() => fetch("http://127.0.0.1:9/").catch(() => {}), /elsewhere|securitypolicyviolation/],
  "an image from elsewhere": [() => { new Image().src = "http://127.0.0.1:9/x.png"; }, /securitypolicyviolation/],
  "code from text": [() => { try { document.body.innerHTML = "<p>"; } catch {} }, /securitypolicyviolation/],
};

for (const [what, [misbehave, found]] of Object.entries(FORBIDDEN)) {
  test(`${what} fails a test`, async () => {
    const misbehaving = inContext({}, async (session) => {
      const { page } = await session.open();
      await page.evaluate(misbehave);
    });
    await assert.rejects(misbehaving, found);
  });
}

for (const kind of ["wasm", "js"]) {
  test(`a page with an altered .${kind} file says that it could not be started`, async () => {
    const folder = await mkdtemp(join(tmpdir(), "multicluster-"));
    let site;
    try {
      await cp(dist, folder, { recursive: true });
      const altered = (await readdir(folder)).filter((name) => name.endsWith(`.${kind}`));
      assert.ok(altered.length > 0);
      for (const name of altered) {
        const bytes = await readFile(join(folder, name));
        bytes[bytes.length >> 1] ^= 1;
        await writeFile(join(folder, name), bytes);
      }
      site = await serve(folder);
      await inContext({ address: site.address }, async ({ context, watch }) => {
        const page = await context.newPage();
        watch.isLoading = true;
        await page.goto(site.address);
        const alert = page.getByRole("alert").filter({ hasText: "The program of this page could not be started." });
        await alert.waitFor();
        assert.equal(await page.locator(".form").getAttribute("inert"), "", "nothing can be typed that would be lost");
        // Messages of the browser are to be expected here, and nothing else.
        const others = watch.found.filter((found) => !/^(console (error|warning)|page error|failed request)/.test(found));
        assert.deepEqual(others, []);
        watch.found = [];
      });
    } finally {
      await site?.close();
      await rm(folder, { recursive: true });
    }
  });
}
