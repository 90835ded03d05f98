import { expect, it } from "vitest";
import { refreshingToken } from "./tokens.ts";

const minuteMs = 60_000;

/** Tokens that each hold an hour, by a clock that the test sets. */
function tokens(lifetimeMs = 60 * minuteMs) {
  let asked = 0;
  const clock = { now: 0, fails: false };
  const token = refreshingToken(
    async () => {
      asked += 1;
      if (clock.fails) throw new Error("no token");
      return { value: `t${asked}`, expiresAt: clock.now + lifetimeMs };
    },
    () => clock.now,
  );
  return { token, clock, asked: () => asked, value: async () => (await token.provide()).value };
}

it("asks once for many, and again five minutes before the end", async () => {
  const { clock, value, asked } = tokens();
  expect(await Promise.all([value(), value(), value()])).toEqual(["t1", "t1", "t1"]);
  clock.now = 54 * minuteMs;
  expect(await value()).toBe("t1");
  clock.now = 55 * minuteMs;
  expect(await Promise.all([value(), value()])).toEqual(["t2", "t2"]);
  expect(asked()).toBe(2);
});

it("uses on what still holds while a renewal fails, and not a moment longer", async () => {
  const { clock, value } = tokens();
  await value();
  clock.fails = true;
  clock.now = 59 * minuteMs;
  expect(await value()).toBe("t1");
  clock.now = 60 * minuteMs;
  await expect(value()).rejects.toThrow("no token");
  clock.fails = false;
  expect(await value()).toBe("t4");
});

it("forgets a token that was refused, once", async () => {
  const { token, value } = tokens();
  await value();
  token.renew("t1");
  expect(await value()).toBe("t2");
  // Somebody whose call was refused with the first token, too.
  token.renew("t1");
  expect(await value()).toBe("t2");
});
