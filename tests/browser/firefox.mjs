// Firefox as distributions have it, driven by the protocol that browsers have for it: WebDriver BiDi.
//
//   FIREFOX    the browser; /usr/bin/firefox-esr unless given
//
// Playwright speaks BiDi too, but asks for what the Firefox of a stable distribution does not know.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import WebSocket from "ws";

/** The longest wait for anything in the page, and for the browser itself. */
const PATIENCE_MS = 15_000;
const START_MS = 60_000;

/** Keys by their names, as WebDriver has them. */
const KEYS = { ArrowRight: "\uE014", Control: "\uE009", Escape: "\uE00C", Shift: "\uE008" };

/** Nothing of its own is loaded, asked or shown. */
const SETTINGS = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "",
  "toolkit.telemetry.enabled": false,
};

/** Rejects what takes too long. */
function within(ms, what, promise) {
  const late = new AbortController();
  const limit = delay(ms, undefined, { signal: late.signal }).then(
    () => Promise.reject(new Error(`${what} took longer than ${ms} ms`)),
    () => undefined,
  );
  return Promise.race([promise, limit]).finally(() => late.abort());
}

/** Waits until `read` gives something that is neither nothing nor false. */
async function until(what, read) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await read();
    if (found) {
      return found;
    }
    assert.ok(Date.now() < end, `waited in vain for ${what}`);
    await delay(50);
  }
}

/** A browser with a profile of its own. */
export class Firefox {
  /** What happened that must not, in words. */
  found = [];
  /** What was downloaded: `{ path, status }`. */
  downloads = [];
  #answers = new Map();
  #last = 0;

  /** Starts it. Whatever `address` does not begin must not be asked for. */
  static async launch(address) {
    const browser = new Firefox();
    browser.address = address;
    browser.folder = await mkdtemp(join(tmpdir(), "multicluster-firefox-"));
    try {
      await within(START_MS, "starting Firefox", browser.#start());
      return browser;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async #start() {
    const profile = join(this.folder, "profile");
    const settings = Object.entries(SETTINGS).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
    await mkdir(profile);
    await writeFile(join(profile, "user.js"), settings.join(""));
    const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";
    this.child = spawn(program, ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0", "about:blank"], {
      env: { ...process.env, HOME: this.folder },
      stdio: ["ignore", "ignore", "pipe"],
    });
    this.ended = once(this.child, "close").catch(({ message }) => [message]);
    this.socket = new WebSocket(`${await this.#listening()}/session`, { perMessageDeflate: false });
    await once(this.socket, "open");
    this.socket.on("message", (text) => this.#hear(JSON.parse(text)));
    await this.send("session.new", { capabilities: {} });
    await this.send("session.subscribe", {
      events: ["log.entryAdded", "network.beforeRequestSent", "network.fetchError", "browsingContext.downloadEnd"],
    });
    const destinationFolder = join(this.folder, "downloads");
    await this.send("browser.setDownloadBehavior", { downloadBehavior: { type: "allowed", destinationFolder } });
    await this.send("script.addPreloadScript", { functionDeclaration: String(reportViolations) });
  }

  /** The address that it says it listens at. */
  async #listening() {
    let said = "";
    const ended = this.ended.then(([code]) => Promise.reject(new Error(`Firefox ended (${code}): ${said}`)));
    const heard = new Promise((resolve) => {
      this.child.stderr.setEncoding("utf8").on("data", (text) => {
        said += text;
        const address = /WebDriver BiDi listening on (ws:\S+)/.exec(said)?.[1];
        if (address) resolve(address);
      });
    });
    return Promise.race([heard, ended]);
  }

  #hear({ id, method, params, result, error, message }) {
    if (id !== undefined) {
      const { resolve, reject } = this.#answers.get(id);
      this.#answers.delete(id);
      return error ? reject(new Error(`${error}: ${message}`)) : resolve(result);
    }
    if (method === "log.entryAdded") {
      this.found.push(`console ${params.level}: ${params.text}`);
    } else if (method === "browsingContext.downloadEnd") {
      this.downloads.push({ path: params.filepath, status: params.status });
    } else if (method === "network.fetchError") {
      this.found.push(`failed request: ${params.request.url} (${params.errorText})`);
    } else if (params.context && !/^(data|blob|about):/.test(params.request.url) && !params.request.url.startsWith(this.address)) {
      this.found.push(`request to elsewhere: ${params.request.url}`);
    }
  }

