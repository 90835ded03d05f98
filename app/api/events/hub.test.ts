import { describe, expect, it } from "vitest";
import { EventHub, type LiveEvent } from "./hub.ts";

function fakeListen() {
  const state = { listening: 0, notify: (_kind: LiveEvent["kind"], _payload: string): void => undefined };
  const listen = async (heard: typeof state.notify) => {
    state.listening += 1;
    state.notify = heard;
    return {
      stop: async () => {
        state.listening -= 1;
      },
    };
  };
  return { state, listen };
}

const payload = (organisationId: string, scanId: string) => JSON.stringify({ organisationId, scanId });

describe("EventHub", () => {
  it("sends an organisation's events to that organisation alone, over one LISTEN", async () => {
    const { state, listen } = fakeListen();
    const hub = new EventHub(listen);
    const heard: Record<string, LiveEvent[]> = { a: [], b: [] };
    const leaveA = await hub.subscribe({ organisationId: "org_a", userId: "u1" }, (event) =>
      heard.a?.push(event),
    );
    const leaveB = await hub.subscribe({ organisationId: "org_b", userId: "u2" }, (event) =>
      heard.b?.push(event),
    );
    state.notify("scan", payload("org_a", "scn_1"));
    state.notify("scan", "not json");
    state.notify("scan", '{"organisationId":7}');
    state.notify("account", '{"organisationId":"org_a","id":"acc_1"}');
    state.notify("account", '{"organisationId":"org_b"}');
    state.notify("finding", '{"organisationId":"org_b","id":"fnd_1"}');
    state.notify("plan", '{"organisationId":"org_b","id":"pln_1"}');
    expect({ heard, listening: state.listening, size: hub.size }).toEqual({
      heard: {
        a: [
          { kind: "scan", id: "scn_1" },
          { kind: "account", id: "acc_1" },
        ],
        b: [
          { kind: "account", id: null },
          { kind: "finding", id: "fnd_1" },
          { kind: "plan", id: "pln_1" },
        ],
      },
      listening: 1,
      size: 2,
    });
    leaveA();
    leaveB();
    await Promise.resolve();
    await Promise.resolve();
    expect({ listening: state.listening, size: hub.size }).toEqual({ listening: 0, size: 0 });
  });

  it("bounds what one user holds open, and frees it again", async () => {
    const hub = new EventHub(fakeListen().listen, 1);
    const who = { organisationId: "org_a", userId: "u1" };
    const leave = await hub.subscribe(who, () => undefined);
    await expect(hub.subscribe(who, () => undefined)).rejects.toMatchObject({ code: "rate_limited" });
    leave();
    await expect(hub.subscribe(who, () => undefined)).resolves.toBeTypeOf("function");
  });

  it("keeps nobody when the database can't be listened to, and tries again next time", async () => {
    let refuse = true;
    const { listen } = fakeListen();
    const hub = new EventHub((heard) => (refuse ? Promise.reject(new Error("down")) : listen(heard)));
    const who = { organisationId: "org_a", userId: "u1" };
    await expect(hub.subscribe(who, () => undefined)).rejects.toMatchObject({ code: "unavailable" });
    expect(hub.size).toBe(0);
    refuse = false;
    await hub.subscribe(who, () => undefined);
    expect(hub.size).toBe(1);
  });
});
