// Starts the program that writes scripts and texts, explains lines, and has the tools. boot.js loads this, checked; with
// it comes what wasm-bindgen wrote (`cargo xtask dist` makes one file of both), and `cargo xtask dist` puts final names
// and checksums in here.

import init, * as program from './bindings.js';

let started;

/** Opens a dialog, see src/lib.rs. */
export async function open(name, link, done) {
  await start();
  program.openTools(link, done);
}

/** Starts the program. Can be tried again if something could not be loaded. */
export function start() {
  return (started ??= load().catch((error) => {
    started = undefined;
    throw error;
  }));
}

async function load() {
  const wasm = fetch('./more_bg.wasm', { integrity: 'integrity:more_bg.wasm' });
  await Promise.all([wasm, multicluster.style('./more.css', 'integrity:more.css')]);
  await init({ module_or_path: wasm });
  const { write, help, changed, zip } = program;
  Object.assign(multicluster, { write, help, changed, zip });
  program.begin();
  dispatchEvent(new Event('writer'));
}
