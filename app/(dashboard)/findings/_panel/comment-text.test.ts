import { describe, expect, it } from "vitest";
import { mentionAt, partsOf, toStored, toTyped } from "./comment-text.ts";

const ann = { id: "usr_1", name: "Ann" };
const annLee = { id: "usr_2", name: "Ann Lee" };

describe("mentions", () => {
  it("are stored by id, the longer name first, and typed by name", () => {
    const stored = toStored("@Ann Lee and @Ann, look", [ann, annLee]);
    expect(stored).toBe("@[usr_2] and @[usr_1], look");
    expect(toTyped(stored, [ann, annLee])).toBe("@Ann Lee and @Ann, look");
  });
  it("stay as they are when nobody knows whom they mean", () => {
    expect(toTyped("hi @[usr_9]", [ann])).toBe("hi @[usr_9]");
    expect(partsOf("hi @[usr_9]", [ann])).toEqual([
      { from: 0, text: "hi ", mention: false },
      { from: 3, text: "@somebody", mention: true },
    ]);
  });
  it("stand apart from the text around them", () => {
    expect(partsOf("a @[usr_1] b", [ann])).toEqual([
      { from: 0, text: "a ", mention: false },
      { from: 2, text: "@Ann", mention: true },
      { from: 10, text: " b", mention: false },
    ]);
  });
  it("are begun by an @ after a space, and end with the second word", () => {
    expect(mentionAt("ask @ma", 7)).toEqual({ from: 4, begun: "ma" });
    expect(mentionAt("@", 1)).toEqual({ from: 0, begun: "" });
    expect(mentionAt("@Ann Le", 7)).toEqual({ from: 0, begun: "Ann Le" });
    expect(mentionAt("mail a@b", 8)).toBeNull();
    expect(mentionAt("@Ann Lee is", 11)).toBeNull();
  });
});
