import { expect, it } from "vitest";
import type { StoredSnapshot } from "#db/resources/detail.ts";
import { driftSteps, viewDrift } from "./drift.ts";

const snapshot = (
  config: Record<string, unknown>,
  version: Partial<StoredSnapshot["version"] & {}> | null = null,
): StoredSnapshot => ({
  region: "eu",
  name: "web",
  tags: {},
  config,
  unread: [],
  version: version && {
    id: 1,
    scanId: "scn_1",
    replacedAt: "2026-01-01T00:00:00.000Z",
    deletedAt: null,
    ...version,
  },
});

it("tells from states what happened: changed, gone and back", () => {
  const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
  const steps = driftSteps(
    [
      snapshot({ port: 443 }),
      snapshot({ port: 22 }, { id: 3, scanId: "scn_3", replacedAt: at(3), deletedAt: at(2) }),
      snapshot({ port: 22 }, { id: 2, scanId: "scn_2", replacedAt: at(2) }),
      snapshot({ port: 80 }, { id: 1, scanId: "scn_1", replacedAt: at(1) }),
    ],
    false,
  );
  expect(steps).toEqual([
    { from: 3, to: 0, at: at(3), scanId: "scn_3", what: "back", about: ["port"], count: 1, more: false },
    { from: 2, to: 3, at: at(2), scanId: "scn_2", what: "gone", about: [], count: 0, more: false },
    { from: 1, to: 2, at: at(1), scanId: "scn_1", what: "changed", about: ["port"], count: 1, more: false },
  ]);
  expect(driftSteps([snapshot({}), snapshot({}, { id: 9 })], true).map(({ what }) => what)).toEqual(["gone"]);
});

it("shows what was added as lines, never as JSON", () => {
  expect(
    viewDrift(snapshot({ rules: [] }), snapshot({ rules: [{ id: "r1", peer: ["a", "b"], open: true }] })),
  ).toEqual({
    more: false,
    lines: [
      {
        id: "0",
        path: "rules › r1",
        kind: "added",
        before: null,
        after: {
          lines: [
            { path: "id", text: "r1" },
            { path: "peer", text: "a, b" },
            { path: "open", text: "true" },
          ],
          more: 0,
        },
      },
    ],
  });
});
