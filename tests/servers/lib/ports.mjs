// Ports of this machine that no other test takes, however many run at once.

import { createServer } from "node:net";

// Below the ports that systems give to outgoing connections.
const FIRST = 11000;
const LAST = 31000;
const BLOCK = 100;

let next;
let end;

// What listens on the ports that are kept.
const kept = new Map();

/** A number of free ports in a row, where nothing listens. */
export async function freePorts(count) {
  const ports = await keptPorts(count);
  await letGo(ports);
  return ports;
}

/** A number of free ports in a row. They stay taken until they are let go, so that nobody else takes them meanwhile. */
export async function keptPorts(count) {
  for (;;) {
    if (next === undefined || next + count > end) await claimBlock();
    const ports = Array.from({ length: count }, (_, i) => next + i);
    next += count;
    const listening = await Promise.all(ports.map(tryToListen));
    listening.forEach((server, i) => server && kept.set(ports[i], server.unref()));
    if (listening.every(Boolean)) return ports;
    await letGo(ports);
  }
}

/** Frees ports that are kept, for whoever is to listen there now. */
export async function letGo(ports) {
  const close = async (port) => {
    const server = kept.get(port);
    kept.delete(port);
    if (server) await new Promise((resolve) => server.close(resolve));
  };
  await Promise.all(ports.map(close));
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
    // Whoever comes to a port that is only kept is sent away.
    const server = createServer((socket) => socket.destroy());
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
