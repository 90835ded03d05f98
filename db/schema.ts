export * from "./accounts/schema.ts";
export * from "./audit/schema.ts";
export * from "./findings/schema.ts";
export * from "./identity/schema.ts";
export * from "./resources/schema.ts";
export * from "./scans/schema.ts";
export * from "./trial/schema.ts";
