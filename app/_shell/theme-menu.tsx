"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useEffect, useState } from "react";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { readTheme, type Theme, themes } from "./preferences.ts";
import { chooseTheme, themeEvent } from "./theme.ts";

const faces = {
  system: { word: "As the system", Icon: Monitor },
  light: { word: "Light", Icon: Sun },
  dark: { word: "Dark", Icon: Moon },
} as const;

export function ThemeMenu({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  useEffect(() => {
    const follow = (event: Event) => setTheme(readTheme((event as CustomEvent<string>).detail));
    document.addEventListener(themeEvent, follow);
    return () => document.removeEventListener(themeEvent, follow);
  }, []);
  const { Icon } = faces[theme];
  return (
    <Menu label="Theme" face={<Icon aria-hidden strokeWidth={1.6} className="size-4" />}>
      {themes.map((each) => {
        const { word, Icon: Face } = faces[each];
        return (
          <MenuItem key={each} checked={each === theme} onSelect={() => chooseTheme(each)}>
            <Face aria-hidden strokeWidth={1.6} className="size-4 text-ink-faint" />
            <span className="flex-1">{word}</span>
            {each === theme ? <span aria-hidden className="size-1.5 rounded-xs bg-accent" /> : null}
          </MenuItem>
        );
      })}
    </Menu>
  );
}
