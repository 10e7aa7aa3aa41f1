// The dialog “Tools”, by what people see and screen readers say.

export class ToolsDialog {
  constructor(builder) {
    this.builder = builder;
    this.page = builder.page;
    this.dialog = this.page.getByRole("dialog", { name: "Tools", exact: true });
    this.status = this.dialog.getByRole("status");
  }

  /** Opens a tab of it with the page's button. */
  async open(tab) {
    await this.builder.button("Tools").click();
    await this.dialog.waitFor();
    await this.choose(tab);
  }

  async choose(tab) {
    await this.dialog.getByRole("tab", { name: tab, exact: true }).click();
    await this.dialog.getByRole("tabpanel", { name: tab, exact: true }).waitFor();
  }

  async close() {
    await this.button("Close").click();
    await this.dialog.waitFor({ state: "hidden" });
  }

  button(name) {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  textbox(name) {
    return this.dialog.getByRole("textbox", { name, exact: true });
  }

  /** A cluster in the picture. */
  cluster(name) {
    const picture = this.dialog.getByRole("group", { name: "Topology", exact: true });
    return picture.getByRole("button", { name: new RegExp(`^${name}: `) });
  }

  /** The texts of a list. */
  items(name) {
    return this.dialog.getByRole("list", { name, exact: true }).getByRole("listitem").allInnerTexts();
  }
}
