import { expect, test } from "@playwright/test";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

test("a token is made, works, and ends when it is revoked", async ({ page, playwright, baseURL }) => {
  await signInAs(page, "analyst");
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Make the token" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Give the token a name.");
  await dialog.getByLabel("Name").fill("Nightly report");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Make the token" }).click();
  const token = (await dialog.getByTestId("new-token").textContent()) ?? "";
  expect(token).toMatch(/^parapet_[0-9a-f]{28}_[\w-]{43}$/);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "I have copied it" }).click();
  const row = page.getByRole("listitem").filter({ hasText: "Nightly report" });
  await expect(row).toContainText("Never used");

  const api = await playwright.request.newContext({
    ...(baseURL ? { baseURL } : {}),
    extraHTTPHeaders: { authorization: `Bearer ${token}` },
  });
  const listed = await api.get("/api/v1/findings?limit=2&severity=critical");
  expect(listed.status()).toBe(200);
  expect(await listed.json()).toMatchObject({ data: [{ severity: "critical" }, { severity: "critical" }] });
  const refused = await api.post("/api/v1/scans", { data: {} });
  expect(refused.status()).toBe(403);
  expect(refused.headers()["content-type"]).toBe("application/problem+json");
  expect(await refused.json()).toMatchObject({
    code: "forbidden",
    detail: expect.stringContaining("scans:run"),
  });
  // The page's own cookies are no token, and a token opens no page.
  expect((await page.request.get("/api/v1/findings")).status()).toBe(401);
  expect((await api.get("/findings", { maxRedirects: 0 })).status()).toBe(307);

  await page.reload();
  await expect(row).toContainText("Used");
  await row.getByRole("button", { name: "Revoke Nightly report" }).click();
  await expectAccessible(page);
  await page.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(row).toHaveCount(0);
  expect((await api.get("/api/v1/findings")).status()).toBe(401);
  await api.dispose();
});

test("an administrator sees and revokes everybody's tokens", async ({ page, browser, baseURL }) => {
  await signInAs(page, "manager");
  await page.goto("/settings/tokens");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Left behind");
  await page.getByRole("dialog").getByRole("button", { name: "Make the token" }).click();
  await expect(page.getByTestId("new-token")).toBeVisible();
  const context = await browser.newContext(baseURL ? { baseURL } : {});
  const admin = await context.newPage();
  await signInAs(admin, "admin");
  await admin.goto("/settings/tokens");
  const row = admin.getByRole("list", { name: "Other people's tokens" }).getByRole("listitem");
  await row.filter({ hasText: "Left behind" }).getByRole("button").click();
  await admin.getByRole("dialog").getByRole("button", { name: "Revoke", exact: true }).click();
  await expect(row.filter({ hasText: "Left behind" })).toHaveCount(0);
  await context.close();
});

test("the API can be read, searched and linked to, also on a phone", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/api-reference");
  await expect(page.getByRole("heading", { level: 1, name: "API" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("searchbox", { name: "Search the API" }).fill("undo");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect(page).toHaveURL(/q=undo/);
  const section = page.getByRole("region", { name: "Put findings back as a change found them" });
  await expect(section).toContainText("/api/v1/changes/{changeId}/undo");
  await expect(section).toContainText("which your role doesn't include");
  await section.getByText("Answer 200").click();
  await expect(section.getByText("changeId", { exact: true })).toBeVisible();
  await page.goto("/api-reference#problem-conflict");
  await expect(page.getByText("It changed meanwhile, or is so already.")).toBeInViewport();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/api-reference?q=account");
  await page.getByText("All operations").click();
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBe(0);
  await page.goto("/api-reference?q=nothing+has+this");
  await expect(page.getByRole("heading", { name: "Nothing has these words" })).toBeVisible();
});
