import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { readTheme, themeCookie } from "./_shell/preferences.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Parapet", template: "%s · Parapet" },
  description: "Cloud security posture, found, explained and proved",
  robots: { index: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f4f7f7" },
    { media: "(prefers-color-scheme: dark)", color: "#0b1113" },
  ],
};

/** The theme is in a cookie, so the first paint has it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  return (
    <html lang="en" {...(theme === "system" ? {} : { "data-theme": theme })} suppressHydrationWarning>
      <body>{children}</body>
    </html>
  );
}
