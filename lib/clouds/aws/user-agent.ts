import manifest from "../../../package.json" with { type: "json" };

/** Sent with every call, so that CloudTrail shows who asked. */
export const userAgent: [string, string][] = [["parapet", manifest.version]];
