// Keeps the page for when there is no network: all of a release, or nothing of it. `cargo xtask dist` writes the names of all
// files in here, and a name for the release made of them.

/** The checksums of all files, by address. */
const FILES = 'checksums:all';
/** What is kept for this page begins so: other pages of the same site keep things beside it. */
const OURS = `multicluster ${registration.scope} `;
const RELEASE = `${OURS}${'checksum:all'}`;
/** What other releases name may still be wanted by a tab that is open: names by content. */
const BY_CONTENT = /-[0-9a-f]{16}\.\w+$/;
const PAGE = './';
const ignoreVary = true;

addEventListener('install', (event) => event.waitUntil(install()));

/** Keeps all files, the page last: where it is, everything is. */
async function install() {
  const cache = await caches.open(RELEASE);
  if (await cache.match(PAGE)) return;
  const { [PAGE]: page, ...others } = FILES;
  try {
    await Promise.all(Object.entries(others).map((file) => keep(cache, ...file)));
    await keep(cache, PAGE, page);
  } catch (error) {
    await caches.delete(RELEASE);
    throw error;
  }
}

async function keep(cache, address, integrity) {
  // A server may still give the file of another release: then this one is not installed now.
  const response = await fetch(address, { integrity, cache: BY_CONTENT.test(address) ? 'default' : 'no-cache' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  // As a new response: browsers refuse a page that was redirected before it was kept.
  const { status, headers } = response;
  await cache.put(address, new Response(response.body, { status, headers }));
}

// The first visit is kept too, and works without network from then on.
addEventListener('activate', (event) => event.waitUntil(Promise.all([clients.claim(), tidy(ours)])));

const ours = (names) => names.filter((name) => name.startsWith(OURS) && name !== RELEASE);
// Browsers list in the order of time. What came later may be a release that waits.
const older = (names) => ours(names.slice(0, names.indexOf(RELEASE)));

/** Deletes releases, unless a tab may still show one. */
async function tidy(which) {
  const windows = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.filter(({ url }) => url.startsWith(registration.scope)).length > 1) return;
  await Promise.all(which(await caches.keys()).map((name) => caches.delete(name)));
}

// Only what is ours: other addresses, other sites, and whatever is sent go their way as if this were not here.
addEventListener('fetch', (event) => {
  const { request } = event;
  const [place] = request.url.split(/[?#]/);
  if (request.method !== 'GET' || !place.startsWith(registration.scope)) return;
  const address = `./${place.slice(registration.scope.length).replace(/^index\.html$/, '')}`;
  if (!(address in FILES) && !BY_CONTENT.test(address)) return;
  event.respondWith(answer(address, request));
  if (request.mode === 'navigate') event.waitUntil(tidy(older));
});

async function answer(address, request) {
  try {
    return (await whole(address)) ?? (await repaired(address)) ?? (await ofAnother(address)) ?? (await fetch(request));
  } catch {
    // Browsers lose what is kept, or cannot read it any more. Then the page is as without this.
    return fetch(request);
  }
}

/** What is kept at this address, if it is still what was kept: disks fail, and others can write there. */
async function whole(address) {
  const kept = await caches.match(address, { cacheName: RELEASE, ignoreVary });
  if (!kept) return undefined;
  const hash = await crypto.subtle.digest('SHA-384', await kept.clone().arrayBuffer());
  return FILES[address] === `sha384-${btoa(String.fromCharCode(...new Uint8Array(hash)))}` ? kept : undefined;
}

/** The file from the network, and kept again; nothing if that has another one, or none. */
async function repaired(address) {
  if (!FILES[address]) return undefined;
  try {
    await keep(await caches.open(RELEASE), address, FILES[address]);
    return await whole(address);
  } catch {
    return undefined;
  }
}

/** What another release kept. Who asks for it knows its checksum. */
function ofAnother(address) {
  return BY_CONTENT.test(address) ? caches.match(address, { ignoreVary }) : undefined;
}

// The page asks which release this is, or wants it now (offline.js).
addEventListener('message', ({ data, ports: [port] }) => {
  if (port) port.postMessage(RELEASE);
  else if (data === 'take over') skipWaiting();
});
