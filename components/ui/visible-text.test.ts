import { describe, expect, it } from "vitest";
import { cutText, visibleText } from "./visible-text.ts";

describe("visibleText", () => {
  it.each([
    ["plain-name", "plain-name"],
    ["photo\u202egnp.exe", "photo⟨U+202E⟩gnp.exe"],
    ["a\u0000b\nc\u001b[31m", "a⟨U+0000⟩b⟨U+000A⟩c⟨U+001B⟩[31m"],
    ["zero\u200bwidth\ufeff", "zero⟨U+200B⟩width⟨U+FEFF⟩"],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
    ["مرحبا 📦 naïve", "مرحبا 📦 naïve"],
    ["half \ud83d", "half ⟨U+D83D⟩"],
  ])("%j becomes %j", (given, shown) => {
    expect(visibleText(given)).toBe(shown);
  });
});

describe("cutText", () => {
  it("leaves short text whole", () => {
    expect(cutText("short", 5)).toEqual({ text: "short", cut: null });
  });
  it("cuts between characters and tells the length", () => {
    expect(cutText("📦📦📦", 2)).toEqual({ text: "📦📦", cut: 6 });
  });
});
