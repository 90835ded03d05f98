import type { GcpApi, GcpRoute, HttpMethod } from "../model.ts";

/** A request's path matched to a route, with what the path's variables stand for. */
export type Matched = { route: GcpRoute; labels: Record<string, string> };

type Step = { literal: string } | { label: string } | { rest: string };
type Compiled = { route: GcpRoute; steps: Step[]; verb: string | null; weight: number };

/** Finds routes of one API by method and path. */
export class RouteTable {
  readonly #byMethod = new Map<HttpMethod, Compiled[]>();

  constructor(api: GcpApi) {
    const seen = new Set<string>();
    for (const route of api.routes) {
      const key = `${route.method} ${route.path}`;
      if (seen.has(key)) throw new Error(`${api.host} has two routes ${key}.`);
      seen.add(key);
      this.#byMethod.set(route.method, [...(this.#byMethod.get(route.method) ?? []), compile(route)]);
    }
    // The most particular first: `aggregated` before `{zone}`, a verb before none.
    for (const routes of this.#byMethod.values()) routes.sort((a, b) => b.weight - a.weight);
  }

  /** @param path As sent: encoded, beginning with a slash. */
  find(method: string, path: string): Matched | null {
    const sent = path.slice(1).split("/").map(decode);
    for (const compiled of this.#byMethod.get(method as HttpMethod) ?? []) {
      const labels = match(compiled, sent);
      if (labels) return { route: compiled.route, labels };
    }
    return null;
  }
}

function compile(route: GcpRoute): Compiled {
  const [, path = "", verb = null] = /^\/(.*?)(?::(\w+))?$/.exec(route.path) ?? [];
  const steps = path.split("/").map((step): Step => {
    const label = /^\{(\w+)(\.\.\.)?\}$/.exec(step);
    if (!label?.[1]) return { literal: step };
    return label[2] ? { rest: label[1] } : { label: label[1] };
  });
  const literals = steps.filter((step) => "literal" in step).length;
  const weight = literals * 4 + (verb === null ? 0 : 2) - (steps.some((step) => "rest" in step) ? 1 : 0);
  return { route, steps, verb, weight };
}

function match({ steps, verb }: Compiled, sent: readonly string[]): Record<string, string> | null {
  const hasRest = steps.some((step) => "rest" in step);
  if (hasRest ? sent.length < steps.length : sent.length !== steps.length) return null;
  const labels: Record<string, string> = {};
  for (const [index, step] of steps.entries()) {
    const isEnd = index === steps.length - 1;
    let text = "rest" in step ? sent.slice(index).join("/") : (sent[index] ?? "");
    if (isEnd && verb !== null) {
      if (!text.endsWith(`:${verb}`)) return null;
      text = text.slice(0, -verb.length - 1);
    }
    if ("literal" in step) {
      if (text !== step.literal) return null;
    } else if (text === "") return null;
    else labels["rest" in step ? step.rest : step.label] = text;
  }
  return labels;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
