// Runs before anything is shown, and as long as there is no program. Written into the page: it must not be waited for.

// An altered script in the page is not run by browsers, and nothing says so: boot.js asks for this.
globalThis.early = true;

try {
  // A reload takes the address as it was when the reload began. What was shown in the end is left here (platform.rs).
  const left = sessionStorage.getItem('multicluster-builder/left');
  if (left !== null && performance.getEntriesByType('navigation')[0]?.type === 'reload') {
    history.replaceState(null, '', `${location.pathname}${location.search}${left && '#'}${left}`);
  }
  // The page brings the first sight of somebody who is new. Who follows a link, or was here before, shall not see that for
  // a moment: style.css hides it until the program shows theirs (boot.js).
  if (location.hash.length > 1 || localStorage.getItem('multicluster-builder/1')) {
    document.documentElement.dataset.waiting = '';
  }
} catch {
  // The browser keeps nothing: then nothing was kept.
}

// As one file on a disk, the page has nothing beside it to lead to.
if (location.protocol === 'file:') document.documentElement.dataset.disk = '';

// A script that cannot be loaded, or was altered, cannot say so: style.css shows the message.
addEventListener('error', ({ target }) => {
  if (target.localName === 'script') document.documentElement.dataset.failed = '';
}, true);

// Of a page that is cut, Chromium runs no other script. What comes first of what is seen is the message for that (index.html).
setTimeout(() => {
  if (!document.body?.childElementCount) document.documentElement.append('This page was cut on its way. Reload it.');
}, 20_000);

// Copies the selected part of a file exactly as it is in the file: no line numbers, no breaks where a long line is wrapped,
// no colours.
addEventListener('copy', (event) => {
  if (!event.target.closest?.('.code')) return;
  event.clipboardData.setData('text/plain', String(getSelection().getRangeAt(0)));
  event.preventDefault();
});
