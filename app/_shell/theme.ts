import { keepTheme } from "../_actions/preferences.ts";
import type { Theme } from "./preferences.ts";

export const themeEvent = "parapet-theme";

/** Puts a theme on the page at once, remembers it, and tells what shows which one is chosen. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  document.dispatchEvent(new CustomEvent(themeEvent, { detail: theme }));
  void keepTheme(theme);
}
