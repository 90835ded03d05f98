"use client";
import { useEffect, useState } from "react";

/** The moment, as ISO text, told anew every `everyMs`; begins with the server's, so that both render the same. */
export function useNow(initial: string, everyMs: number): string {
  const [now, setNow] = useState(initial);
  useEffect(() => {
    // Clocks differ: what passes is counted from the server's moment.
    const began = performance.now();
    const start = Date.parse(initial);
    setNow(initial);
    const timer = setInterval(
      () => setNow(new Date(start + performance.now() - began).toISOString()),
      everyMs,
    );
    return () => clearInterval(timer);
  }, [initial, everyMs]);
  return now;
}
