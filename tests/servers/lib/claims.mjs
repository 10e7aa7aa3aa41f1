// What we say that servers do when they are given what we refuse: each case is forced past our checks.
//
// What a server prints is never written here: core says it, for the release, and the server is held to it.

import { problems } from "./core.mjs";

const BEFORE_1_14 = ["1.13.0"];
const SINCE_1_14 = ["1.14.1", "1.32.1"];
const EVERY = [...BEFORE_1_14, ...SINCE_1_14];

// Where a value of the topology stands in the configuration file.
const KEYS = {
  increment: (value) => [/(failoverVersionIncrement: ).*/, `$1${value}`],
  initialVersion: (value) => [/(initialFailoverVersion: ).*(?![^]*initialFailoverVersion)/, `$1${value}`],
  rpcAddress: (value) => [/(rpcAddress: ).*(?![^]*rpcAddress)/, `$1${JSON.stringify(value)}`],
  redirection: (value) => [/$/, `dcRedirectionPolicy:\n  policy: ${JSON.stringify(value)}\n`],
  name: (value, { name }) => [new RegExp(JSON.stringify(name), "g"), JSON.stringify(value)],
};

/** The same again. */
const SAME = Symbol("the same");
const FOR_EVER = { "1.14.1": SAME, "1.32.1": SAME };

/**
 * Files that a server is started on. In the last cluster of the topology, `field` is set to `value`, in the page's form
 * and, as the form would refuse it, by hand in the file.
 *
 * - `damages`: for a release, what it prints when it is then started on the right file, and does not start any more,
 *   because its database has kept what was wrong. Where no release is named, it starts.
 * - `boots`: no server looks at it; `initialVersion` is what it reads then.
 * - `says`: what it prints where core only says that it refuses.
 * - `readAs`: of what other value it prints what core says of that.
 * - `pair`: the file lists two clusters.
 * - `on`: the releases; all, unless it says otherwise.
 */
export const FILES = [
  ...["0", "-1", "100", "101"].map((value) => ({
    code: "initial-version-out-of-range",
    field: "initialVersion",
    value,
    damages: FOR_EVER,
  })),
  { code: "initial-version-missing", field: "initialVersion", value: "", damages: FOR_EVER },
  {
    code: "initial-version-not-a-number",
    field: "initialVersion",
    value: "one",
    says: "cannot unmarshal !!str `one` into int64",
  },
  ...Object.entries({ 1.5: 1, "010": 8 }).map(([value, initialVersion]) => ({
    code: "initial-version-not-a-number",
    field: "initialVersion",
    value,
    boots: true,
    initialVersion,
  })),
  ...["0", "-100"].map((value) => ({
    code: "increment-out-of-range",
    field: "increment",
    value,
    damages: FOR_EVER,
  })),
  { code: "increment-out-of-range", field: "increment", value: "", readAs: "0", damages: FOR_EVER },
  { code: "increment-out-of-range", field: "increment", value: "3000000000", damages: FOR_EVER, on: ["1.32.1"] },
  { code: "increment-out-of-range", field: "increment", value: "3000000000", boots: true, on: ["1.13.0", "1.14.1"] },
  { code: "address-missing", field: "rpcAddress", value: "", damages: { "1.14.1": SAME } },
  {
    code: "name-missing",
    field: "name",
    value: "",
    damages: {
      "1.13.0": "Current cluster name is empty",
      "1.14.1": "SaveClusterMetadata encountered version mismatch",
      "1.32.1": "cluster name must not be empty",
    },
  },
  { code: "name-missing", field: "name", value: "", pair: true, damages: { "1.13.0": SAME }, on: BEFORE_1_14 },
  {
    code: "name-too-long",
    field: "name",
    value: "x".repeat(256),
    says: "value too long for type character varying(255)",
    damages: { "1.14.1": SAME },
    on: ["1.14.1"],
  },
  { code: "name-surrounding-space", field: "name", value: "clusterA ", boots: true },
  { code: "name-unusable-character", field: "name", value: "cluster\u200BA", boots: true },
  { code: "name-duplicate", field: "name", value: "clusterA", pair: true, boots: true, on: BEFORE_1_14 },
  { code: "initial-version-duplicate", field: "initialVersion", value: "1", pair: true, on: BEFORE_1_14 },
  { code: "redirection-unknown", field: "redirection", value: "all-apis-forwarding", on: ["1.13.0", "1.14.1"] },
];

/**
 * Connections that a server is asked for: from `clusterA` to `clusterB`, in which `field` is set to `value`.
 *
 * - `ends`: since 1.16, the process of the server that is asked ends.
 */
export const CONNECTIONS = [
  { code: "name-duplicate", field: "name", value: () => "clusterA" },
  { code: "initial-version-duplicate", field: "initialVersion", value: () => "1" },
  { code: "shards-not-equal", field: "shards", value: () => "8", on: ["1.14.1"] },
  { code: "shards-not-multiples", field: "shards", value: () => "6", on: ["1.32.1"] },
  { code: "address-duplicate", field: "rpcAddress", value: ({ clusters }) => clusters[0].rpcAddress },
  ...Object.entries({
    "address-port-missing": ["localhost", "[::1]"],
    "address-scheme": ["http://localhost:8233"],
    "address-ipv6-brackets": ["::1", "2001:db8::7:7233"],
    "address-not-splittable": ["a:b:7233", "[::1:7233"],
  }).flatMap(([code, values]) =>
    values.map((value) => ({ code, field: "rpcAddress", value: () => value, ends: true })),
  ),
  // Before 1.16 gRPC takes them for its own.
  ...["dns", "passthrough"].map((scheme) => ({
    code: "address-scheme",
    field: "rpcAddress",
    value: () => `${scheme}:///localhost:8233`,
    ends: true,
    on: ["1.32.1"],
  })),
];

/** The cases for a release. */
export const casesFor = (table, release) => table.filter(({ on = EVERY }) => on.includes(release));

/** What a release prints, on the right file, once it was started on the wrong one; nothing if it starts. */
export function damageOf({ damages = {} }, release, said) {
  return damages[release] === SAME ? said : damages[release];
}

/** The topology with the wrong value in its last cluster. */
export function withWrong(topology, field, value) {
  if (field === "increment" || field === "redirection") return { ...topology, [field]: value };
  const clusters = [...topology.clusters];
  clusters.push({ ...clusters.pop(), [field]: value });
  return { ...topology, clusters };
}

/** The right file with the wrong value put in. */
export function putInto(text, topology, field, value) {
  const [place, wrong] = KEYS[field](value, topology.clusters.at(-1));
  const put = text.replace(place, wrong);
  if (put === text) throw new Error(`there is no ${field} in\n${text}`);
  return put;
}

/** The error of this code that core finds in a topology. */
export async function claim(topology, code) {
  const found = await problems(topology);
  const claimed = found.find((problem) => problem.code === code);
  if (!claimed) throw new Error(`core finds no ${code}, but ${found.map((problem) => problem.code)}`);
  return claimed;
}

/** Whether a server printed a message; `…` stands for the middle of a line. Some lines are JSON, with its quoting. */
export function isSaid(message, printed) {
  const escape = (text) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pattern = new RegExp(message.split(/ ?… ?/).map(escape).join(".*"));
  return pattern.test(printed) || pattern.test(printed.replaceAll('\\"', '"'));
}
