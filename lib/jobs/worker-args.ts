/**
 * Node.js's own arguments for a worker. A scan makes much garbage that dies young; with V8's default for a server its
 * nursery grows by some hundred megabytes before anything is collected, for a few per cent of speed. Its old space would
 * grow several times over between collections, too.
 */
export const workerNodeArgs: readonly string[] = ["--max-semi-space-size=8", "--heap-growing-percent=120"];
