import { expect, type Page } from "@playwright/test";
import type { Role } from "#db/identity/roles.ts";

/** Signs in as one of Acme's people by the one click that the sandbox offers. */
export async function signInAs(page: Page, role: Role): Promise<void> {
  await page.goto("/sign-in");
  await page.getByRole("button", { name: new RegExp(role, "i") }).click();
  await expect(page.getByRole("navigation", { name: "Areas" })).toBeVisible();
}
