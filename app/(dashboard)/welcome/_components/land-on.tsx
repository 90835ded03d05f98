"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

/** Leads on once the scan that was watched here has ended; whoever comes later chooses for themselves. */
export function LandOn({
  href,
  isUnderWay,
  hasLanded,
}: {
  href: string;
  isUnderWay: boolean;
  /** Whether there is anything to land on. */
  hasLanded: boolean;
}) {
  const router = useRouter();
  const was = useRef(isUnderWay);
  useEffect(() => {
    if (was.current && !isUnderWay && hasLanded) router.push(href as Route);
    was.current = isUnderWay;
  }, [isUnderWay, hasLanded, href, router]);
  return null;
}
