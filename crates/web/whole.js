// The beginning of multicluster.html, where everything is in one file: what is fetched elsewhere is unpacked here, and what
// is loaded when it is wanted is there already. `cargo xtask dist` puts the programs in, by their names.

globalThis.whole = {
  import: () => import('./import.js'),
  more: () => import('./more.js'),
};

globalThis.fetch = async (address) => {
  const packed = document.getElementById(address.slice('./'.length)).textContent;
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked, { headers: { 'content-type': 'application/wasm' } });
};

await import('./boot.js');
