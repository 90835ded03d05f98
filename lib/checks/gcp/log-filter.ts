/** A filter in the Logging query language, taken apart. `compare` with value `*` and comparator `:` asks whether the field exists. */
export type LogFilter =
  | { op: "and" | "or"; parts: LogFilter[] }
  | { op: "not"; part: LogFilter }
  | { op: "compare"; field: string[]; comparator: Comparator; value: string }
  /** A word or phrase anywhere in the entry. */
  | { op: "text"; value: string }
  | { op: "call"; name: string; arguments: string[] };

export type Comparator = "=" | "!=" | ">" | "<" | ">=" | "<=" | ":" | "=~" | "!~";

type Token = {
  type: "word" | "string" | "operator";
  text: string;
  /** Nothing lies between it and the token before. */
  glued: boolean;
};

/** Google takes filters of up to 20,000 characters; nesting is bounded so that a hostile one can't exhaust the stack. */
const maxDepth = 100;

/** Filters that are written in ways this doesn't know; whoever asks can't judge them. */
class NotUnderstood extends Error {}

/**
 * Parses a filter; `undefined` when it can't be made sense of. An empty one is a conjunction of nothing: it matches
 * everything. See https://docs.cloud.google.com/logging/docs/view/logging-query-language
 */
export function parseLogFilter(text: string): LogFilter | undefined {
  try {
    const parser = new Parser(tokensOf(text));
    return parser.readAll();
  } catch (error) {
    if (error instanceof NotUnderstood) return undefined;
    throw error;
  }
}

const pattern =
  /(?<space>\s+|--[^\n]*)|(?<string>"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')|(?<operator>=~|!~|!=|>=|<=|[=<>:(),]|-(?=[\w("'@]))|(?<word>[^\s"'=<>:(),!~]+)/gy;

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    at = match.index + match[0].length;
    const { space, string, operator, word } = match.groups ?? {};
    if (space !== undefined) continue;
    const glued = match.index > 0 && !/\s/.test(text[match.index - 1] ?? "");
    // A path's quoted parts, as in `labels."k8s/app"`, belong to the word before them.
    const last = tokens.at(-1);
    const joins = glued && last?.type === "word" && last.text.endsWith(".");
    const goesOn = glued && last?.type === "word" && word?.startsWith(".");
    if (string !== undefined && joins) last.text += escapeDots(unquote(string));
    else if (word !== undefined && goesOn) last.text += word;
    else if (string !== undefined) tokens.push({ type: "string", text: unquote(string), glued });
    else if (operator !== undefined) tokens.push({ type: "operator", text: operator, glued });
    else if (word !== undefined) tokens.push({ type: "word", text: word, glued });
  }
  if (at !== text.length) throw new NotUnderstood();
  return tokens;
}

/** Stands for a dot within a name, which separates nothing. */
const innerDot = "\u0000";
const escapeDots = (name: string) => name.replaceAll(".", innerDot);

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', "'": "'" };

/** A backslash before anything else stays, as regular expressions need it. */
const unquote = (quoted: string): string =>
  quoted.slice(1, -1).replace(/\\([\s\S])/g, (whole, letter: string) => escapes[letter] ?? whole);

/** OR binds more tightly than AND, and NOT more than both; two terms side by side are joined by AND. */
class Parser {
  #tokens: Token[];
  #at = 0;
  #depth = 0;
  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }

  readAll(): LogFilter {
    if (this.#tokens.length === 0) return { op: "and", parts: [] };
    const filter = this.#readAnd(() => this.#readTerm());
    if (this.#at < this.#tokens.length) throw new NotUnderstood();
    return filter;
  }

  #readAnd(readTerm: () => LogFilter): LogFilter {
    const parts = [this.#readOr(readTerm)];
    while (this.#at < this.#tokens.length && !this.#isNext(")")) {
      this.#skip("AND");
      parts.push(this.#readOr(readTerm));
    }
    return joined("and", parts);
  }

  #readOr(readTerm: () => LogFilter): LogFilter {
    const parts = [this.#readNot(readTerm)];
    while (this.#skip("OR")) parts.push(this.#readNot(readTerm));
    return joined("or", parts);
  }

  #readNot(readTerm: () => LogFilter): LogFilter {
    let isNegated = false;
    while (this.#skip("NOT") || this.#skip("-")) isNegated = !isNegated;
    const part = this.#readGroup(readTerm) ?? readTerm();
    return isNegated ? { op: "not", part } : part;
  }

  #readGroup(readTerm: () => LogFilter): LogFilter | null {
    if (!this.#skip("(")) return null;
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new NotUnderstood();
    const filter = this.#readAnd(readTerm);
    this.#depth -= 1;
    if (!this.#skip(")")) throw new NotUnderstood();
    return filter;
  }

  #readTerm(): LogFilter {
    const token = this.#readValue();
    const comparator = this.#readComparator();
    if (comparator) {
      const field = token.text.split(".").map((name) => name.replaceAll(innerDot, "."));
      const compare = (): LogFilter => {
        const value = this.#readValue().text.replaceAll(innerDot, ".");
        return { op: "compare", field, comparator, value };
      };
      // One field may be compared with several values: `severity = (ERROR OR CRITICAL)`.
      return this.#readGroup(compare) ?? compare();
    }
    const opens = token.type === "word" && this.#isNext("(") && this.#tokens[this.#at]?.glued;
    if (opens) return this.#readCall(token.text);
    return { op: "text", value: token.text };
  }

  #readCall(name: string): LogFilter {
    this.#skip("(");
    const values: string[] = [];
    while (!this.#skip(")")) {
      values.push(this.#readValue().text);
      if (!this.#skip(",") && !this.#isNext(")")) throw new NotUnderstood();
    }
    return { op: "call", name: name.toLowerCase(), arguments: values };
  }

  #readComparator(): Comparator | null {
    const found = comparators.find((comparator) => this.#isNext(comparator));
    if (found) this.#at += 1;
    return found ?? null;
  }

  #readValue(): Token {
    const token = this.#tokens[this.#at];
    const isJoint = token?.type === "word" && /^(AND|OR|NOT)$/.test(token.text);
    if (!token || token.type === "operator" || isJoint) throw new NotUnderstood();
    this.#at += 1;
    return token;
  }

  #isNext(text: string): boolean {
    const token = this.#tokens[this.#at];
    return token?.type !== "string" && token?.text === text;
  }

  #skip(text: string): boolean {
    const isNext = this.#isNext(text);
    if (isNext) this.#at += 1;
    return isNext;
  }
}

const comparators: readonly Comparator[] = ["=", "!=", ">", "<", ">=", "<=", ":", "=~", "!~"];

const joined = (op: "and" | "or", parts: LogFilter[]): LogFilter =>
  parts.length === 1 && parts[0] ? parts[0] : { op, parts };
