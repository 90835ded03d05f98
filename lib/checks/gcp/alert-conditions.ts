import type { AlertCondition } from "#lib/inventory/gcp/monitoring.kinds.ts";

/**
 * Whether an alert condition looks at a log metric, such as `logging.googleapis.com/user/firewall-changes`. One that waits
 * for the metric to fall silent doesn't count.
 */
export function mentionsMetric({ type, text }: AlertCondition, metric: string): boolean {
  if (type !== "threshold" && type !== "mql" && type !== "promql") return false;
  const words = text.match(/"[^"]*"|'[^']*'|[^\s"'()[\]{},=|]+/g) ?? [];
  const names = words.map((word) => word.replace(/^["']|["']$/g, ""));
  if (names.includes(metric)) return true;
  if (type === "threshold") return startsWithOf(text).some((prefix) => metric.startsWith(prefix));
  // Prometheus has names of its own; a distribution's end in what it measures.
  const inPrometheus = metric.replace(/[/]/, ":").replace(/[^A-Za-z0-9_:]/g, "_");
  return type === "promql" && names.some((name) => name.replace(/_(count|sum|bucket)$/, "") === inPrometheus);
}

/** The prefixes that a Monitoring filter asks metric types to begin with. */
const startsWithOf = (text: string): string[] =>
  [...text.matchAll(/metric\.type\s*=\s*starts_with\(\s*"([^"]+)"\s*\)/g)].flatMap(
    ([, prefix]) => prefix ?? [],
  );
