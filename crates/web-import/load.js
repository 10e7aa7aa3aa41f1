// Starts the dialogs. boot.js loads this, checked; with it comes what wasm-bindgen wrote (`cargo xtask dist` makes one
// file of both), and `cargo xtask dist` puts final names and checksums in here.

import init, { follow, openImport, openSaved } from './bindings.js';

const openers = { import: openImport, saved: openSaved };
let started;

/** Opens a dialog, see src/lib.rs. Can be tried again if something could not be loaded. */
export async function open(name, ...given) {
  try {
    await (started ??= start());
  } catch (error) {
    started = undefined;
    throw error;
  }
  openers[name](...given);
}

async function start() {
  const wasm = fetch('./import_bg.wasm', { integrity: 'integrity:import_bg.wasm' });
  await Promise.all([wasm, styled('./import.css', 'integrity:import.css')]);
  await init({ module_or_path: wasm });
  // The page calls this with the link to what it shows, whenever that has changed.
  globalThis.followDraft = follow;
}

function styled(href, integrity) {
  const link = document.createElement('link');
  return new Promise((onload, onerror) => {
    document.head.append(Object.assign(link, { rel: 'stylesheet', integrity, href, onload, onerror }));
  });
}
