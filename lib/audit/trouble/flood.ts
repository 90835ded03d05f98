/** Entries of one kind of trouble that somebody can bring about within a minute. */
export const mostTroubleAMinute = 20;
const windowMs = 60_000;
const mostKinds = 10_000;

type Window = { endsAt: number; count: number; unrecorded: number };

/** Keeps whoever is refused over and over from filling the trail: in this process, by what the caller takes as one kind. */
export class FloodGate {
  readonly #windows = new Map<string, Window>();

  /** What an entry shall say of those left out, or `null` when it is to be left out itself. */
  admit(kind: string, now = Date.now()): { limitReached?: true; unrecorded?: number } | null {
    const window = this.#windows.get(kind);
    if (window && window.endsAt > now) {
      window.count += 1;
      if (window.count < mostTroubleAMinute) return {};
      if (window.count === mostTroubleAMinute) return { limitReached: true };
      window.unrecorded += 1;
      return null;
    }
    this.#makeRoom(now);
    this.#windows.set(kind, { endsAt: now + windowMs, count: 1, unrecorded: 0 });
    return window && window.unrecorded > 0 ? { unrecorded: window.unrecorded } : {};
  }

  #makeRoom(now: number): void {
    if (this.#windows.size < mostKinds) return;
    for (const [kind, { endsAt }] of this.#windows) if (endsAt <= now) this.#windows.delete(kind);
    if (this.#windows.size >= mostKinds) this.#windows.clear();
  }
}
