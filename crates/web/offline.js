// Keeps the page for when there is no network (sw.js), and asks before a new release takes its place. Loaded when the program
// runs and nothing else is to be done.

const { serviceWorker } = navigator;
let hadOne = Boolean(serviceWorker.controller);
let bar;
let isWanted = false;

/** Starts; nothing else depends on it, and a browser may refuse it. */
export async function start() {
  const registration = await serviceWorker.register(script(), { updateViaCache: 'none' });
  const offerWaiting = async () => {
    const { waiting } = registration;
    // The same release again, after another one was there in between, is nothing new.
    if (waiting && serviceWorker.controller && (await release(waiting)) !== (await release(serviceWorker.controller))) {
      // Whichever waits by then; if none does any more, a tab that is gone wanted it.
      offer(() => (registration.waiting ? registration.waiting.postMessage('take over') : location.reload()));
    }
  };
  registration.addEventListener('updatefound', () => {
    registration.installing.addEventListener('statechange', offerWaiting);
  });
  serviceWorker.addEventListener('controllerchange', () => {
    if (isWanted) location.reload();
    // Another tab wanted it. This one goes on with what it has until it is asked to.
    else if (hadOne) offer(() => location.reload());
    hadOne = true;
  });
  await offerWaiting();
}

/** The only address that the page's policy lets a script be taken from by its text. */
function script() {
  const createScriptURL = () => './sw.js';
  return globalThis.trustedTypes?.createPolicy('multicluster', { createScriptURL }).createScriptURL('') ?? createScriptURL();
}

function release(worker) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage('release', [port2]);
  });
}

/** Shows that there is a new release. */
function offer(take) {
  bar?.remove();
  bar = make('div', { id: 'update', className: 'notice' });
  const text = make('p', { role: 'status' });
  const later = make('button', { type: 'button', className: 'quiet', textContent: 'Later', onclick: () => bar.remove() });
  const reload = make('button', { type: 'button', className: 'button', textContent: 'Reload' });
  reload.onclick = () => {
    isWanted = true;
    // Chromium lets a release wait, for good at times, while the one before it brings a file. None is needed any more.
    stop();
    take();
  };
  const actions = make('div', { className: 'actions' });
  actions.append(reload, later);
  bar.append(text, actions);
  document.body.append(bar);
  // Changed after it is there, so that it is read out.
  text.textContent = 'A new version of this page is ready.';
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
