"use server";
import { cookies } from "next/headers";
import {
  type Rail,
  railCookie,
  readRail,
  readTheme,
  type Theme,
  themeCookie,
} from "../_shell/preferences.ts";

const year = { maxAge: 31_536_000, sameSite: "lax", path: "/" } as const;

/** Remembers the theme in this browser. */
export async function keepTheme(theme: Theme): Promise<void> {
  (await cookies()).set(themeCookie, readTheme(theme), year);
}

/** Remembers how wide the rail is in this browser. */
export async function keepRail(rail: Rail): Promise<void> {
  (await cookies()).set(railCookie, readRail(rail), year);
}
