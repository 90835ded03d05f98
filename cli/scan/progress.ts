import type { WriteStream } from "node:tty";

export type ProgressStep = { unit: string; done: number; total: number; resources: number };

/** One line that rewrites itself on a terminal; elsewhere a line every ten per cent. */
export class Progress {
  readonly #out: WriteStream;
  #tenths = 0;
  #shown = false;

  constructor(out: WriteStream) {
    this.#out = out;
  }

  show({ unit, done, total, resources }: ProgressStep): void {
    const text = `${done}/${total} units, ${resources} resources  ${unit}`;
    if (this.#out.isTTY) {
      this.#out.write(`\r\u001b[2K${text.slice(0, this.#out.columns - 1)}`);
      this.#shown = true;
      return;
    }
    const tenths = total > 0 ? Math.floor((done / total) * 10) : 0;
    if (tenths > this.#tenths) this.#out.write(`${text}\n`);
    this.#tenths = Math.max(tenths, this.#tenths % 10);
  }

  end(): void {
    if (this.#shown) this.#out.write("\r\u001b[2K");
  }
}
