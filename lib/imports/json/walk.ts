import type { Token } from "stream-json/core/parser.js";
import { ReportError } from "../model.ts";
import { Assembly } from "./assembly.ts";
import type { Element, ElementPath } from "./read-elements.ts";

/** Deeper than any report; a file that is nothing but brackets is no report. */
const maxDepth = 64;
/** Of a member's name, as far as a path needs it. */
const maxNameLength = 200;

/** `place` of the value being read, from 0; for an object it says nothing. */
type Level = { isArray: boolean; place: number };

/** Follows tokens through a document, and puts together the values that are wanted. */
export class Walk {
  readonly #isWanted: (path: ElementPath) => boolean;
  readonly #maxLength: number;
  readonly #levels: Level[] = [];
  /** One name for each level: `*` in an array, else of the member that was named last. */
  readonly #path: string[] = [];
  /** The name or string being read outside a wanted value. */
  #name = "";
  #isName = false;
  #assembly: Assembly | undefined;
  /** Where the value begins that is being put together. */
  #floor = 0;

  constructor(isWanted: (path: ElementPath) => boolean, maxLength: number) {
    this.#isWanted = isWanted;
    this.#maxLength = maxLength;
  }

  get depth(): number {
    return this.#levels.length;
  }

  *take(tokens: readonly Token[]): Generator<Element> {
    for (const token of tokens) {
      if (this.#assembly === undefined && isBeginning(token)) {
        const level = this.#levels.at(-1);
        if (level?.isArray) level.place += 1;
        if (this.#isWanted(this.#path)) {
          this.#assembly = new Assembly(this.#maxLength);
          this.#floor = this.#levels.length;
        }
      }
      this.#assembly?.take(token);
      this.#follow(token);
      if (this.#assembly === undefined || this.#levels.length > this.#floor || !isEnd(token)) continue;
      const { value, tooLong } = this.#assembly.end();
      this.#assembly = undefined;
      yield { path: [...this.#path], places: this.#places(), value, tooLong };
    }
  }

  #places(): number[] {
    return this.#levels.filter(({ isArray }) => isArray).map(({ place }) => place);
  }

  #follow(token: Token): void {
    switch (token.name) {
      case "startObject":
      case "startArray": {
        const isArray = token.name === "startArray";
        this.#levels.push({ isArray, place: -1 });
        this.#path.push(isArray ? "*" : "");
        if (this.#levels.length > maxDepth) {
          throw new ReportError(`The file nests more than ${maxDepth} levels deep, which no report does.`);
        }
        break;
      }
      case "endObject":
      case "endArray":
        this.#levels.pop();
        this.#path.pop();
        break;
      case "startKey":
        this.#name = "";
        this.#isName = true;
        break;
      case "stringChunk":
        if (this.#isName && this.#name.length < maxNameLength) this.#name += token.value;
        break;
      case "endKey":
        this.#isName = false;
        this.#path[this.#path.length - 1] = this.#name;
        break;
    }
  }
}

const isBeginning = ({ name }: Token): boolean =>
  name === "startObject" ||
  name === "startArray" ||
  name === "startString" ||
  name === "startNumber" ||
  name === "nullValue" ||
  name === "trueValue" ||
  name === "falseValue";

const isEnd = ({ name }: Token): boolean =>
  name === "endObject" ||
  name === "endArray" ||
  name === "endString" ||
  name === "endNumber" ||
  name === "nullValue" ||
  name === "trueValue" ||
  name === "falseValue";
