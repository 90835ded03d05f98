import { gzipSync } from "node:zlib";
import { type Browser, chromium, type Page, type Response } from "@playwright/test";
import sparticuz from "@sparticuz/chromium";
import { findChromium } from "../../e2e/chromium.ts";
import type { Product } from "./product.ts";

/** How much slower than this machine the browser's processor is made. */
const slowdown = 4;
const rowsToScroll = 10_000;

export type BrowserTimes = {
  /** From the last byte of the page until a key moves through its table. */
  usableMs: number;
  scriptKb: number;
  frames: number;
  framesP95Ms: number;
  /** Share of frames over 50 ms, from 0 to 1. */
  slowFrames: number;
  rowsPassed: number;
};

/** The findings page in a browser with a slowed processor: opened, then scrolled through ten thousand rows. */
export async function measureBrowser(product: Product): Promise<BrowserTimes> {
  const browser = await chromium.launch({ executablePath: await findChromium(), args: sparticuz.args });
  try {
    const scriptKb = await weighScripts(await openPage(browser, product, 1), product);
    const page = await openPage(browser, product, slowdown);
    const usableMs = await timeUntilUsable(page, product);
    return { usableMs, scriptKb, ...(await scroll(page)) };
  } finally {
    await browser.close();
  }
}

async function openPage(browser: Browser, product: Product, rate: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const [name = "", value = ""] = (product.cookies[0] ?? "").split("=");
  await context.addCookies([{ name, value, url: product.url }]);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  return page;
}

/** What the findings page's scripts weigh as they are sent, compressed by gzip. */
async function weighScripts(page: Page, { url }: Product): Promise<number> {
  const scripts: Response[] = [];
  page.on("response", (answer) => {
    if (answer.request().resourceType() === "script") scripts.push(answer);
  });
  await page.goto(`${url}/findings`, { waitUntil: "load" });
  // The connection that tells of news stays open, so the network is never idle.
  await page.waitForTimeout(3_000);
  let bytes = 0;
  for (const script of scripts) bytes += gzipSync(await script.body()).length;
  await page.close();
  return bytes / 1000;
}

async function timeUntilUsable(page: Page, { url }: Product): Promise<number> {
  await page.goto(`${url}/findings`, { waitUntil: "commit" });
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const until = performance.now() + 30_000;
        const tryKey = () => {
          document.body.dispatchEvent(
            new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }),
          );
          const [navigation] = performance.getEntriesByType("navigation");
          if (document.querySelector("table tbody :is(a, button):focus")) {
            const read = navigation instanceof PerformanceNavigationTiming ? navigation.responseEnd : 0;
            resolve(performance.now() - read);
          } else if (performance.now() > until)
            reject(new Error("No key moved through the table within 30 s."));
          else setTimeout(tryKey, 20);
        };
        tryKey();
      }),
  );
}

/** Scrolls by four rows a frame: ten thousand in some forty seconds, where every frame is in time. */
async function scroll(page: Page) {
  const { frames, rowsPassed } = await page.evaluate(
    (wanted) =>
      new Promise<{ frames: number[]; rowsPassed: number }>((resolve) => {
        const row = document.querySelector("table tbody tr");
        const height = row?.getBoundingClientRect().height ?? 40;
        const frames: number[] = [];
        const until = performance.now() + 120_000;
        let before = performance.now();
        const step = (now: number) => {
          frames.push(now - before);
          window.scrollBy(0, height * 4);
          before = now;
          const rowsPassed = Math.floor(window.scrollY / height);
          if (rowsPassed >= wanted || now > until) resolve({ frames: frames.slice(1), rowsPassed });
          else requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
      }),
    rowsToScroll,
  );
  const sorted = [...frames].sort((a, b) => a - b);
  return {
    frames: frames.length,
    framesP95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN,
    slowFrames: frames.filter((ms) => ms > 50).length / frames.length,
    rowsPassed,
  };
}
