// Starts the program. `cargo xtask dist` puts the final file names and the checksum of the wasm in here.
// Kept as plain as possible: when anything goes wrong, this is what is left to say so.

const trouble = document.getElementById('trouble');

/** Shows one of the prepared messages. `what`: the value of its data-when attribute. */
function show(what) {
  if (!trouble) {
    document.body.textContent = 'This page was cut on its way. Reload it.';
    return;
  }
  document.querySelector('dialog[open]')?.close();
  for (const message of trouble.children) message.hidden = message.dataset.when !== what;
  // Where the style is missing, nothing else brings it into sight.
  document.body.prepend(trouble);
  trouble.className = 'shown';
}

// The program is built without unwinding: an error in it is a bare trap, after which it cannot go on. What was shown before
// is still in its memory, and may not be kept yet.
function stopped(event) {
  if (!((event.error ?? event.reason) instanceof WebAssembly.RuntimeError)) return false;
  keepShown();
  show('stopped');
  // Once more in the end: what the program itself keeps then may be what it could not show.
  addEventListener('pagehide', keepShown);
  return true;
}
addEventListener('error', stopped);
addEventListener('unhandledrejection', stopped);

/** Keeps what is shown and what was typed into dialogs (crates/web-dom/src/typed.rs), wherever the browser lets it be kept. */
function keepShown() {
  const fields = [...document.querySelectorAll('dialog :is(textarea, [type=text])')];
  for (const keep of [
    (link) => history.replaceState(null, '', `#${link}`),
    (link) => sessionStorage.setItem('multicluster-builder/left', link),
    (link) => localStorage.setItem('multicluster-builder/1', link),
    () => sessionStorage.setItem('multicluster-builder/typed', JSON.stringify(fields.map(({ id, value }) => [id, value]))),
  ]) {
    try {
      keep(multicluster.link());
    } catch {
      // The browser keeps nothing there, or memory is not what it was: the address has all but the last moment.
    }
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
// What was chosen in the first sight.
let bringBack;

// What the program finds here. What another program does is nothing until that one is there.
globalThis.multicluster = {
  // Of crates/web-more: a script or text, what helps with problems, the names of files that differ between two drafts, the
  // archive, how a cluster that was removed is taken out.
  write() {},
  help() {},
  changed() {},
  zip() {},
  takeOut() {},
  // Of crates/web-import: follows the draft that is shown; how many files it has beside those of the draft, and which.
  follow() {},
  beside: () => 0,
  change: () => [],

  /** Loads a program; `done` gets whether it is there. */
  load: (name, done) =>
    soon(load(name).then((program) => program.start())).then(() => done(true), (error) => stopped({ error }) || done(false)),

  /**
   * Opens the dialog of a button. `link` leads to what is shown; `done` gets the link to what is wanted in its place, or
   * nothing if the dialog cannot be loaded. `problem`: the place of the one whose field is wanted, if it is in there.
   */
  async open(id, link, done, problem) {
    const files = dropped;
    dropped = [];
    const button = document.getElementById(id);
    button.ariaBusy = true;
    try {
      await soon(load(id === 'tools' ? 'more' : 'import').then((program) => program.open(id, link, done, files, problem)));
    } catch (error) {
      stopped({ error }) || done();
    }
    button.ariaBusy = null;
  },

  pressed: () => pressed,

  /** The program is about to take the place of the first sight. */
  takeOver() {
    bringBack = chosen();
  },

  /**
   * Puts a text on the clipboard. `done` gets whether that worked; if it did not, the element with the id `shown` is selected.
   */
  async copy(text, done, shown) {
    let copied = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Refused, or absent where the page was not loaded securely. The old way needs a text that is selected in the page.
      const active = document.activeElement;
      const area = Object.assign(document.createElement('textarea'), { className: 'visually-hidden', value: text });
      (document.querySelector('dialog[open]') ?? document.body).append(area);
      area.select();
      copied = document.execCommand('copy');
      area.remove();
      active.focus();
      if (!copied && shown) getSelection().selectAllChildren(document.getElementById(shown));
    }
    done(copied);
  },

  /** Saves a file; throws if the browser refuses. */
  save(name, type, content) {
    const href = URL.createObjectURL(new Blob([content], { type }));
    Object.assign(document.createElement('a'), { href, download: name }).click();
    // The browser reads the file after this; a minute is enough for it.
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  },

  /** Loads a style sheet. */
  style: (href, integrity) => whole ?? linked({ rel: 'stylesheet', integrity, href }),
};

try {
  // Browsers leave out what was altered of the page itself, or was cut, without a word.
  if (!(trouble && globalThis.early && [...document.querySelectorAll('style')].every(({ sheet }) => sheet))) throw Error('altered');
  // `integrity` on fetch is enforced, also where a preload already brought the file.
  const wasm = fetch('./multicluster-web_bg.wasm', { integrity: 'integrity:multicluster-web_bg.wasm' });
  const { default: init, link, prepare, start } = await import('./multicluster-web.js');
  await init({ module_or_path: wasm });
  // Each step for itself: a slow phone is busy with all of them together for so long that a touch waits for it.
  await pause();
  prepare();
  await pause();
  start();
  // The program shows its page at the end of this turn.
  await null;
  bringBack();
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

/**
 * Remembers what has the keyboard, how far the file is scrolled and what is selected in the first sight. The function brings
 * that back in what the program put in its place: the same elements with the same texts.
 */
function chosen() {
  const app = document.getElementById('app');
  const all = () => [...app.querySelectorAll('*')];
  const file = () => document.getElementById('file') ?? app;
  const active = all().indexOf(document.activeElement);
  const { scrollTop } = file();
  const selection = getSelection();
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
  // In characters: how texts are cut into nodes differs.
  const place = (node, offset) => {
    const before = new Range();
    before.selectNodeContents(app);
    before.setEnd(node, offset);
    return String(before).length;
  };
  const node = (characters) => {
    const texts = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
    let text;
    while ((text = texts.nextNode()) && characters > text.length) characters -= text.length;
    return text ? [text, characters] : [app, 0];
  };
  const ends = app.contains(anchorNode) && [place(anchorNode, anchorOffset), place(focusNode, focusOffset)];
  return () => {
    all()[active]?.focus({ preventScroll: true });
    // Where that is needed: the browser would have to lay out everything for it at once.
    if (scrollTop) file().scrollTop = scrollTop;
    if (ends) selection.setBaseAndExtent(...node(ends[0]), ...node(ends[1]));
  };
}

/** Lets the browser do what else waits. */
function pause() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** Fails if this takes long: who waits is told, and what comes later is there for the next time. */
function soon(promise) {
  return Promise.race([promise, new Promise((_, reject) => setTimeout(reject, 20_000))]);
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
