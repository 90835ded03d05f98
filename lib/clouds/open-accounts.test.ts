import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { OpenAccounts } from "./open-accounts.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pool, and what was opened and closed in it, in order. */
function createPool() {
  const said: string[] = [];
  const accounts = new OpenAccounts<{ close(): void }>();
  const use = (key: string) =>
    accounts.use(key, () => {
      const name = `${key} ${said.filter((each) => each.startsWith(`open ${key}`)).length + 1}`;
      said.push(`open ${name}`);
      return { close: () => said.push(`close ${name}`) };
    });
  return { said, use };
}

it("opens an account once for all who use it, and closes it a minute after the last", () => {
  const { said, use } = createPool();
  const [first, second, other] = [use("a"), use("a"), use("b")];
  expect(first.access).toBe(second.access);
  expect(first.access).not.toBe(other.access);
  first.release();
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(["open a 1", "open b 1"]);
  second.release();
  vi.advanceTimersByTime(59_999);
  expect(said).toEqual(["open a 1", "open b 1"]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(["open a 1", "open b 1", "close a 1"]);
  use("a");
  expect(said).toEqual(["open a 1", "open b 1", "close a 1", "open a 2"]);
});

it("stays open when it is used again in time, and counts no release twice", () => {
  const { said, use } = createPool();
  const first = use("a");
  first.release();
  vi.advanceTimersByTime(59_999);
  const second = use("a");
  first.release();
  vi.advanceTimersByTime(120_000);
  expect(said).toEqual(["open a 1"]);
  second.release();
  vi.advanceTimersByTime(60_000);
  expect(said).toEqual(["open a 1", "close a 1"]);
});

it("keeps nothing of an account that could not be opened", () => {
  const accounts = new OpenAccounts<{ close(): void }>();
  const broken = () => {
    throw new Error("The connection is broken.");
  };
  expect(() => accounts.use("a", broken)).toThrow("The connection is broken.");
  const access = { close: () => {} };
  expect(accounts.use("a", () => access).access).toBe(access);
});
