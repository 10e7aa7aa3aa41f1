// What leaves as dist/: whole, and just what its lists say.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

import { dist } from "./harness.mjs";

const run = promisify(execFile);

test("the command of the README checks every file", async () => {
  const { stdout } = await run("sha256sum", ["-c", "SHA256SUMS"], { cwd: dist });
  const checked = stdout.trim().split("\n").map((line) => line.replace(/: OK$/, ""));
  const there = (await readdir(dist)).filter((name) => name !== "SHA256SUMS");
  assert.deepEqual(checked.sort(), there.sort());
});

test("the list of what is inside has names, versions and licences, and no path of where it was built", async () => {
  const text = await readFile(join(dist, "sbom.cdx.json"), "utf8");
  const list = JSON.parse(text);
  assert.equal(list.bomFormat, "CycloneDX");
  assert.ok(list.components.length > 10);
  for (const { name, version, licenses } of list.components) {
    assert.ok(name && version && licenses?.length, `${name} ${version}`);
  }
  assert.doesNotMatch(text, /"(\/home|\/root|\/tmp|[A-Z]:\\)/);
});
