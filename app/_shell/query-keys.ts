/** Keys of what a scan under way changes; one event makes all of them stale. */
export const liveKeys = {
  all: ["live"] as const,
  status: ["live", "status"] as const,
  notifications: ["live", "notifications"] as const,
  /** Whatever page is open, as far as the server renders it. */
  page: ["live", "page"] as const,
  scan: (scanId: string) => ["live", "scan", scanId] as const,
  plan: (planId: string) => ["live", "plan", planId] as const,
};

export const findingKey = (findingId: string) => ["finding", findingId] as const;
