/** How someone likes the shell. Kept in cookies of the browser, so that the server renders it right at once. */
export const themeCookie = "parapet-theme";
export const railCookie = "parapet-rail";

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const rails = ["wide", "narrow"] as const;
export type Rail = (typeof rails)[number];

export const readTheme = (cookie: string | undefined): Theme =>
  themes.find((theme) => theme === cookie) ?? "system";

export const readRail = (cookie: string | undefined): Rail => (cookie === "narrow" ? "narrow" : "wide");
