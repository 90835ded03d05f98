import { defineConfig } from "@playwright/test";
import { findChromium } from "./e2e/chromium.ts";

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/set-up.ts",
  outputDir: "test-results",
  reporter: [["list"]],
  // The journeys share one organisation: a scan that one cancels is the scan that another watches.
  workers: 1,
  fullyParallel: false,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  use: {
    baseURL: process.env.PARAPET_E2E_URL,
    viewport: { width: 1440, height: 900 },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: await findChromium(),
      // Chromium's own sandbox can't be set up by root, nor in most containers.
      args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    },
  },
});
