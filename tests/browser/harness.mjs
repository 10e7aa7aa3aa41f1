// A browser, a web server for the built page, and what has to hold for every test.
//
//   DIST       the folder with the built page; `dist` unless given
//   CHROMIUM   the browser; /usr/bin/chromium unless given

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual, promisify } from "node:util";
import { brotliCompress } from "node:zlib";
import { chromium } from "playwright-core";

import { Builder } from "./builder.mjs";
import { program } from "./native.mjs";

/** The page must work wherever it is put: it is never served from the root. */
const SUB_PATH = "/tools/multi%20cluster/";
/** The longest wait for anything. Nothing should come near it, on a busy machine either. */
const PATIENCE_MS = 15_000;
const TEST_MS = 90_000;

/** What is loaded as soon as somebody does something, see crates/web-more. */
export const MORE = /\/more(_bg)?-[0-9a-f]{16}\.(js|css|wasm)$/;

/** Browsers take it whenever they like. */
const ICON = /\/tools\/multi%20cluster\/icon-[0-9a-f]{16}\.svg$/;

const KINDS = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

const brotli = promisify(brotliCompress);

export const dist = process.env.DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));

/**
 * Serves a folder under the sub-path; the address of the page, and a way to stop. `compressed`: with brotli, as a web server
 * with the files prepared would.
 */
export async function serve(folder, { compressed = false } = {}) {
  const packed = new Map();
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    if (!pathname.startsWith(SUB_PATH)) {
      response.writeHead(404).end();
      return;
    }
    const name = normalize(`/${decodeURIComponent(pathname.slice(SUB_PATH.length)) || "index.html"}`);
    try {
      const headers = { "content-type": KINDS[extname(name)] ?? "application/octet-stream" };
      let content = packed.get(name) ?? (await readFile(join(folder, name)));
      if (compressed) {
        headers["content-encoding"] = "br";
        if (!packed.has(name)) packed.set(name, (content = await brotli(content)));
      }
      response.writeHead(200, headers).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}${SUB_PATH}`;
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address, close };
}

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

let browser;
let site;

/** Starts what the tests of a file share. */
export function setUp() {
  before(async () => {
    program();
    [browser, site] = await Promise.all([launch(), serve(dist)]);
  });
  after(async () => {
    await browser?.close();
    await site?.close();
  });
}

/** Everything that happens in a browser context and must not. */
class Watch {
  /** What was seen that is wrong, in words. */
  found = [];
  /** Whether a load of the page was asked for and has not ended. */
  isLoading = false;
  isAlwaysLoading = false;

  constructor(context, address) {
    context.on("request", (request) => {
      const url = request.url();
      if (url.startsWith("data:") || ICON.test(url)) {
        return;
      }
      if (!url.startsWith(address)) {
        this.found.push(`request to elsewhere: ${url}`);
      } else if (!this.isLoading && !this.isAlwaysLoading && !MORE.test(url)) {
        this.found.push(`request after the page had loaded: ${url}`);
      }
    });
    context.on("requestfailed", (request) => {
      const why = request.failure()?.errorText;
      // A page that is left takes its requests along.
      if (!ICON.test(request.url()) && (!this.isAlwaysLoading || why !== "net::ERR_ABORTED")) {
        this.found.push(`failed request: ${request.url()} (${why})`);
      }
    });
    context.on("response", (response) => {
      if (response.status() >= 400) {
        this.found.push(`status ${response.status()}: ${response.url()}`);
      }
    });
    context.on("console", (message) => this.found.push(`console ${message.type()}: ${message.text()}`));
    context.on("weberror", (error) => this.found.push(`page error: ${error.error()}`));
    context.on("dialog", (dialog) => {
      this.found.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on("page", (page) => page.on("crash", () => this.found.push("the page crashed")));
  }
}

/** Runs before the page's own code: policy violations become console messages, which fail the test. */
function reportViolations() {
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`);
  });
}

/** As in a private window: nothing is kept for later, so that every request belongs to what a test does. */
function withoutServiceWorkers() {
  delete Navigator.prototype.serviceWorker;
}

/** Waits until the program runs: the message for when it does not is taken away then. */
export function started(page) {
  return page.locator("#trouble").waitFor({ state: "detached" });
}

/** The page in a context of its own. */
export class Session {
  constructor(context, address, watch) {
    Object.assign(this, { context, address, watch });
  }

  /** Loads the page, with a fragment, in a new tab. */
  async open(fragment = "") {
    const page = await this.context.newPage();
    await this.#load(() => page.goto(this.address + (fragment && `#${fragment}`)), page);
    return new Builder(page);
  }

  /** Loads a whole address in a new tab. */
  async visit(address) {
    assert.ok(address.startsWith(this.address), `${address} is not an address of the page`);
    return this.open(address.slice(this.address.length).replace(/^#/, ""));
  }

  /** Does something that makes the page load more. */
  async whileLoading(act) {
    this.watch.isLoading = true;
    await act();
    this.watch.isLoading = false;
  }

  async reload({ page }) {
    await this.#load(() => page.reload(), page);
  }

  async #load(load, page) {
    await this.whileLoading(async () => {
      await load();
      await started(page);
    });
  }
}

/**
 * Calls `use` with a fresh context, and then checks that nothing happened that must not. With `keeps`, the page keeps itself
 * for when there is no network, and makes requests for that.
 */
export async function inContext(options, use) {
  const { init, address = site.address, keeps = false, ...rest } = options;
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    ...rest,
  });
  try {
    context.setDefaultTimeout(PATIENCE_MS);
    const watch = new Watch(context, address);
    await context.addInitScript(reportViolations);
    if (keeps) {
      watch.isAlwaysLoading = true;
    } else {
      await context.addInitScript(withoutServiceWorkers);
    }
    if (init) {
      await context.addInitScript(init);
    }
    await use(new Session(context, address, watch));
    // Whatever the last step set off comes to light before the check: a timer, a late request.
    await Promise.all(context.pages().map((page) => page.evaluate(settled)));
    assert.deepEqual(watch.found, []);
  } finally {
    await context.close();
  }
}

function settled() {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve, 50));
  });
}

/** A test with the page open in a context of its own. */
export function pageTest(name, options, body) {
  if (typeof options === "function") {
    return pageTest(name, {}, options);
  }
  const { fragment, ...context } = options;
  return test(name, { timeout: TEST_MS }, () =>
    inContext(context, async (session) => body(await session.open(fragment), session)),
  );
}

/** Waits until `read` gives what is expected. */
export async function eventually(read, expected, message) {
  const end = Date.now() + PATIENCE_MS;
  let actual = await read();
  while (!isDeepStrictEqual(actual, expected) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    actual = await read();
  }
  assert.deepEqual(actual, expected, message);
}
