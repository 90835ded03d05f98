export const sources = ["built_in", "custom"] as const;
export type Source = (typeof sources)[number];

export const sourceWords: Readonly<Record<Source, string>> = {
  built_in: "Come with Parapet",
  custom: "Your own",
};
