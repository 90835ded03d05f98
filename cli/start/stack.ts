import type { Supervised } from "./service.ts";

/** What runs, in layers: those of a higher layer rest on the lower ones and stop first. */
export class Stack {
  private readonly layers: Supervised[][] = [];

  get size(): number {
    return this.layers.flat().length;
  }

  add(layer: number, service: Supervised): void {
    this.layers[layer] = [...(this.layers[layer] ?? []), service];
  }

  async stop(): Promise<void> {
    for (const layer of this.layers.toReversed()) {
      await Promise.all((layer ?? []).map((service) => service.stop()));
    }
  }

  kill(): void {
    for (const service of this.layers.flat()) service.kill();
  }
}
