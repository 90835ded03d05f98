import { describe, expect, it } from "vitest";
import { foldLines, jsonLines } from "./json-lines.ts";

describe("jsonLines", () => {
  it("marks what pointers point at, whole", () => {
    const config = { name: "web", ingress: [{ port: 443 }, { port: 22, cidr: "0.0.0.0/0" }], "a/b": null };
    const { lines, missed, cut } = jsonLines(config, ["/ingress/1", "/a~1b", "/gone"]);
    expect(lines.map(({ depth, text, proof }) => `${proof ? ">" : " "}${"  ".repeat(depth)}${text}`)).toEqual(
      [
        " {",
        '   "name": "web",',
        '   "ingress": [',
        "     {",
        '       "port": 443',
        "     },",
        ">    {",
        '>      "port": 22,',
        '>      "cidr": "0.0.0.0/0"',
        ">    }",
        "   ],",
        '>  "a/b": null',
        " }",
      ],
    );
    expect({ missed, cut }).toEqual({ missed: ["/gone"], cut: false });
  });

  it("cuts what is too long to look at", () => {
    const { lines } = jsonLines({ tag: "x".repeat(10_000) }, []);
    expect(lines[1]?.text.length).toBeLessThan(2_100);
    expect(
      jsonLines(
        Array.from({ length: 9_000 }, () => 0),
        [],
      ).cut,
    ).toBe(true);
  });
});

describe("foldLines", () => {
  it("opens what is near a proof and folds the rest", () => {
    const { lines } = jsonLines(Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`k${at}`, at])), [
      "/k10",
    ]);
    expect(foldLines(lines).map((stretch) => [stretch.folded, stretch.lines.length])).toEqual([
      [true, 9],
      [false, 5],
      [true, 8],
    ]);
  });
  it("folds nothing without a proof", () => {
    expect(foldLines(jsonLines({ a: 1 }, []).lines)).toHaveLength(1);
  });
});
