import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import sparticuz from "@sparticuz/chromium";

/** PARAPET_CHROMIUM, else Playwright's own if it was installed, else the one that came with `npm ci`. */
export async function findChromium(): Promise<string> {
  const given = process.env.PARAPET_CHROMIUM;
  if (given) return given;
  const installed = chromium.executablePath();
  return existsSync(installed) ? installed : sparticuz.executablePath();
}
