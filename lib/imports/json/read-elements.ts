import { getManyValues, isMany, none } from "stream-chain/defs.js";
import { jsonParser, type Token } from "stream-json/core/parser.js";
import { maxRowLength, ReportError } from "../model.ts";
import { Walk } from "./walk.ts";

/** Where a value stands: the names of the members it lies in, and `*` for any place in an array. */
export type ElementPath = readonly string[];

/**
 * A wanted value; `tooLong` for one of more characters than are read, whose value is null. `places` says which of its
 * array each `*` of the path is, from 0.
 */
export type Element = { path: ElementPath; places: readonly number[]; value: unknown; tooLong: boolean };

/** Characters of text given to the parser at a time. */
const sliceLength = 65_536;

/**
 * Reads the wanted values out of a JSON text of any size, in their order. No more than one of them is held at a time,
 * and none that is longer than `maxLength` characters.
 *
 * @param isWanted Asked of each value that doesn't lie within a wanted one.
 * @throws ReportError where the text is not JSON, or ends too early.
 */
export async function* readElements(
  text: AsyncIterable<string>,
  isWanted: (path: ElementPath) => boolean,
  maxLength = maxRowLength,
): AsyncGenerator<Element> {
  const parse = jsonParser({ packValues: false, streamValues: true });
  const walk = new Walk(isWanted, maxLength);
  for await (const piece of text) {
    for (let at = 0; at < piece.length; at += sliceLength) {
      yield* walk.take(tokensOf(parse, piece.slice(at, at + sliceLength)));
    }
  }
  yield* walk.take(tokensOf(parse, none));
  if (walk.depth > 0) throw new ReportError("The file ends too early.");
}

/** The tokens of the next text, or of its end. */
function tokensOf(parse: ReturnType<typeof jsonParser>, text: string | typeof none): readonly Token[] {
  let answer: unknown;
  try {
    // Its types leave out the mark that ends the text.
    answer = parse(text as string);
  } catch (cause) {
    throw new ReportError(text === none ? "The file ends too early." : "The file is not valid JSON.", {
      cause,
    });
  }
  return isMany(answer) ? (getManyValues(answer) as Token[]) : [];
}