  send(method, params = {}) {
    const id = (this.#last += 1);
    const answer = new Promise((resolve, reject) => this.#answers.set(id, { resolve, reject }));
    this.socket.send(JSON.stringify({ id, method, params }));
    return within(PATIENCE_MS, method, answer);
  }

  /** Opens an address in a new tab, which finds nothing that another one has stored. */
  async open(address) {
    const { userContext } = await this.send("browser.createUserContext");
    const { context } = await this.send("browsingContext.create", { type: "tab", userContext });
    await this.send("browsingContext.setViewport", { context, viewport: { width: 1280, height: 800 } });
    await this.send("browsingContext.navigate", { context, url: address, wait: "complete" });
    return new Tab(this, context, userContext);
  }

  /** The text of the clipboard, pasted as people do it. */
  async clipboard() {
    const tab = await this.open("data:text/html,<textarea aria-label=Paste autofocus></textarea>");
    await tab.click("textbox", "Paste");
    await tab.press("Control", "v");
    const text = await tab.read(() => document.querySelector("textarea").value);
    await tab.close();
    return text;
  }

  /** The next download, which `act` sets off: its path. */
  async download(act) {
    const before = this.downloads.length;
    await act();
    await until("a download", () => this.downloads.length > before);
    const { path, status } = this.downloads[before];
    assert.equal(status, "complete");
    return path;
  }

  async close() {
    this.socket?.terminate();
    if (this.child) {
      this.child.kill("SIGKILL");
      await this.ended;
    }
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/** A tab, by what people see and screen readers say: roles and accessible names. */
export class Tab {
  constructor(browser, context, userContext) {
    Object.assign(this, { browser, context, userContext });
  }

  /** Runs a function in the page. It is given elements, or plain values. */
  async read(does, ...values) {
    const { type, result, exceptionDetails } = await this.browser.send("script.callFunction", {
      functionDeclaration: `async (...all) => JSON.stringify(await (${does})(...all))`,
      arguments: values.map((value) => (value.sharedId ? value : { type: "string", value })),
      target: { context: this.context },
      awaitPromise: true,
    });
    assert.equal(type, "success", exceptionDetails?.text);
    return result.type === "undefined" ? undefined : JSON.parse(result.value);
  }

  /** The element with this role and name, as soon as it is there. */
  find(role, name, around) {
    return until(`${role} “${name}”`, async () => {
      const { nodes } = await this.browser.send("browsingContext.locateNodes", {
        context: this.context,
        locator: { type: "accessibility", value: { role, name } },
        ...(around && { startNodes: [around] }),
      });
      return nodes.length > 0 && { sharedId: nodes[0].sharedId };
    });
  }

  /** Waits until the page says this somewhere. */
  says(text) {
    return until(`“${text}”`, () => this.read((wanted) => document.body.innerText.includes(wanted), text));
  }

  /** Clicks an element with the pointer, or the one with this role and name. */
  async click(...which) {
    const [element] = which;
    const { sharedId } = element.sharedId ? element : await this.find(...which);
    await this.read((shown) => shown.scrollIntoView({ block: "nearest" }), { sharedId });
    const origin = { type: "element", element: { sharedId } };
    await this.#perform({
      type: "pointer",
      id: "pointer",
      actions: [{ type: "pointerMove", x: 0, y: 0, origin }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }],
    });
  }

  /** Presses keys together. */
  async press(...names) {
    const values = names.map((name) => KEYS[name] ?? name);
    const down = values.map((value) => ({ type: "keyDown", value }));
    const up = values.reverse().map((value) => ({ type: "keyUp", value }));
    await this.#perform({ type: "key", id: "keys", actions: [...down, ...up] });
  }

  /** Types in place of what a field has. */
  async fill(field, text) {
    await this.click(field);
    await this.press("Control", "a");
    const actions = [...text].flatMap((value) => [{ type: "keyDown", value }, { type: "keyUp", value }]);
    await this.#perform({ type: "key", id: "keys", actions });
  }

  #perform(source) {
    return this.browser.send("input.performActions", { context: this.context, actions: [source] });
  }

  /** Waits until whatever the last step set off has come to light: a timer, a late request. */
  settle() {
    return this.read(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 50))));
  }

  close() {
    return this.browser.send("browser.removeUserContext", { userContext: this.userContext });
  }
}

/** Runs before the page's own code: policy violations become console messages, which fail the test. */
function reportViolations() {
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`securitypolicyviolation: ${event.violatedDirective} ${event.blockedURI}`);
  });
}
