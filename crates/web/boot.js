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

// The program is built without unwinding: an error in it is a bare trap, after which it cannot go on. What was shown before
// is still in its memory, and may not be kept yet.
function stopped(event) {
  if (!((event.error ?? event.reason) instanceof WebAssembly.RuntimeError)) return;
  show('stopped');
  keepShown();
  // Once more in the end: what the program itself keeps then may be what it could not show.
  addEventListener('pagehide', keepShown);
}
addEventListener('error', stopped);
addEventListener('unhandledrejection', stopped);

function keepShown() {
  try {
    const link = multicluster.link();
    localStorage.setItem('multicluster-builder/1', link);
    sessionStorage.setItem('multicluster-builder/left', link);
  } catch {
    // The browser keeps nothing, or memory is not what it was: the address has all but the last moment.
  }
}

// In multicluster.html everything is there already (whole.js).
const { whole } = globalThis;

// Programs of their own, loaded when they are first wanted: address, checksum, and how often that was tried.
const places = {
  import: ['./import.js', 'integrity:import.js', 0],
  more: ['./more.js', 'integrity:more.js', 0],
  offline: ['./offline.js', 'integrity:offline.js', 0],
};
const programs = {};
// Files that were dropped on the page, and what was pressed first.
let dropped = [];
let pressed;

// What the program finds here. What another program does is nothing until that one is there.
globalThis.multicluster = {
  // Of crates/web-more: a script or text, what helps with problems, the names of files that differ between two drafts, the
  // archive.
  write() {},
  help() {},
  changed() {},
  zip() {},
  // Of crates/web-import: follows the draft that is shown.
  follow() {},

  /** Loads a program; `done` gets whether it is there. */
  load: (name, done) => load(name).then((program) => program.start()).then(() => done(true), () => done(false)),

  /**
   * Opens the dialog of a button. `link` leads to what is shown; `done` gets the link to what is wanted in its place, or
   * nothing if the dialog cannot be loaded.
   */
  async open(id, link, done) {
    const files = dropped;
    dropped = [];
    const button = document.getElementById(id);
    button.ariaBusy = true;
    try {
      await (await load(id === 'tools' ? 'more' : 'import')).open(id, link, done, files);
    } catch {
      done();
    }
    button.ariaBusy = null;
  },

  pressed: () => pressed,

  /** Loads a style sheet. */
  style: (href, integrity) => whole ?? linked({ rel: 'stylesheet', integrity, href }),
};

try {
  // `integrity` on fetch is enforced, also where a preload already brought the file.
  const wasm = fetch('./multicluster-web_bg.wasm', { integrity: 'integrity:multicluster-web_bg.wasm' });
  const { default: init, link } = await import('./multicluster-web.js');
  await init({ module_or_path: wasm });
  multicluster.link = link;
  trouble.remove();
  delete document.documentElement.dataset.waiting;
  // What keeps the page for when there is no network can wait.
  if (navigator.serviceWorker && !whole) (globalThis.requestIdleCallback ?? setTimeout)(() => multicluster.load('offline', () => {}));
  dispatchEvent(new CustomEvent('TrunkApplicationStarted'));
} catch (error) {
  show(error instanceof WebAssembly.RuntimeError ? 'stopped' : 'load');
  throw error;
}

function load(name) {
  return (programs[name] ??= (whole ? whole[name]() : checked(places[name])).catch((error) => {
    programs[name] = undefined;
    throw error;
  }));
}

async function checked(place) {
  // Browsers remember that a module could not be loaded: another attempt needs another address.
  const href = place[0] + '?'.repeat(place[2]++);
  // Checked ahead: `import` itself takes no integrity, and gets the very module that was checked here.
  await linked({ rel: 'modulepreload', integrity: place[1], href });
  return import(href);
}

function linked(attributes) {
  return new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement('link'), { ...attributes, onload, onerror }));
  });
}

// Whoever does something will want scripts and explanations.
for (const kind of ['pointerdown', 'pointerover', 'keydown', 'focusin']) {
  addEventListener(kind, function early({ target }) {
    if (kind === 'pointerover' && !target.closest('.output')) return;
    removeEventListener(kind, early);
    if (kind === 'pointerdown') pressed = target;
    multicluster.load('more', () => {});
  });
}

// Files that are dropped anywhere are imported.
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
