// Programs that tests start. None outlives them.

import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";

const running = new Set();

// The last resort: every scenario stops its own programs.
process.on("exit", killAll);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => {
    killAll();
    process.exit(1);
  });
}

function killAll() {
  for (const child of running) kill(child, "SIGKILL");
}

// A program in a group of its own is ended together with everything that it started.
function kill(child, signal) {
  try {
    process.kill(child.leadsGroup ? -child.pid : child.pid, signal);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

/** Starts a program that runs until it is stopped; what it prints goes to the end of a file. */
export function start(program, args, { log, ...options } = {}) {
  const output = openSync(log, "a");
  const child = spawn(program, args, { ...options, stdio: ["ignore", output, output] });
  closeSync(output);
  running.add(child);
  child.ended = new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      running.delete(child);
      resolve(signal ?? code);
    });
  });
  // Whoever waits is told of an error; nobody has to wait.
  child.ended.catch(() => running.delete(child));
  return child;
}

/** Stops a program: politely first, if there is time for that. */
export async function stop(child, { signal = "SIGTERM", seconds = 10 } = {}) {
  if (!running.has(child)) return child.ended;
  kill(child, signal);
  const timer = setTimeout(() => kill(child, "SIGKILL"), seconds * 1000);
  const ended = await child.ended;
  clearTimeout(timer);
  return ended;
}

/** Runs a program to its end and returns what it printed. */
export function run(program, args, { input = "", seconds = 120, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, detached: true });
    child.leadsGroup = true;
    running.add(child);
    let output = "";
    const collect = (data) => (output += data);
    child.stdout.setEncoding("utf8").on("data", collect);
    child.stderr.setEncoding("utf8").on("data", collect);
    child.stdin.on("error", () => {}).end(input);
    const timer = setTimeout(() => {
      output += `\n[ended after ${seconds} s]`;
      kill(child, "SIGKILL");
    }, seconds * 1000);
    child.on("error", reject);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      resolve(new Ended([program, ...args].join(" "), signal ?? code, output));
    });
  });
}

/** How a program ended, and what it printed. */
class Ended {
  constructor(line, status, output) {
    Object.assign(this, { line, status, output });
  }

  /** It must have succeeded, and have printed this. */
  succeeds(...expected) {
    if (this.status !== 0) throw new Error(`${this} should have succeeded`);
    return this.says(...expected);
  }

  /** It must have failed by itself, and have printed this. */
  fails(...expected) {
    if (typeof this.status !== "number" || this.status === 0) throw new Error(`${this} should have failed`);
    return this.says(...expected);
  }

  says(...expected) {
    for (const text of expected) {
      const found = text instanceof RegExp ? text.test(this.output) : this.output.includes(text);
      if (!found) throw new Error(`${this} should have said ${text}`);
    }
    return this;
  }

  toString() {
    return `\n$ ${this.line}\n${this.output.trimEnd()}\n[exit ${this.status}]\n`;
  }
}
