// The commands of an exported runbook and of `commands.txt`, found by what they stand below.

/** The command lines below the first heading that contains this text. */
export function commandsBelow(runbook, heading) {
  const sections = runbook.split(/^## /m);
  const section = sections.find((text) => text.split("\n", 1)[0].includes(heading));
  if (!section) throw new Error(`the runbook has no heading with: ${heading}`);
  const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1]);
  return blocks.flatMap((block) => block.trimEnd().split("\n"));
}

/** The command lines below the first comment of `commands.txt` that begins with this text, those in comments too. */
export function commandsAfterComment(commands, comment) {
  const sections = commands.split("\n\n").map((section) => section.trimEnd().split("\n"));
  const section = sections.find(([first]) => first.startsWith(`# ${comment}`));
  if (!section) throw new Error(`commands.txt has no part with: ${comment}`);
  return section.map((line) => line.replace(/^# (?=(tctl|temporal) )/, "")).filter((line) => !line.startsWith("#"));
}
