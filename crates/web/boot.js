// Starts the program. `cargo xtask dist` puts the final file names and the checksum of the wasm in here.
// Kept as plain as possible: when anything goes wrong, this is what is left to say so.

const trouble = document.getElementById('trouble');

/** Shows one of the prepared messages. `what`: the value of its data-when attribute. */
function show(what) {
  document.querySelector('dialog[open]')?.close();
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

// The dialogs are a program of their own (crates/web-import), fetched when one is first wanted: by its button, or the
// import by files that are dropped anywhere.
let dialogs;
let attempts = 0;
let dropped = [];

// Called by the program with the link to what is shown. `done` gets the link to what is wanted in its place, or nothing
// if the dialog cannot be loaded.
globalThis.openImport = (link, done) => openDialog('import', link, done);
globalThis.openSaved = (link, done) => openDialog('saved', link, done);

/** Opens a dialog by the id of its button. */
async function openDialog(id, link, done) {
  const files = dropped;
  dropped = [];
  const button = document.getElementById(id);
  button.ariaBusy = true;
  try {
    await (await (dialogs ??= load())).open(id, link, done, files);
  } catch {
    done();
  }
  button.ariaBusy = null;
}

async function load() {
  // Browsers remember that a module could not be loaded: another attempt needs another address.
  const href = './import.js' + '?'.repeat(attempts++);
  try {
    // Checked ahead: `import` itself takes no integrity, and gets the very module that was checked here.
    await new Promise((onload, onerror) => {
      const link = document.createElement('link');
      document.head.append(Object.assign(link, { rel: 'modulepreload', integrity: 'integrity:import.js', href, onload, onerror }));
    });
    return await import(href);
  } catch (error) {
    dialogs = undefined;
    throw error;
  }
}

addEventListener('dragover', takeFiles);
addEventListener('drop', takeFiles);

function takeFiles(event) {
  const { types, files } = event.dataTransfer;
  if (!types.includes('Files')) return;
  event.preventDefault();
  if (event.type === 'drop') {
    dropped = [...files];
    document.getElementById('import').click();
  }
}
