"use client";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";

/** Has the page read again now and then, while it is looked at: nearly everything that anybody does adds to it. */
export function TrailRefresh() {
  const router = useRouter();
  useQuery({
    queryKey: ["trail-page"],
    queryFn: async () => {
      router.refresh();
      return null;
    },
    initialData: null,
    staleTime: 5_000,
    refetchInterval: 10_000,
  });
  return null;
}
