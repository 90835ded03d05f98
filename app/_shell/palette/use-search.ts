"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { readJson } from "../read-json.ts";
import type { SearchResults } from "./search-results.ts";

const pauseMs = 150;

/** What is found of what was typed, once the typing pauses. */
export function useSearch(typed: string): { found: SearchResults | undefined; searching: boolean } {
  const text = typed.trim();
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  const enabled = asked.length >= 2;
  const { data, isFetching } = useQuery({
    queryKey: ["search", asked],
    queryFn: ({ signal }) => readJson<SearchResults>(`/api/search?q=${encodeURIComponent(asked)}`, signal),
    enabled,
    placeholderData: keepPreviousData,
  });
  return {
    found: text.length >= 2 ? data : undefined,
    searching: text.length >= 2 && (isFetching || asked !== text),
  };
}
