// Waiting, always with an end.

import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until there is an answer that is not false; errors count as "not yet". */
export async function eventually(what, ask, { seconds = 180, every = 300 } = {}) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    let last;
    try {
      last = await ask();
      if (last) return last;
    } catch (error) {
      if (error.final) throw error;
      last = error.message;
    }
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}\nlast answer: ${last}`);
    await sleep(every);
  }
}

/** It must stay so for a while. */
export async function stays(what, ask, { seconds = 6, every = 1000 } = {}) {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    if (!(await ask())) throw new Error(`did not stay so for ${seconds} s: ${what}`);
    await sleep(every);
  }
}
