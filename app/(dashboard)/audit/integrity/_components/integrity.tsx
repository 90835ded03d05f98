"use client";
import { useQuery } from "@tanstack/react-query";
import { readJson } from "../../../../_shell/read-json.ts";
import { useNow } from "../../../../_shell/use-now.ts";
import type { IntegrityReading } from "../../_shell/integrity-badge.tsx";
import { Anchors } from "./anchors.tsx";
import { ForYourself } from "./for-yourself.tsx";
import { Problems } from "./problems.tsx";
import { Standing } from "./standing.tsx";
import { Verdict } from "./verdict.tsx";

/** The state of the trail, live. */
export function Integrity({ initial }: { initial: IntegrityReading }) {
  const { data = initial } = useQuery({
    // Not the badge's: each begins with what its own part of the page was rendered with.
    queryKey: ["trail-integrity", "page"],
    queryFn: ({ signal }) => readJson<IntegrityReading>("/api/audit/integrity", signal),
    initialData: initial,
    staleTime: 5_000,
    refetchInterval: 15_000,
  });
  const now = useNow(data.now, 5_000);
  return (
    <>
      <Verdict integrity={data} />
      <Problems verification={data.verification} />
      <Standing integrity={data} now={now} />
      <div className="grid @5xl/page:grid-cols-2">
        <Anchors anchors={data.anchors} size={data.checkpoint?.size ?? 0} now={now} />
        <ForYourself checkpoint={data.checkpoint} />
      </div>
    </>
  );
}
