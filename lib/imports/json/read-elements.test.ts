import { describe, expect, it } from "vitest";
import type { ReportError } from "../model.ts";
import { type Element, type ElementPath, readElements } from "./read-elements.ts";

async function* inPieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function read(text: string, wanted: string[], options: { length?: number; max?: number } = {}) {
  const isWanted = (path: ElementPath) => wanted.includes(path.join("."));
  const elements: Element[] = [];
  for await (const element of readElements(inPieces(text, options.length ?? 7), isWanted, options.max)) {
    elements.push(element);
  }
  return elements;
}

describe("readElements", () => {
  const document = {
    a: [{ id: 1, "x\u00e9\n": [true, null, -1.5e3, 'é\u{1f600}"\\'] }, "text", 2, [], {}],
    b: { c: [{ d: 1 }], e: "skipped" },
  };
  it.each([1, 2, 3, 5, 64, 10_000])(
    "gives each value whole, from pieces of %i characters",
    async (length) => {
      const elements = await read(JSON.stringify(document, null, 2), ["a.*", "b.c"], { length });
      expect(JSON.parse(JSON.stringify(elements))).toEqual([
        ...document.a.map((value, place) => ({ path: ["a", "*"], places: [place], value, tooLong: false })),
        { path: ["b", "c"], places: [], value: document.b.c, tooLong: false },
      ]);
    },
  );
  it("gives the elements of an array at the root", async () => {
    expect((await read("[1, [2], 3]", ["*"])).map(({ value }) => value)).toEqual([1, [2], 3]);
  });
  it("leaves out what is too long, and goes on after it", async () => {
    const text = JSON.stringify([{ a: "x" }, { a: "x".repeat(1000) }, { a: "y" }]);
    const elements = await read(text, ["*"], { max: 200 });
    expect(elements.map(({ tooLong, value }) => [tooLong, value])).toEqual([
      [false, { a: "x" }],
      [true, null],
      [false, { a: "y" }],
    ]);
  });
  it("counts brackets as length", async () => {
    const [element] = await read(`[[${"{},".repeat(1000)}1]]`, ["*"], { max: 2_000 });
    expect(element?.tooLong).toBe(true);
  });
  it("keeps a member called __proto__ as a member", async () => {
    const [element] = await read('[{"__proto__": {"polluted": true}}]', ["*"]);
    expect(JSON.stringify(element?.value)).toBe('{"__proto__":{"polluted":true}}');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
  it.each([
    ["", "The file ends too early"],
    ["   ", "The file ends too early"],
    ['[{"a": 1}', "The file ends too early"],
    ['[{"a": "tex', "The file ends too early"],
    ["[1, 2", "The file ends too early"],
    ["[1, oops]", "The file is not valid JSON"],
    ["[1] trailing", "The file is not valid JSON"],
    [`${"[".repeat(100)}${"]".repeat(100)}`, "The file nests more than 64 levels deep, which no report does"],
  ])("says what is wrong with %j", async (text, message) => {
    const error: ReportError = await read(text, ["*"]).then(
      () => expect.fail("was read"),
      (thrown) => thrown,
    );
    expect([error.name, error.message]).toEqual(["ReportError", `${message}.`]);
  });
  it("gives what stands before a break", async () => {
    const seen: unknown[] = [];
    const reading = async () => {
      for await (const { value } of readElements(
        inPieces('[{"a":1},{"a":2},{"a', 4),
        (path) => path.length === 1,
      )) {
        seen.push(value);
      }
    };
    await expect(reading()).rejects.toThrow("The file ends too early");
    expect(seen).toEqual([{ a: 1 }, { a: 2 }]);
  });
});
