// What the core says when it runs natively, to compare the page with.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("../..", import.meta.url));
const built = new Map();

/** Builds a program of this project once, and returns where it is. */
export function build(...target) {
  const key = target.join(" ");
  if (!built.has(key)) {
    const args = ["build", "--quiet", ...target, "--message-format=json"];
    const output = execFileSync("cargo", args, {
      cwd: project,
      encoding: "utf8",
      maxBuffer: 64 << 20,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const messages = output.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    built.set(key, messages.findLast(({ executable }) => executable).executable);
  }
  return built.get(key);
}

/** The example `render`. */
export const program = () => build("--package", "multicluster-core", "--example", "render");

/**
 * What a link leads to: the names of the files in their order, their bytes, the zip if there is one,
 * and the problems as `severity code`.
 */
export function native(link = "") {
  const folder = mkdtempSync(join(tmpdir(), "multicluster-"));
  try {
    const printed = execFileSync(program(), [link, folder], { encoding: "utf8" }).split("\n");
    const names = printed.flatMap((line) => /^==> (.*) <==$/.exec(line)?.[1] ?? []);
    const problems = printed.flatMap((line) => /^((?:error|warning|note) \S+): /.exec(line)?.[1] ?? []);
    const bytes = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
    const files = new Map(names.map((name) => [name, bytes.get(name)]));
    const texts = new Map(names.map((name) => [name, bytes.get(name).toString("utf8")]));
    return { names, files, texts, problems, zip: bytes.get("multicluster.zip") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
