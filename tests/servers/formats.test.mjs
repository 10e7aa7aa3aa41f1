// The other formats: whole server configurations, the lab of containers, and scripts that call the tool elsewhere.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { machines, renderFormat, standIn, WholeServer, withDatastores } from "./lib/formats.mjs";
import { allConnections, fullMesh } from "./lib/observe.mjs";
import { run } from "./lib/processes.mjs";
import { environmentWith } from "./lib/programs.mjs";
import { scenario } from "./lib/scenario.mjs";

/** A topology with a machine for each cluster; the second does not stand where Temporal is delivered. */
function topologyOn(lab, names, more = {}) {
  const [server, tool] = [lab.release === "1.32.1" ? "1.32" : "1.14.0", lab.toolName];
  const hosts = machines(names.length);
  const clusters = names.map((name, i) => ({
    name,
    rpcAddress: `${hosts[i]}:${7233 + i}`,
    initialVersion: String(i + 1),
    ...more,
  }));
  return { server, tool, increment: "100", clusters };
}

async function write(folder, name, text) {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

for (const [release, tool] of [["1.32.1", "temporal"], ["1.14.1", "tctl"]]) {
  scenario("servers start on whole configurations", { release, tool }, async (lab, step) => {
    const names = ["clusterA", "clusterB"];
    const topology = topologyOn(lab, names, { shards: "4" });
    let files;

    await step("the program writes them, and the scripts of the page", async () => {
      await lab.render(topology);
      files = await renderFormat(topology, "config", lab.home);
    });
    await step("a file in which no database was filled in ends the server with an error", async () => {
      const untouched = new WholeServer({ release, folder: lab.home, environment: "clusterA" });
      untouched.launch();
      const { status, output } = await untouched.end();
      assert.notEqual(status, 0);
      assert.match(output, /your-database\.invalid/);
    });
    await step("with their databases filled in, and nothing else changed, they serve", async () => {
      for (const { name, rpcAddress } of topology.clusters) {
        const datastores = await lab.datastores(lab.home);
        const text = withDatastores(files.get(`config/${name}.yaml`), datastores.sections);
        await write(lab.home, `config/${name}.yaml`, text);
        const options = { release, folder: lab.home, environment: name, address: rpcAddress, datastores };
        lab.adopt(name, new WholeServer(options));
      }
      for (const server of lab.servers.values()) await server.boot();
    });
    await step("connect.sh connects them", async () => {
      (await lab.script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    });
  });
}

scenario("the lab connects itself", { release: "1.32.1", tool: "temporal" }, async (lab, step) => {
  const names = ["clusterA", "us east"];
  const services = ["cluster-a", "us-east"];
  const hosts = machines(names.length);
  // As a person has them who has not thought about containers.
  const topology = topologyOn(lab, names);
  let files;
  let home;

  await step("the program writes it, with addresses between containers", async () => {
    await lab.render(topology);
    files = await renderFormat(topology, "compose", lab.home);
    home = join(lab.home, "compose");
    for (const service of services) assert.match(files.get("compose/connect.sh"), new RegExp(`"${service}:7233"`));
    for (const { rpcAddress } of topology.clusters) {
      const commands = files.get("compose/connect.sh") + files.get("compose/start.sh");
      assert.ok(!commands.includes(rpcAddress), `${rpcAddress} is of no use between containers`);
    }
    assert.match(files.get("compose/config/us-east.yaml"), /numHistoryShards: 4$/m);
  });
  await step("the servers start on its files, each container being an address of this machine", async () => {
    for (const [i, name] of names.entries()) {
      const datastores = await lab.datastores(lab.home);
      const environment = ["clusterA", "us-east"][i];
      const own = withDatastores(files.get(`compose/config/${environment}.yaml`), datastores.sections)
        .replaceAll(/"(0\.0\.0\.0|127\.0\.0\.1)"/g, `"${hosts[i]}"`)
        .replaceAll("127.0.0.1:7233", `${hosts[i]}:7233`);
      await write(home, `config/${environment}.yaml`, own);
      const address = `${hosts[i]}:7233`;
      lab.adopt(name, new WholeServer({ release: lab.release, folder: home, environment, address, datastores }));
    }
  });
  await step("start.sh waits for them and connects them", async () => {
    for (const name of ["start.sh", "connect.sh", "verify.sh"]) {
      const text = services.reduce(
        (text, service, i) => text.replaceAll(`"${service}:7233"`, `"${hosts[i]}:7233"`),
        files.get(`compose/${name}`),
      );
      await write(home, name, text);
    }
    const env = environmentWith(lab.tool, lab.folder);
    const connecting = run("sh", ["start.sh"], { cwd: home, env, seconds: 240 });
    await Promise.all([...lab.servers.values()].map((server) => server.boot()));
    (await connecting).succeeds(...hosts.map((host) => `${host}:7233 serves.`));
    const inside = topology.clusters.map((cluster, i) => ({ ...cluster, rpcAddress: `${hosts[i]}:7233` }));
    assert.deepEqual(await allConnections(lab), fullMesh({ ...topology, clusters: inside }, "on"));
    (await run("sh", ["verify.sh"], { cwd: home, env, seconds: 240 })).succeeds(/clusterA +us east .* works/);
  });
});

// Names that mean something to every shell that would read them again.
const NAMES = [`it's "A" $(id) \`id\` {b}`, "b; touch x & \\ *"];

const WAYS = {
  kubectl: {
    variables: { CONTEXT_2: "arn:aws:eks:eu-west-1:1:cluster/b", NAMESPACE_2: "temporal-b", DEPLOYMENT_2: "tools" },
    first: ["exec", "-n", "temporal", "deploy/temporal-admintools", "--"],
    second: ["--context=arn:aws:eks:eu-west-1:1:cluster/b", "exec", "-n", "temporal-b", "deploy/tools", "--"],
  },
  docker: {
    variables: { CONTAINER_2: "tools-b" },
    first: ["exec", "temporal-admin-tools"],
    second: ["exec", "tools-b"],
  },
};

for (const [format, { variables, first, second }] of Object.entries(WAYS)) {
  scenario(`scripts call the tool through ${format} exec`, { release: "1.32.1", tool: "temporal" }, async (lab, step) => {
    const topology = await lab.topology(NAMES);
    const addresses = topology.clusters.map(({ rpcAddress }) => rpcAddress);
    let surroundings;
    const script = (name, args = []) =>
      run("sh", [`${format}/${name}`, ...args], {
        cwd: lab.home,
        env: { ...surroundings.environment, ...variables },
        seconds: 240,
      });

    await step("the servers start", async () => {
      await lab.render(topology);
      await lab.boot();
      await renderFormat(topology, format, lab.home);
      surroundings = await standIn(format, lab.tool, lab.folder);
    });
    await step("connect.sh connects them", async () => {
      (await script("connect.sh")).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "on"));
    });
    await step("every call was made where the tool of that cluster is, and brought every argument as it is", async () => {
      const calls = await surroundings.calls();
      const named = new Set();
      for (const call of calls) {
        const address = call[call.indexOf("--address") + 1];
        const where = address === addresses[0] ? first : second;
        assert.ok(addresses.includes(address), `${call}`);
        assert.deepEqual(call.slice(0, where.length + 1), [...where, "temporal"]);
        const active = call.indexOf("--active-cluster");
        if (active > 0) named.add(call[active + 1]);
      }
      for (const name of NAMES) assert.ok(named.has(name), name);
    });
    await step("verify.sh, disable.sh and remove.sh do what they say", async () => {
      (await script("verify.sh")).succeeds(/ works$/m);
      (await script("disable.sh", ["-y"])).succeeds();
      assert.deepEqual(await allConnections(lab), fullMesh(topology, "off"));
      (await script("remove.sh", ["-y"])).succeeds();
      assert.deepEqual(await allConnections(lab), { [NAMES[0]]: {}, [NAMES[1]]: {} });
    });
  });
}
