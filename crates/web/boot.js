// Starts the program. `cargo xtask dist` puts the final file names and the checksum of the wasm in here.
// Kept as plain as possible: when anything goes wrong, this is what is left to say so.

const trouble = document.getElementById('trouble');

/** Shows one of the prepared messages. `what`: the value of its data-when attribute. */
function show(what) {
  for (const message of trouble.children) message.hidden = message.dataset.when !== what;
  document.body.append(trouble);
  trouble.className = 'shown';
}

// The program is built without unwinding: an error in it is a bare trap, after which it cannot go on.
// What was typed is in the address and in the browser's storage by then.
function stopped(event) {
  if ((event.error ?? event.reason) instanceof WebAssembly.RuntimeError) show('stopped');
}
addEventListener('error', stopped);
addEventListener('unhandledrejection', stopped);

try {
  // `integrity` on fetch is enforced, also where a preload already brought the file.
  const wasm = fetch('./multicluster-web_bg.wasm', { integrity: 'integrity:multicluster-web_bg.wasm' });
  const { default: init } = await import('./multicluster-web.js');
  await init({ module_or_path: wasm });
  trouble.remove();
  dispatchEvent(new CustomEvent('TrunkApplicationStarted'));
} catch (error) {
  show(error instanceof WebAssembly.RuntimeError ? 'stopped' : 'load');
  throw error;
}
