// Starts the import dialog. boot.js loads this, checked; with it comes what wasm-bindgen wrote (`cargo xtask dist` makes one
// file of both), and `cargo xtask dist` puts final names and checksums in here.

import init, { follow, open } from './bindings.js';

let started;

/** Opens the dialog, see `open` in src/lib.rs. Can be tried again if something could not be loaded. */
export async function openDialog(link, files, done) {
  try {
    await (started ??= start());
  } catch (error) {
    started = undefined;
    throw error;
  }
  open(link, files, done);
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
