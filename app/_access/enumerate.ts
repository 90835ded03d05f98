import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
export const listSources = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    .filter((path) => !/\.test\.tsx?$/.test(path))
    .sort();

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"] as const;

/** Something that can be called from outside, or writes. */
export type Entry = { key: string; file: string; name: string };

/** Every `defineMutation`, wrapped in other functions or not. Throws for one that isn't a constant of its own, since no table could name it. */
export function listMutations(): Entry[] {
  return listSources("{lib,app,db,cli}/**/*.{ts,tsx}")
    .filter((file) => file !== "lib/mutation.ts")
    .flatMap((file) => {
      const text = read(file);
      const uses = text.match(/\bdefineMutation\s*[<(]/g) ?? [];
      const named = [...text.matchAll(/\bconst (\w+) = (?:\w+\(\s*)*defineMutation\s*[<(]/g)];
      if (uses.length !== named.length) throw new Error(`${file}: give each mutation a const of its own.`);
      return named.map(([, name = ""]) => ({ key: `${file}#${name}`, file, name }));
    });
}

/** Every function of a file that begins with "use server". Throws for such a function anywhere else. */
export function listActions(): Entry[] {
  return listSources("{app,components,lib}/**/*.{ts,tsx}").flatMap((file) => {
    const text = read(file);
    const directives = text.match(/^\s*["']use server["'];?$/gm) ?? [];
    if (directives.length === 0) return [];
    if (directives.length > 1 || !/^["']use server["']/.test(text)) {
      throw new Error(`${file}: put server actions into a file that begins with "use server".`);
    }
    const exported = text.match(/^export (?!type\b|interface\b).*$/gm) ?? [];
    const named = [...text.matchAll(/^export (?:async function|const) (\w+)/gm)];
    if (exported.length !== named.length) throw new Error(`${file}: export each action by its own name.`);
    return named.map(([, name = ""]) => ({ key: `${file}#${name}`, file, name }));
  });
}

/** Every method of every route handler, by its address. */
export function listRoutes(): Entry[] {
  return listSources("app/**/route.{ts,tsx}").flatMap((file) => {
    const text = read(file);
    const address = file
      .replace(/^app/, "")
      .replace(/\/\([^)]+\)/g, "")
      .replace(/\/route\.tsx?$/, "");
    return methods
      .filter((method) =>
        new RegExp(
          `^export (async )?(function|const) ${method}\\b|^export (const )?\\{[^}]*\\b${method}\\b`,
          "m",
        ).test(text),
      )
      .map((name) => ({ key: `${name} ${address}`, file, name }));
  });
}

/** The module of an entry, as the product loads it. */
export const importEntry = (file: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ resolve(root, file)) as Promise<Record<string, unknown>>;

export const readSource = read;
