import { expect, it } from "vitest";
import { placeOf } from "./spread.tsx";

it("places a duration by its magnitude, and keeps what is beyond at the ends", () => {
  const [, second] = [placeOf(1), placeOf(1_000)];
  expect({ start: placeOf(0), one: placeOf(1), end: placeOf(900_000), beyond: placeOf(9e9) }).toEqual({
    start: 0,
    one: 0,
    end: 1,
    beyond: 1,
  });
  expect(second).toBeCloseTo(Math.log(1_000) / Math.log(900_000), 10);
});
