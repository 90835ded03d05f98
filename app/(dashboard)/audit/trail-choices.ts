import { resultWords } from "#components/audit/result-mark.tsx";
import type { AuditStatistics, ResultCounts } from "#db/audit/model.ts";

/** One value to narrow by, with how many entries of the stretch of time have it. */
export type TrailChoice = { value: string; label: string; hint: string | null; count: number };
export type TrailChoices = { actors: TrailChoice[]; actions: TrailChoice[]; results: TrailChoice[] };

const all = ({ done, refused, failed }: ResultCounts) => done + refused + failed;

/** What a stretch of time can be narrowed by. All of a thing's actions come before each of them, where it has several. */
export function trailChoices({ actions, actors, categories, total }: AuditStatistics): TrailChoices {
  const several = categories.filter(
    ({ category }) => actions.filter(({ action }) => action.startsWith(`${category}.`)).length > 1,
  );
  return {
    actors: actors.map(({ actor, counts }) => ({
      value: actor.id,
      label: actor.name,
      hint: actor.kind === "system" ? "part of Parapet" : null,
      count: all(counts),
    })),
    actions: [
      ...several.map(({ category, counts }) => ({
        ...{ value: `${category}.*`, label: `${category}.*`, count: all(counts) },
        hint: "all of it",
      })),
      ...actions.map(({ action, counts }) => ({
        ...{ value: action, label: action, hint: null, count: all(counts) },
      })),
    ],
    results: (["done", "refused", "failed"] as const).map((result) => ({
      ...{ value: result, label: resultWords[result], hint: null, count: total[result] },
    })),
  };
}
