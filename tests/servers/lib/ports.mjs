// Ports of this machine that no other test takes, however many run at once.

import { createServer } from "node:net";

// Below the ports that systems give to outgoing connections.
const FIRST = 11000;
const LAST = 31000;
const BLOCK = 100;

let next;
let end;

/** A number of free ports in a row. */
export async function freePorts(count) {
  for (;;) {
    if (next === undefined || next + count > end) await claimBlock();
    const ports = Array.from({ length: count }, (_, i) => next + i);
    next += count;
    const listening = await Promise.all(ports.map(tryToListen));
    await Promise.all(listening.map((server) => server && new Promise((resolve) => server.close(resolve))));
    if (listening.every(Boolean)) return ports;
  }
}

// The first port of a block stays taken as long as this process lives: so others see whose it is.
async function claimBlock() {
  const blocks = (LAST - FIRST) / BLOCK;
  const begin = process.pid % blocks;
  for (let i = 0; i < blocks; i++) {
    const first = FIRST + ((begin + i) % blocks) * BLOCK;
    const claim = await tryToListen(first);
    if (!claim) continue;
    claim.unref();
    next = first + 1;
    end = first + BLOCK;
    return;
  }
  throw new Error(`no free ports from ${FIRST} to ${LAST}`);
}

function tryToListen(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
