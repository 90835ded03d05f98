/** Numbers that look random and are the same at every start, so that an estate is. */
export type Random = {
  /** An integer from 0 up to and without `below`. */
  int(below: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  /** True in `share` (0 to 1) of all cases. */
  chance(share: number): boolean;
  /** So many hexadecimal digits. */
  hex(digits: number): string;
  uuid(): string;
};

/** A generator after Bob Jenkins's "small fast" design (public domain). */
export function createRandom(seed: number): Random {
  let [a, b, c, d] = [0xf1ea5eed, seed, seed, seed];
  const next = () => {
    const e = (a - ((b << 27) | (b >>> 5))) | 0;
    a = b ^ ((c << 17) | (c >>> 15));
    b = (c + d) | 0;
    c = (d + e) | 0;
    d = (e + a) | 0;
    return d >>> 0;
  };
  for (let round = 0; round < 20; round++) next();
  const int = (below: number) => next() % below;
  const hex = (digits: number) => {
    let text = "";
    while (text.length < digits) text += next().toString(16).padStart(8, "0");
    return text.slice(0, digits);
  };
  return {
    int,
    hex,
    pick: (items) => items[int(items.length)] ?? items[0],
    chance: (share) => next() < share * 2 ** 32,
    uuid: () => [8, 4, 4, 4, 12].map(hex).join("-"),
  };
}
