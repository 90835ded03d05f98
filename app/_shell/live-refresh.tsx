"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { liveKeys } from "./query-keys.ts";

/** Has the page around it read again whenever something moved, for as long as anything on it does. */
export function LiveRefresh({ active }: { active: boolean }) {
  const router = useRouter();
  useQuery({
    queryKey: liveKeys.page,
    queryFn: async () => {
      router.refresh();
      return null;
    },
    initialData: null,
    enabled: active,
    staleTime: Number.POSITIVE_INFINITY,
    // Events bring news at once; this is for one that got lost.
    refetchInterval: 15_000,
  });
  return null;
}
