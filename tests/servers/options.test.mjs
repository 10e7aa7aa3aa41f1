// What is set only where it is wanted, on clusters of the newest release.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import { becomesActive, workflow, workflowArrives } from "./lib/observe.mjs";
import { scenario } from "./lib/scenario.mjs";
import { eventually } from "./lib/time.mjs";
import { Authority, COMMON } from "./lib/tls.mjs";

const [a, b] = ["clusterA", "clusterB"];

for (const tool of ["tctl", "temporal"]) {
  scenario("clusters that speak TLS only", { release: "1.32.1", tool }, async (lab, step) => {
    let authority;
    const certificates = {};
    const topology = await lab.topology([a, b]);
    const elsewhere = topology.clusters[1].rpcAddress.replace("127.0.0.1", "localhost");

    await step("certificates are made: that of B has another name than its host", async () => {
      const folder = join(lab.folder, "certificates");
      await mkdir(folder);
      authority = await Authority.create(folder);
      certificates[a] = await authority.issue(a, ["IP:127.0.0.1"]);
      certificates[b] = await authority.issue(b, ["DNS:b.test"]);
    });
    await step("the files are exported, with another address of B as seen from A", async () => {
      topology.clusters[1].tlsServerName = "b.test";
      topology.clusters[1].addressFrom = { [a]: elsewhere };
      topology.tls = {
        tls: "on",
        tlsCaFile: authority.ca,
        tlsCertFile: certificates[a].certificate,
        tlsKeyFile: certificates[a].key,
        toolTlsCaFile: authority.ca,
        toolTlsCertFile: certificates[a].certificate,
        toolTlsKeyFile: certificates[a].key,
        toolTlsServerName: COMMON,
      };
      await lab.render(topology);
    });
    await step("both servers start on them", () =>
      Promise.all(
        topology.clusters.map(async (cluster) => {
          const tls = await authority.frontend(certificates[cluster.name]);
          await (await lab.server(cluster, { tls })).boot(...lab.configOf(cluster.name));
        }),
      ),
    );
    await step("connect.sh connects them", async () => {
      (await lab.script("connect.sh")).succeeds(new RegExp(`Connecting ${a} to ${b} at ${elsewhere}`));
    });
    await step("verify.sh finds the address that each one dials", async () => {
      const [own] = topology.clusters;
      (await lab.script("verify.sh")).succeeds(
        new RegExp(`${a} +${b} +${elsewhere} +works`),
        new RegExp(`${b} +${a} +${own.rpcAddress} +works`),
      );
    });
    await step("a namespace arrives in B, where the runbook then makes it active", async () => {
      await lab.followRunbook("Create a global namespace", "orders");
      const [failOver] = lab.commands("Fail over, forced");
      await eventually("it is made active", async () => (await lab.line(failOver, "orders")).status === 0);
    });
    await step("without the name in its certificate A refuses B", async () => {
      await lab.at(a).restartOn(...withoutServerName(lab.configOf(a)));
      const said = await lab.script("connect.sh");
      said.fails(/cannot connect|certificate/);
    });
  });
}

const withoutServerName = ([name, text]) => {
  const changed = text.replace(/ *serverName: .*\n/, "");
  assert.notEqual(changed, text);
  return [name, changed];
};

for (const policy of ["noop", "all-apis-forwarding"]) {
  scenario(`a standby with ${policy}`, { release: "1.32.1", tool: "temporal" }, async (lab, step) => {
    const topology = { ...(await lab.topology([a, b])), redirection: policy };
    const start = () => {
      const what = ["--namespace", "orders", "--workflow-id", "one", "--type", "Waiting", "--task-queue", "nobody"];
      return lab.call("workflow", "start", "--address", lab.at(b).address, ...what);
    };
    await step("the files are exported, and the clusters connected", async () => {
      await lab.render(topology);
      await lab.boot();
      (await lab.script("connect.sh")).succeeds(/Connected/);
      await lab.followRunbook("Create a global namespace", "orders");
      await becomesActive([lab.at(a), lab.at(b)], "orders", a);
    });
    if (policy === "noop") {
      await step("it refuses to start a workflow, and names the active cluster", () =>
        eventually("it refuses", async () => /is active in cluster: clusterA/.test((await start()).output)),
      );
      await step("nothing of it was started", async () => {
        assert.equal(await workflow(lab.at(a), "orders", "one"), undefined);
      });
    } else {
      await step("a workflow that is started there is the active cluster's", async () => {
        await eventually("it starts", async () => /Started|WorkflowId/.test((await start()).output));
        await workflowArrives([lab.at(a)], "orders", "one");
      });
    }
  });
}
