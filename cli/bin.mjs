#!/usr/bin/env node
// Plain JavaScript that any Node.js runs: Parapet's own files are TypeScript, which Node.js 24 runs as they are. Under an
// older one it starts itself again with the Node.js 24 that npm installed beside it.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

if (Number.parseInt(process.versions.node, 10) >= 24) {
  const { main } = await import("./main.ts");
  await main(process.argv);
} else {
  startWithOwnNode();
}

function startWithOwnNode() {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const node = join(root, "node_modules", "node", "bin", name);
  if (!existsSync(node)) {
    process.stderr.write(
      `Parapet needs Node.js 24 and this is ${process.version}. npm brings it along, but its install script was not run: ` +
        "run `npm ci` again with install scripts allowed, or install Node.js 24.\n",
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`Could not start ${node}: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0);
  });
}
