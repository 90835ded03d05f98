/** `csv`: a table. `json`: a proof bundle, in lines of JSON. */
export const exportFormats = ["csv", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];
