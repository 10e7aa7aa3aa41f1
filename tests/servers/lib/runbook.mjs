// The commands of an exported runbook, found by the heading they stand below.

/** The command lines below the first heading that contains this text. */
export function commandsBelow(runbook, heading) {
  const sections = runbook.split(/^## /m);
  const section = sections.find((text) => text.split("\n", 1)[0].includes(heading));
  if (!section) throw new Error(`the runbook has no heading with: ${heading}`);
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1]);
  return blocks.flatMap((block) => block.trimEnd().split("\n"));
}
