// Starts the dialogs. boot.js loads this, checked; with it comes what wasm-bindgen wrote (`cargo xtask dist` makes one
// file of both), and `cargo xtask dist` puts final names and checksums in here.

import init, { beside, change, follow, openImport, openSaved } from './bindings.js';

const openers = { import: openImport, saved: openSaved };
let started;

/** Opens a dialog, see src/lib.rs. */
export async function open(name, ...given) {
  await start();
  openers[name](...given);
}

/** Starts the program. Can be tried again if something could not be loaded. */
export function start() {
  return (started ??= load().catch((error) => {
    started = undefined;
    throw error;
  }));
}

async function load() {
  const wasm = fetch('./import_bg.wasm', { integrity: 'integrity:import_bg.wasm' });
  await Promise.all([wasm, multicluster.style('./import.css', 'integrity:import.css')]);
  await init({ module_or_path: wasm });
  // The page calls this in the middle of its own work: what goes wrong here is said, and does not stop that as well.
  multicluster.follow = guarded(follow);
  multicluster.beside = guarded(beside, 0);
  multicluster.change = guarded(change, []);
}

function guarded(call, otherwise) {
  return (...given) => {
    try {
      return call(...given);
    } catch (error) {
      reportError(error);
      return otherwise;
    }
  };
}
