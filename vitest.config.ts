import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    globalSetup: "./db/test-server.ts",
    include: ["{lib,db,cli,sandbox,bench,components,app}/**/*.test.{ts,tsx}"],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
