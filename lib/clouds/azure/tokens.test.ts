import { describe, expect, it } from "vitest";
import { tokenSource } from "./tokens.ts";

const hourMs = 3_600_000;

/** A login that hands out `t1`, `t2`, … for an hour each, or fails with what `failure` holds. */
function makeLogin() {
  const state = { now: 0, asked: [] as unknown[], entrances: 0, failure: null as unknown };
  const login = () => {
    state.entrances += 1;
    return {
      getToken: async (_scope: string | string[], options?: object) => {
        state.asked.push(options);
        if (state.failure) throw state.failure;
        return { token: `t${state.asked.length}`, expiresOnTimestamp: state.now + hourMs };
      },
    };
  };
  return { state, source: tokenSource("scope", login, () => state.now) };
}
const tokenOf = async (source: { get(): Promise<{ token: string }> }) => (await source.get()).token;

describe("tokenSource", () => {
  it("asks once for all who want it", async () => {
    const { state, source } = makeLogin();
    expect(await Promise.all([tokenOf(source), tokenOf(source), tokenOf(source)])).toEqual([
      "t1",
      "t1",
      "t1",
    ]);
    expect(state.asked).toEqual([{ enableCae: true }]);
  });

  it("renews before the end, and uses on what still holds when that fails", async () => {
    const { state, source } = makeLogin();
    await source.get();
    state.now = hourMs - 6 * 60_000;
    expect(await tokenOf(source)).toBe("t1");
    state.now = hourMs - 4 * 60_000;
    state.failure = new Error("down");
    expect(await tokenOf(source)).toBe("t1");
    state.now = hourMs;
    await expect(source.get()).rejects.toThrow("down");
    state.failure = null;
    expect(await tokenOf(source)).toBe("t4");
  });

  it("forgets a refused token once, by a login that remembers none", async () => {
    const { state, source } = makeLogin();
    await source.get();
    expect([source.renew("t1", '{"access_token":{}}'), source.renew("t1")]).toEqual([true, true]);
    expect(await tokenOf(source)).toBe("t2");
    expect(state.entrances).toBe(2);
    expect(state.asked.at(-1)).toEqual({ enableCae: true, claims: '{"access_token":{}}' });
    // Somebody was refused with the old one meanwhile: the new one is no worse for it.
    expect(source.renew("t1")).toBe(true);
    expect(await tokenOf(source)).toBe("t2");
  });

  it("stops asking a login whose tokens nobody accepts, until one is accepted", async () => {
    const { state, source } = makeLogin();
    expect(await tokenOf(source)).toBe("t1");
    expect(source.renew("t1")).toBe(true);
    expect(await tokenOf(source)).toBe("t2");
    expect(source.renew("t2")).toBe(true);
    expect(await tokenOf(source)).toBe("t3");
    expect(source.renew("t3")).toBe(false);
    expect(await tokenOf(source)).toBe("t3");
    source.accepted("t3");
    expect(source.renew("t3")).toBe(true);
    expect(await tokenOf(source)).toBe("t4");
    expect(state.asked.length).toBe(4);
  });

  it("tells what the login said, and asks again the next time", async () => {
    const { state, source } = makeLogin();
    state.failure = new Error("AADSTS7000215");
    await expect(source.get()).rejects.toThrow("AADSTS7000215");
    state.failure = null;
    expect(await tokenOf(source)).toBe("t2");
  });
});
