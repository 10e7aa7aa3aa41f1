// Links as the page makes them.

/** The fragment for these clusters: lists of name, address, version, and what else there is. */
export function link({ server = "1.32", tool = "tctl", increment = "100", clusters }) {
  const shared = ["v=1", `server=${encode(server)}`, `tool=${tool}`, `increment=${encode(increment)}`];
  return [...shared, ...clusters.map((fields) => `cluster=${fields.map(encode).join(",")}`)].join("&");
}

/** The fragment as it is copied: with a check value, by which the page notices that it was cut or altered. */
export function sealed(fragment) {
  const content = fragment.slice("v=1".length);
  const step = (hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `v=4&check=${Buffer.from(content).reduce(step, 0x811c9dc5) % 1_000_000}${content}`;
}

/** As many clusters as wanted, all on one machine. */
export function manyClusters(count) {
  return Array.from({ length: count }, (_, at) => [`cluster${at + 1}`, `10.0.0.${at + 1}:7233`, `${at + 1}`]);
}

function encode(text) {
  const escape = (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  const isPlain = (byte) => /[A-Za-z0-9._~:-]/.test(String.fromCharCode(byte)) && byte < 128;
  return Array.from(Buffer.from(text), (byte) => (isPlain(byte) ? String.fromCharCode(byte) : escape(byte))).join("");
}
