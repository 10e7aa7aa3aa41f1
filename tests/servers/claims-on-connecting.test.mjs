// Connections that we refuse, asked of real servers: each server does what we say of it, with the message we print.

import assert from "node:assert/strict";

import { casesFor, claim, CONNECTIONS, isSaid, putInto, withWrong } from "./lib/claims.mjs";
import { connections } from "./lib/observe.mjs";
import { run } from "./lib/processes.mjs";
import { environmentWith, program } from "./lib/programs.mjs";
import { scenario } from "./lib/scenario.mjs";
import { eventually } from "./lib/time.mjs";

const [a, b, c] = ["clusterA", "clusterB", "clusterC"];

/** The command that connects, in the words of each tool. */
const UPSERT = {
  tctl: (at, to) => ["--address", at, "admin", "cluster", "upsert-remote-cluster", "--frontend_address", to],
  temporal: (at, to) => [
    ...["operator", "cluster", "upsert", "--enable-connection"],
    ...["--address", at, "--frontend-address", to],
  ],
};
/** The same, where the release of the tool is not that of the lab. */
const upsertWith = (tool, version, at, to) => {
  const file = program(tool, version);
  return run(file, UPSERT[tool](at, to), { env: environmentWith(file, "/nonexistent") });
};

for (const [release, tool] of [
  ["1.32.1", "tctl"],
  ["1.32.1", "temporal"],
  ["1.14.1", "tctl"],
]) {
  scenario("connections that are refused", { release, tool }, async (lab, step) => {
    const topology = await lab.topology([a, b]);
    topology.clusters[0].shards = "4";

    await step("clusterA starts", async () => {
      await lab.render(topology);
      await lab.boot([a]);
    });
    for (const given of casesFor(CONNECTIONS, release)) {
      const value = given.value(topology);
      await step(`${given.code}: ${given.field} is ${value}`, () => tryToConnect(lab, topology, given, value), {
        alone: true,
      });
    }
  });
}

async function tryToConnect(lab, topology, { code, field, ends }, value) {
  const wrong = withWrong(topology, field, value);
  const claimed = await claim(wrong, code);
  assert.equal(claimed.severity, "error");
  const other = field === "rpcAddress" ? undefined : await startWrong(lab, topology, field, value);
  const asked = lab.at(a);
  const said = await lab.call(...UPSERT[lab.toolName](asked.address, wrong.clusters.at(-1).rpcAddress));
  said.fails();
  if (ends && lab.release !== "1.14.1") {
    const { status, output } = await asked.end();
    assert.notEqual(status, 0);
    assert.ok(isSaid(claimed.server, output), `it did not say: ${claimed.server}\n${await asked.lastLines()}`);
    await asked.startAgain();
  } else {
    assert.ok(isSaid(claimed.server, said.output), `it did not say: ${claimed.server}\n${said}`);
  }
  assert.ok(asked.isRunning);
  assert.deepEqual(await connections(lab, a), {});
  await other?.stop();
}

/** Starts the other cluster with a wrong value. */
async function startWrong(lab, topology, field, value) {
  const [file, right] = lab.configOf(b);
  const shards = field === "shards" ? Number(value) : 4;
  const other = await lab.server(topology.clusters.at(-1), { shards });
  await other.boot(file, field === "shards" ? right : putInto(right, topology, field, value));
  return other;
}

scenario("connections that come to nothing", { release: "1.32.1", tool: "tctl" }, async (lab, step) => {
  const topology = await lab.topology([a, b]);
  const to = (address) => lab.call(...UPSERT.tctl(lab.at(a).address, address));
  const port = (cluster) => cluster.rpcAddress.split(":")[1];
  const [own, other] = topology.clusters;

  await step("both start", async () => {
    await lab.render(topology);
    await lab.boot();
  });
  for (const [code, address] of [
    ["address-port-invalid", "127.0.0.1:72333"],
    ["address-port-invalid", "127.0.0.1:0"],
    ["address-host-invalid", "cluster..invalid:7233"],
    ["address-stray-character", `127.0.0.1 :${port(other)}`],
  ]) {
    await step(`${code}: ${address} is dialled as it is, and nobody found`, async () => {
      const claimed = await claim(withWrong(topology, "rpcAddress", address), code);
      assert.equal(claimed.server, undefined);
      (await to(address)).fails("Unavailable");
      assert.ok(lab.at(a).isRunning);
      assert.deepEqual(await connections(lab, a), {});
    });
  }
  await step("address-host-missing: the server dials its own machine, and finds itself", async () => {
    await claim(withWrong(topology, "rpcAddress", `:${port(own)}`), "address-host-missing");
    const itself = await claim(withWrong(topology, "rpcAddress", own.rpcAddress), "address-duplicate");
    (await to(`:${port(own)}`)).fails(itself.server);
    assert.deepEqual(await connections(lab, a), {});
  });
  await step("address-host-missing: or who else is there, without a word", async () => {
    (await to(`:${port(other)}`)).succeeds();
    assert.deepEqual(await connections(lab, a), { [b]: `on :${port(other)}` });
  });
});

