/** How long an account stays open in a process after its last use, so that its units share sockets and limits. */
const idleMs = 60_000;

type Opened<Access> = { access: Access; users: number; closing: NodeJS.Timeout | null };

/** What the units of one account share in one process, such as credentials, sockets and limits: opened once, by key. */
export class OpenAccounts<Access extends { close(): void }> {
  readonly #open = new Map<string, Opened<Access>>();

  /**
   * What is open under `key`, or what `open` opens.
   *
   * @returns With `release`, to be called by each user when it is done; calling it again does nothing.
   */
  use(key: string, open: () => Access): { access: Access; release: () => void } {
    const opened = this.#open.get(key) ?? { access: open(), users: 0, closing: null };
    this.#open.set(key, opened);
    opened.users += 1;
    if (opened.closing) clearTimeout(opened.closing);
    opened.closing = null;
    let released = false;
    return {
      access: opened.access,
      release: () => {
        if (released) return;
        released = true;
        this.#leave(key, opened);
      },
    };
  }

  #leave(key: string, opened: Opened<Access>): void {
    opened.users -= 1;
    if (opened.users > 0) return;
    opened.closing = setTimeout(() => {
      this.#open.delete(key);
      opened.access.close();
    }, idleMs);
    opened.closing.unref();
  }
}
