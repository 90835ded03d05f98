/** First match wins, so what calls itself by another's name as well comes before that other. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, "Edge"],
  [/\bEdgiOS\//, "Edge"],
  [/\bOPR\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\b(Firefox|FxiOS)\//, "Firefox"],
  [/\bHeadlessChrome\//, "Headless Chrome"],
  [/\b(Chrome|CriOS|Chromium)\//, "Chrome"],
  [/\bVersion\/[\d.]+ .*Safari\//, "Safari"],
  [/^curl\//, "curl"],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, "iPhone"],
  [/\biPad\b/, "iPad"],
  [/\bAndroid\b/, "Android"],
  [/\bWindows\b/, "Windows"],
  [/\bCrOS\b/, "ChromeOS"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS"],
  [/\bLinux\b/, "Linux"],
];

/** A user agent in words, such as `Firefox on Linux`, and whether it is a phone or tablet. It is what the client says of itself. */
export function describeUserAgent(userAgent: string | null): { words: string; isHandheld: boolean } {
  const text = userAgent ?? "";
  const find = (list: typeof browsers) => list.find(([pattern]) => pattern.test(text))?.[1];
  const browser = find(browsers);
  const system = find(systems);
  const isHandheld = system === "iPhone" || system === "iPad" || system === "Android";
  if (browser && system) return { words: `${browser} on ${system}`, isHandheld };
  return { words: browser ?? (system ? `A program on ${system}` : "An unknown program"), isHandheld };
}
