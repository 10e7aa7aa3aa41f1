// The page by what people see and screen readers say: roles and accessible names, nothing else.

import assert from "node:assert/strict";

export class Builder {
  constructor(page) {
    this.page = page;
    this.tabs = page.getByRole("tablist", { name: "Files", exact: true }).getByRole("tab");
    this.problems = page.getByRole("list", { name: "Problems", exact: true });
    this.clusters = page.getByRole("group").filter({ has: page.getByRole("textbox", { name: "Cluster name" }) });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  textbox(name) {
    return this.page.getByRole("textbox", { name, exact: true });
  }

  /** The group of a cluster. */
  cluster(name) {
    return this.page.getByRole("group", { name, exact: true });
  }

  /** A field of a cluster. */
  field(cluster, name) {
    return this.cluster(cluster).getByRole("textbox", { name, exact: true });
  }

  /** Opens the fields of a cluster that are seldom needed. */
  async openDetails(cluster) {
    await this.cluster(cluster).getByText(/more settings$/i).click();
  }

  serverVersion() {
    return this.page.getByRole("region", { name: "Servers" }).getByRole("combobox", { name: "Server version", exact: true });
  }

  masterCluster() {
    return this.page.getByRole("combobox", { name: "Master cluster", exact: true });
  }

  tool(name) {
    return this.page.getByRole("radiogroup", { name: "Command line tool" }).getByRole("radio", { name, exact: true });
  }

  tab(name) {
    return this.page.getByRole("tab", { name, exact: true });
  }

  /** The region that holds the text of a file. */
  file(name) {
    return this.page.getByRole("region", { name, exact: true });
  }

  problem(code) {
    return this.problems.locator(`[data-code="${code}"]`);
  }

  /** The names of the clusters, in their order. */
  clusterNames() {
    return this.clusters.evaluateAll((groups) => groups.map((group) => group.getAttribute("aria-label")));
  }

  fileNames() {
    return this.tabs.allTextContents();
  }

  /** Chooses a file and returns its exact text. */
  async read(name) {
    await this.tab(name).click();
    return this.file(name).evaluate((region) => region.textContent);
  }

  /** Every file, as the page shows it. */
  async texts() {
    const texts = new Map();
    for (const name of await this.fileNames()) {
      texts.set(name, await this.read(name));
    }
    return texts;
  }

  /** The codes of the problems, in their order. */
  codes() {
    return this.problems.locator("[data-code]").evaluateAll((items) => items.map((item) => item.dataset.code));
  }

  /** The accessible name of what has the keyboard, or its text. */
  focused() {
    return this.page.evaluate(() => {
      const active = document.activeElement;
      return active.getAttribute("aria-label") ?? active.labels?.[0]?.textContent ?? active.textContent;
    });
  }

  /** The link to what is shown, from the button made for it. Needs the clipboard. */
  async link() {
    await this.button("Copy link").click();
    await this.page.getByRole("button", { name: "Link copied" }).waitFor();
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  /** Compares every file that is shown with what the core writes natively. */
  async assertShows({ names, texts }) {
    assert.deepEqual(await this.fileNames(), names);
    for (const name of names) {
      assert.equal(await this.read(name), texts.get(name), name);
    }
  }
}
