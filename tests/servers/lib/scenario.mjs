// A scenario: clusters, and steps that follow each other.

import { test } from "node:test";

import { Lab } from "./lab.mjs";

/** Longer than any scenario takes, also on a slow machine. */
const LIMIT = 15 * 60 * 1000;

/**
 * Runs steps in order and stops at the first that fails, unless it is one that none of the others needs. What the
 * servers wrote is kept then.
 *
 * @param {string} name what is tried
 * @param {{ release: string, tool: string, version?: string }} on the servers, and the tool that the scripts call,
 *     that of the release unless another version is named
 * @param {(lab: Lab, step: Step) => Promise<void>} body
 *
 * @typedef {(name: string, work: () => Promise<unknown>, how?: { alone: boolean }) => Promise<void>} Step
 */
export function scenario(name, { release, tool, version }, body) {
  const which = [release, tool, version].filter(Boolean).join(", ");
  test(`${name} (${which})`, { timeout: LIMIT }, async (t) => {
    const lab = await Lab.open(release, tool, version);
    let failed;
    t.after(async () => {
      const said = failed ? await lab.lastWords() : [];
      await lab.close({ keep: failed });
      for (const line of said) t.diagnostic(line);
    });
    const step = async (what, work, { alone = false } = {}) => {
      let failedHere = false;
      await t.test(what, async () => {
        try {
          await work();
        } catch (error) {
          failedHere = true;
          failed = error;
          throw error;
        }
      });
      if (failedHere && !alone) throw new Error(`stopped at: ${what}`);
    };
    await body(lab, step).catch((error) => {
      failed ??= error;
      throw error;
    });
  });
}
