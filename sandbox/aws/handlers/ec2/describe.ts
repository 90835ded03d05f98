import type { Filter, Tag } from "@aws-sdk/client-ec2";
import { AwsError } from "../../model.ts";
import { takePage } from "../paging.ts";

/** What a filter compares with: every value the resource has under the filter's name. */
export type FilterFields<T> = Record<
  string,
  (item: T) => string | number | boolean | undefined | readonly (string | undefined)[]
>;

export type Describing<T> = {
  id: (item: T) => string | undefined;
  tags: (item: T) => Tag[] | undefined;
  filters: FilterFields<T>;
  /** EC2's error code for an id it doesn't know, and what it calls such a thing. */
  notFound: [code: string, noun: string];
};

type DescribeRequest = { Filters?: Filter[]; NextToken?: string; MaxResults?: number };

/** What all of EC2's Describe operations do: pick by id, filter, cut a page. */
export function describeItems<T>(
  items: Iterable<T>,
  request: DescribeRequest,
  ids: string[] | undefined,
  describing: Describing<T>,
): { items: T[]; next?: string } {
  const { id } = describing;
  return takePage(filterItems(pickByIds([...items], ids, describing), request.Filters, describing), {
    token: request.NextToken,
    max: request.MaxResults,
    key: (item) => id(item) ?? "",
    badToken: "InvalidPaginationToken",
  });
}

function pickByIds<T>(items: T[], ids: string[] | undefined, describing: Describing<T>): T[] {
  if (!ids?.length) return items;
  const wanted = new Set(ids);
  const found = items.filter((item) => wanted.delete(describing.id(item) ?? ""));
  const [missing] = wanted;
  if (missing === undefined) return found;
  const [code, noun] = describing.notFound;
  throw new AwsError(code, `The ${noun} '${missing}' does not exist`);
}

/** Filters as EC2 does: any of a filter's values, all of the filters; `*` and `?` stand for text and a character. */
export function filterItems<T>(
  items: T[],
  filters: Filter[] | undefined,
  { tags, filters: fields }: Pick<Describing<T>, "tags" | "filters">,
): T[] {
  return (filters ?? []).reduce((left, filter) => {
    const name = filter.Name ?? "";
    const patterns = (filter.Values ?? []).map(toPattern);
    const matches = (value: unknown) => patterns.some((pattern) => pattern.test(String(value)));
    const values = readFilter(name, tags, fields);
    return left.filter((item) => {
      const value = values(item);
      return Array.isArray(value) ? value.some(matches) : value !== undefined && matches(value);
    });
  }, items);
}

function readFilter<T>(
  name: string,
  tags: Describing<T>["tags"],
  fields: FilterFields<T>,
): FilterFields<T>[string] {
  if (name.startsWith("tag:")) {
    const key = name.slice("tag:".length);
    return (item) => tags(item)?.find((tag) => tag.Key === key)?.Value;
  }
  if (name === "tag-key") return (item) => (tags(item) ?? []).map((tag) => tag.Key);
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) throw new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`);
  return field;
}

function toPattern(value: string): RegExp {
  const source = value.replace(/\\([*?\\])|([*?])|[.+^${}()|[\]\\]/g, (match, escaped, wildcard) => {
    if (escaped) return `\\${escaped}`;
    if (wildcard) return wildcard === "*" ? ".*" : ".";
    return `\\${match}`;
  });
  return new RegExp(`^${source}$`, "s");
}
