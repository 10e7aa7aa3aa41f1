// Where Temporal's programs are: `cargo xtask` builds them and says so in the environment.

import { dirname } from "node:path";

/** The program of this name and version. */
export function program(name, version) {
  return fromEnvironment(`${name}_${version}`.toUpperCase().replaceAll(/[-.]/g, "_"));
}

/** The folder with PostgreSQL's programs. */
export const postgresFolder = () => fromEnvironment("POSTGRES");

/** A value that `cargo xtask test servers` gives. */
export function fromEnvironment(variable) {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set; run this with \`cargo xtask test servers\``);
  return value;
}

/** The environment of somebody who has this tool, and has configured nothing. */
export function environmentWith(tool, home) {
  const path = `${dirname(tool)}:${process.env.PATH}`;
  return { PATH: path, HOME: home, LC_ALL: "C.UTF-8" };
}
