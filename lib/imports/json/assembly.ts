import type { Token } from "stream-json/core/parser.js";

type Container = unknown[] | Record<string, unknown>;

/** What a bracket, a name or a value weighs besides its characters: so many that a page of `{}` is soon too long. */
const tokenWeight = 8;

/** Puts one JSON value together from its tokens, unless it grows longer than allowed; then it only waits for the end. */
export class Assembly {
  readonly #maxLength: number;
  #length = 0;
  #containers: Container[] = [];
  #names: string[] = [];
  #chunks: string[] = [];
  #root: unknown = null;

  constructor(maxLength: number) {
    this.#maxLength = maxLength;
  }

  get #isTooLong(): boolean {
    return this.#length > this.#maxLength;
  }

  end(): { value: unknown; tooLong: boolean } {
    return this.#isTooLong ? { value: null, tooLong: true } : { value: this.#root, tooLong: false };
  }

  take(token: Token): void {
    if (this.#isTooLong) return;
    this.#length +=
      token.name.endsWith("Chunk") && "value" in token ? String(token.value).length : tokenWeight;
    if (this.#isTooLong) {
      this.#containers = [];
      this.#chunks = [];
      this.#root = null;
      return;
    }
    switch (token.name) {
      case "startObject":
        // Without a prototype, a member may have any name.
        this.#open(Object.create(null));
        break;
      case "startArray":
        this.#open([]);
        break;
      case "endObject":
      case "endArray":
        this.#containers.pop();
        break;
      case "startKey":
      case "startString":
      case "startNumber":
        this.#chunks = [];
        break;
      case "stringChunk":
      case "numberChunk":
        this.#chunks.push(token.value);
        break;
      case "endKey":
        this.#names[this.#containers.length - 1] = this.#chunks.join("");
        break;
      case "endString":
        this.#put(this.#chunks.join(""));
        break;
      case "endNumber":
        this.#put(Number(this.#chunks.join("")));
        break;
      case "nullValue":
      case "trueValue":
      case "falseValue":
        this.#put(token.value);
        break;
    }
  }

  #open(container: Container): void {
    this.#put(container);
    this.#containers.push(container);
  }

  #put(value: unknown): void {
    const depth = this.#containers.length;
    const container = this.#containers[depth - 1];
    if (container === undefined) this.#root = value;
    else if (Array.isArray(container)) container.push(value);
    else container[this.#names[depth - 1] ?? ""] = value;
  }
}
