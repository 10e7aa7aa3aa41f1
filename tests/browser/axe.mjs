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
  const inWords = ({ html, any }) => `${html.slice(0, 120)} ${any[0]?.message ?? ""}`;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(inWords).join("; ")}`);
}
