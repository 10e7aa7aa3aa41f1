// Asks a frontend whether it serves, as load balancers do: the standard health check of gRPC.

import { connect } from "node:http2";

const SERVICE = "temporal.api.workflowservice.v1.WorkflowService";
const SERVING = 1;

/** Whether the frontend at this address serves; `tls` is what Node needs to be let in, where it speaks TLS. */
export function isServing(address, tls) {
  return new Promise((resolve) => {
    const client = tls ? connect(`https://${address}`, tls) : connect(`http://${address}`);
    const done = (answer) => {
      client.destroy();
      resolve(answer);
    };
    client.on("error", () => done(false));
    client.setTimeout(2000, () => done(false));
    const request = client.request({
      ":method": "POST",
      ":path": "/grpc.health.v1.Health/Check",
      "content-type": "application/grpc",
      te: "trailers",
    });
    let answer = Buffer.alloc(0);
    request.on("error", () => done(false));
    request.on("data", (data) => (answer = Buffer.concat([answer, data])));
    // Five bytes of framing, then field 1 of HealthCheckResponse, a number.
    request.on("end", () => done(answer[5] === 0x08 && answer[6] === SERVING));
    const message = Buffer.from(`\x0a${String.fromCharCode(SERVICE.length)}${SERVICE}`);
    request.end(Buffer.concat([Buffer.from([0, 0, 0, 0, message.length]), message]));
  });
}
