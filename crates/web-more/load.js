// Starts the program that writes scripts and texts, explains lines, and has the tools. boot.js loads this, checked; with
// it comes what wasm-bindgen wrote (`cargo xtask dist` makes one file of both), and `cargo xtask dist` puts final names
// and checksums in here.

import init, * as program from './bindings.js';

let started;

/** Opens a dialog, see src/lib.rs. */
export async function open(name, link, done, files, problem) {
  await start();
  program.openTools(link, done, problem);
}

/** Starts the program. Can be tried again if something could not be loaded. */
export function start() {
  return (started ??= load().catch((error) => {
    started = undefined;
    throw error;
  }));
}

/** The page calls this in the middle of its own work: what goes wrong here is said, and does not stop that as well. */
function guarded(call) {
  return (...given) => {
    try {
      return call(...given);
    } catch (error) {
      reportError(error);
    }
  };
}

async function load() {
  const wasm = fetch('./more_bg.wasm', { integrity: 'integrity:more_bg.wasm' });
  await Promise.all([wasm, multicluster.style('./more.css', 'integrity:more.css')]);
  await init({ module_or_path: wasm });
  for (const name of ['write', 'help', 'changed', 'zip', 'takeOut']) multicluster[name] = guarded(program[name]);
  program.begin();
  dispatchEvent(new Event('writer'));
}
