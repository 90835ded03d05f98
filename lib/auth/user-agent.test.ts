import { expect, test } from "vitest";
import { describeUserAgent } from "./user-agent.ts";

const webkit = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  ["Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0", "Firefox on Linux", false],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/147.0.0.0 Safari/537.36`,
    "Chrome on Windows",
    false,
  ],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/147.0 Safari/537.36 Edg/147.0`,
    "Edge on Windows",
    false,
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
    "Safari on macOS",
    false,
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
    true,
  ],
  [
    `Mozilla/5.0 (Linux; Android 16; Pixel 10) ${webkit} Chrome/147.0.0.0 Mobile Safari/537.36`,
    "Chrome on Android",
    true,
  ],
  [
    `Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/147.0 Safari/537.36`,
    "Headless Chrome on Linux",
    false,
  ],
  ["curl/8.14.1", "curl", false],
  ["Something/1.0 (Linux)", "A program on Linux", false],
  ["<script>alert(1)</script>", "An unknown program", false],
  [null, "An unknown program", false],
])("%s", (userAgent, words, isHandheld) => {
  expect(describeUserAgent(userAgent)).toEqual({ words, isHandheld });
});