scenario("two clusters with one number", { release: "1.32.1", tool: "tctl" }, async (lab, step) => {
  const topology = await lab.topology([a, b, c]);
  const cluster = (...args) => lab.call("--address", lab.at(a).address, "admin", "cluster", ...args);
  const connect = (name) => cluster("upsert-remote-cluster", "--frontend_address", lab.at(name).address);
  const register = () => {
    const orders = ["--address", lab.at(a).address, "--ns", "orders", "namespace", "register", "--gd", "true"];
    return lab.call(...orders, "--active_cluster", a, "--clusters", a, b);
  };

  await step("all start, the third with the number of the second", async () => {
    await lab.render(topology);
    // Long enough for two commands.
    await lab.boot([a], { refreshSeconds: 15 });
    await lab.boot([b]);
    const third = await lab.server(topology.clusters.at(-1));
    const [file, right] = lab.configOf(c);
    await third.boot(file, putInto(right, topology, "initialVersion", "2"));
  });
  await step("initial-version-duplicate: both are taken, if they come together", async () => {
    const bothAreTaken = async () => {
      (await connect(b)).succeeds();
      if ((await connect(c)).status === 0) return true;
      // The first was read in between.
      (await cluster("remove-remote-cluster", "--cluster", b)).succeeds();
      return false;
    };
    await eventually("both are taken", bothAreTaken, { seconds: 180 });
  });
  await step("then nothing is read any more, and neither is of use", async () => {
    const refusal = "rejecting cluster metadata refresh: duplicate InitialFailoverVersion 2";
    const isRefused = async () => isSaid(refusal, await lab.at(a).log());
    await eventually("the connections are refused as a whole", isRefused, { seconds: 180 });
    (await register()).fails("Invalid cluster name: clusterB");
  });
  await step("until one of them is removed", async () => {
    (await cluster("remove-remote-cluster", "--cluster", c)).succeeds();
    await eventually("clusterB is of use", async () => (await register()).succeeds(), { seconds: 180 });
  });
});

scenario("tools, schemes and restarts of 1.14", { release: "1.14.1", tool: "tctl" }, async (lab, step) => {
  const topology = await lab.topology([a, b]);
  await step("both start", async () => {
    await lab.render(topology);
    await lab.boot();
  });
  await step("tool-too-new-for-server: the temporal tool does not connect", async () => {
    const { server } = await claim({ ...topology, tool: "temporal" }, "tool-too-new-for-server");
    (await upsertWith("temporal", "1.5.1", lab.at(a).address, lab.at(b).address)).fails(server);
    assert.deepEqual(await connections(lab, a), {});
  });
  for (const scheme of ["dns", "passthrough"]) {
    await step(`address-scheme: gRPC knows ${scheme}:///, and nothing is refused`, async () => {
      const address = `${scheme}:///${lab.at(b).address}`;
      const { server } = await claim(withWrong(topology, "rpcAddress", address), "address-scheme");
      assert.equal(server, undefined);
      (await lab.call(...UPSERT.tctl(lab.at(a).address, address))).succeeds();
      assert.deepEqual(await connections(lab, a), { [b]: `on ${address}` });
    });
  }
  await step("connections-need-restart: what is connected is not used before", async () => {
    const { server } = await claim(topology, "connections-need-restart");
    (await lab.script("connect.sh")).succeeds();
    const register = ["--address", lab.at(a).address, "--ns", "orders", "namespace", "register", "--gd", "true"];
    const members = ["--active_cluster", a, "--clusters", a, b];
    (await lab.call(...register, ...members)).fails(server);
    await lab.at(a).restart();
    await eventually("orders is registered", async () => (await lab.call(...register, ...members)).succeeds());
  });
});

scenario("commands and addresses before 1.14", { release: "1.13.0", tool: "tctl" }, async (lab, step) => {
  const topology = await lab.topology([a, b]);
  await step("clusterA starts", async () => {
    await lab.render(topology);
    await lab.boot([a]);
  });
  await step("connections-from-file: there is no command that connects", async () => {
    const { server } = await claim(topology, "connections-from-file");
    (await upsertWith("tctl", "1.18.0", lab.at(a).address, topology.clusters[1].rpcAddress)).fails(server);
  });
  await step("tool-too-new-for-server: the temporal tool does not connect", async () => {
    const { server } = await claim({ ...topology, tool: "temporal" }, "tool-too-new-for-server");
    (await upsertWith("temporal", "1.5.1", lab.at(a).address, topology.clusters[1].rpcAddress)).fails(server);
  });
  for (const given of casesFor(CONNECTIONS, "1.14.1").filter(({ ends }) => ends)) {
    const address = given.value(topology);
    await step(`${given.code}: ${address} in a file is never reached`, async () => {
      const { server } = await claim(withWrong(topology, "rpcAddress", address), given.code);
      const [file, right] = lab.configOf(a);
      await lab.at(a).restartOn(file, putInto(right, topology, "rpcAddress", address));
      await eventually(`clusterA says ${server}`, async () => isSaid(server, await lab.at(a).log()));
      assert.ok(lab.at(a).isRunning);
    }, { alone: true });
  }
});
