const names: Readonly<Record<string, string>> = {
  parapet: "Parapet",
  prowler: "Prowler",
  security_hub: "Security Hub",
  sarif: "SARIF report",
};

/** The tool that found it, as its makers write it. */
export const sourceName = (source: string): string => names[source] ?? source;
