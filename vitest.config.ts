import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "./db/test-server.ts",
    include: ["{lib,db,cli,sandbox,bench,components,app}/**/*.test.{ts,tsx}"],
    maxWorkers: 2,
    // One key for every process that a test starts: the trail's own.
    env: { PARAPET_AUDIT_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}` },
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
