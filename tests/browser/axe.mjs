// What axe finds in a page, whose context began with `init: { content: axe.source }`.

/** The one rule of WCAG's level AAA that depends on the colours: a test of its own. */
const ENHANCED = "color-contrast-enhanced";

/** In words, by every rule that axe has, those off by default too. */
export function violations(page) {
  return page.evaluate(run, { without: ENHANCED });
}

/** Runs in the page. */
async function run({ without }) {
  const rules = globalThis.axe.getRules().map(({ ruleId }) => ruleId);
  const values = rules.filter((rule) => rule !== without);
  const options = { runOnly: { type: "rule", values }, resultTypes: ["violations"] };
  const found = await globalThis.axe.run(document, options);
  // What sticks to an edge of the window covers by chance what scrolls below it: it counts if it is so in the middle too.
  const staysSmall = async ({ target }) => {
    const element = document.querySelector(target[0]);
    element.scrollIntoView({ block: "center" });
    const again = await globalThis.axe.run(element, { runOnly: ["target-size"], resultTypes: ["violations"] });
    return again.violations.length > 0;
  };
  for (const violation of found.violations.filter(({ id }) => id === "target-size")) {
    const stay = [];
    for (const node of violation.nodes) if (await staysSmall(node)) stay.push(node);
    violation.nodes = stay;
  }
  found.violations = found.violations.filter(({ nodes }) => nodes.length > 0);
  const inWords = ({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ""}`;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(inWords).join("; ")}`);
}
