// The import dialog by what people see and screen readers say.

export class ImportDialog {
  constructor(builder, session) {
    Object.assign(this, { builder, session, page: builder.page });
    this.dialog = this.page.getByRole("dialog", { name: "Import", exact: true });
    this.text = this.dialog.getByRole("textbox", { name: "Paste", exact: true });
    this.findings = this.dialog.getByRole("list", { name: /^Findings/ });
    this.changes = this.dialog.getByRole("list", { name: "What will change", exact: true });
    this.choices = this.dialog.getByRole("list", { name: "Which clusters they are", exact: true });
    this.recognised = this.dialog.getByRole("list", { name: "Recognised", exact: true });
    this.status = this.dialog.getByRole("status");
  }

  button(name) {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  /** Opens it with the page's button. The first time the page loads it. */
  async open() {
    await this.session.whileLoading(async () => {
      await this.builder.button("Import").click();
      await this.dialog.waitFor();
    });
  }

  /** Drops files, given as `{ name: content }`, on the page. */
  async drop(files, selector = "body") {
    await this.session.whileLoading(async () => {
      await this.page.evaluate(dropFiles, { files, selector });
      await this.dialog.waitFor();
    });
  }

  /** The list of clusters that one can be which was read under this name. */
  choice(name) {
    return this.choices.getByRole("combobox", { name: `${name} is`, exact: true });
  }

  finding(code) {
    return this.findings.locator(`[data-code="${code}"]`);
  }

  /** The codes of the findings, in their order. */
  codes() {
    return this.findings.locator("[data-code]").evaluateAll((items) => items.map((item) => item.dataset.code));
  }

  /** What will change, as text without line breaks: one string for each cluster. */
  async changed() {
    const items = await this.changes.locator(":scope > li").allInnerTexts();
    return items.map((text) => text.replaceAll(/\s+/g, " ").trim());
  }

  /** Why the button Import does nothing; nothing if it does something. */
  async refusal() {
    const button = this.button("Import");
    if ((await button.getAttribute("aria-disabled")) !== "true") {
      return undefined;
    }
    const id = await button.getAttribute("aria-describedby");
    return this.page.locator(`[id="${id}"]`).textContent();
  }

  /** Imports, and waits for the page to say so. */
  async import() {
    await this.button("Import").click();
    await this.page.getByRole("alert").getByText("Imported.").waitFor();
    await this.dialog.waitFor({ state: "hidden" });
  }
}

/** Runs in the page: what a browser does when files are dropped. */
function dropFiles({ files, selector }) {
  const dataTransfer = new DataTransfer();
  for (const [name, content] of Object.entries(files)) {
    dataTransfer.items.add(new File([content], name));
  }
  const target = document.querySelector(selector);
  for (const kind of ["dragover", "drop"]) {
    target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer }));
  }
}
