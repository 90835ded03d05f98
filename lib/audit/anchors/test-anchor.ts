import { type Anchor, AnchorError } from "./anchor.ts";

/** For tests: an anchor in memory, which can be told to fail and to be slow. */
export class TestAnchor implements Anchor {
  readonly name: string;
  notes: string[] = [];
  failing: string | null = null;

  constructor(name = "test") {
    this.name = name;
  }

  async write(note: string): Promise<void> {
    this.#check();
    this.notes.push(note);
  }

  async latest(): Promise<string | null> {
    this.#check();
    return this.notes.at(-1) ?? null;
  }

  async *list(): AsyncGenerator<string> {
    this.#check();
    yield* this.notes;
  }

  #check(): void {
    if (this.failing !== null) throw new AnchorError(this.failing);
  }
}
