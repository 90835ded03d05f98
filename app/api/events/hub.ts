import { z } from "zod";
import { DomainError } from "#lib/errors.ts";

/**
 * What moved: a scan or a piece of one; an account or organisation (`id` is null when it isn't said which); a finding, or
 * a change or exception of several; a plan of remediation.
 */
export type LiveEvent = { kind: "scan" | "account" | "finding" | "plan"; id: string | null };

/** `LISTEN`: calls `heard` with each payload until `stop`. postgres.js takes it up again after a lost connection. */
export type Listen = (
  heard: (kind: LiveEvent["kind"], payload: string) => void,
) => Promise<{ stop: () => Promise<void> }>;

type Subscriber = { userId: string; send: (event: LiveEvent) => void };

const notification = z.object({
  organisationId: z.string(),
  scanId: z.string().optional(),
  id: z.string().optional(),
});

/**
 * Spreads the database's notifications to the browsers of the organisation they belong to. One process listens once to
 * each channel, while anyone is there to hear.
 */
export class EventHub {
  readonly #listen: Listen;
  readonly #perUser: number;
  readonly #subscribers = new Map<string, Set<Subscriber>>();
  #listening: ReturnType<Listen> | undefined;

  constructor(listen: Listen, perUser = 8) {
    this.#listen = listen;
    this.#perUser = perUser;
  }

  /** Returns how to leave. Throws `rate_limited` when the user has as many streams open as are allowed. */
  async subscribe(
    who: { organisationId: string; userId: string },
    send: Subscriber["send"],
  ): Promise<() => void> {
    const own = this.#subscribers.get(who.organisationId) ?? new Set<Subscriber>();
    const held = [...own].filter(({ userId }) => userId === who.userId).length;
    if (held >= this.#perUser) {
      throw new DomainError(
        "rate_limited",
        "Too many windows are open at once; this one asks now and then instead.",
      );
    }
    const subscriber = { userId: who.userId, send };
    this.#subscribers.set(who.organisationId, own.add(subscriber));
    const leave = () => this.#leave(who.organisationId, subscriber);
    this.#listening ??= this.#listen((kind, payload) => this.#spread(kind, payload));
    try {
      await this.#listening;
    } catch (cause) {
      this.#listening = undefined;
      leave();
      throw new DomainError("unavailable", "The database can't be listened to right now.", { cause });
    }
    return leave;
  }

  get size(): number {
    return [...this.#subscribers.values()].reduce((all, { size }) => all + size, 0);
  }

  #spread(kind: LiveEvent["kind"], payload: string): void {
    const parsed = notification.safeParse(parseJson(payload));
    if (!parsed.success) return;
    const { organisationId, scanId, id = scanId ?? null } = parsed.data;
    for (const { send } of this.#subscribers.get(organisationId) ?? []) send({ kind, id });
  }

  #leave(organisationId: string, subscriber: Subscriber): void {
    const own = this.#subscribers.get(organisationId);
    own?.delete(subscriber);
    if (own?.size === 0) this.#subscribers.delete(organisationId);
    if (this.#subscribers.size > 0 || !this.#listening) return;
    const listening = this.#listening;
    this.#listening = undefined;
    // A connection that was lost has nothing left to stop.
    void listening.then(({ stop }) => stop()).catch(() => undefined);
  }
}

/** Undefined for what is not JSON: anyone with a connection may notify. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
