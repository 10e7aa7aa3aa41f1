// What leaves the page, for a topology: its archive, downloaded in a browser and unpacked.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { Builder } from "../../browser/builder.mjs";
import { dist, launch, serve } from "../../browser/harness.mjs";
import { run } from "./processes.mjs";

const ARCHIVE = "multicluster.zip";

/**
 * Exports a topology into a folder, and returns every file: its name and its text.
 *
 * @param {object} topology as `Lab.topology` makes it
 * @param {string} folder where the archive is unpacked
 * @param {"link" | "form"} by how the page is told of it
 */
export async function exportTopology(topology, folder, by = "link") {
  const site = await serve(dist);
  const browser = await launch();
  try {
    const page = await browser.newPage();
    const builder = new Builder(page);
    if (by === "form") {
      await page.goto(site.address);
      await fillIn(builder, topology);
    } else {
      await page.goto(`${site.address}#${toLink(topology)}`);
    }
    const names = topology.clusters.map(({ name }) => name);
    await builder.cluster(names.at(-1)).waitFor();
    const coming = page.waitForEvent("download");
    await builder.button("Download all").click();
    const download = await coming;
    if (download.suggestedFilename() !== ARCHIVE) throw new Error(`what came is ${download.suggestedFilename()}`);
    await download.saveAs(join(folder, ARCHIVE));
  } finally {
    await browser.close();
    await site.close();
  }
  (await run("unzip", ["-o", "-q", ARCHIVE], { cwd: folder })).succeeds();
  const files = new Map();
  for (const name of (await readdir(folder)).filter((name) => name !== ARCHIVE)) {
    files.set(name, await readFile(join(folder, name), "utf8"));
  }
  return files;
}

/** A topology as the page's link holds it; the format is in crates/core/src/link.rs. */
export function toLink({ server, tool, increment, master, redirection, tls = {}, clusters }) {
  const encode = (value = "") => encodeURIComponent(value).replaceAll("%3A", ":");
  const list = (...values) => values.map(encode).join(",");
  const running = ({ name, initialVersion, increment, shards }) =>
    `&running=${list(name, initialVersion, increment, shards)}`;
  const cluster = (cluster) => {
    const { name, rpcAddress, initialVersion, adminAddress, shards, httpAddress } = cluster;
    const drafted = `&cluster=${list(name, rpcAddress, initialVersion, adminAddress, shards)}`;
    const { tlsServerName, addressFrom = {} } = cluster;
    const placeOf = (wanted) => clusters.findIndex(({ name }) => name === wanted) + 1;
    const optional = [
      httpAddress ? `&http=${encode(httpAddress)}` : "",
      tlsServerName ? `&name=${encode(tlsServerName)}` : "",
      ...Object.entries(addressFrom).map(([by, address]) => `&from=${placeOf(by)},${encode(address)}`),
    ].join("");
    return drafted + optional + (cluster.running ? running(cluster.running) : "");
  };
  // A page reads every version; the newest one can say everything.
  const version = 3;
  const chosen = master === undefined ? "" : `&master=${master}`;
  const forwarded = redirection ? `&redirection=${redirection}` : "";
  // `{ tls: "on", tlsCaFile: … }`, by the keys of the link.
  const settings = Object.entries(tls).map(([key, value]) => `&${key}=${encode(value)}`).join("");
  const shared = `v=${version}&server=${server}&tool=${tool}&increment=${increment}${chosen}${forwarded}${settings}`;
  return shared + clusters.map(cluster).join("");
}

// Into the page as it opens, with its two clusters, as somebody does who has read nothing.
async function fillIn(builder, { server, tool, increment, clusters }) {
  await builder.serverVersion().selectOption(server);
  await builder.tool(tool).check({ force: true });
  await builder.textbox("Failover version increment").fill(increment);
  for (const [i, cluster] of clusters.entries()) {
    const names = await builder.clusterNames();
    if (i >= names.length) await builder.button("Add cluster").click();
    const shown = names[i] ?? (await builder.clusterNames())[i];
    await builder.field(shown, "Cluster name").fill(cluster.name);
    await builder.cluster(cluster.name).waitFor();
    await builder.field(cluster.name, "RPC address").fill(cluster.rpcAddress);
    await builder.field(cluster.name, "Initial failover version").fill(cluster.initialVersion);
    const seldom = { "Admin address": cluster.adminAddress, "History shards": cluster.shards };
    if (!Object.values(seldom).some(Boolean)) continue;
    await builder.openDetails(cluster.name);
    for (const [field, value] of Object.entries(seldom)) {
      if (value) await builder.field(cluster.name, field).fill(value);
    }
  }
}
