import {
  AuthorizeSecurityGroupIngressCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import { expect, type Page, test } from "@playwright/test";
import { acmeAccounts } from "#sandbox/estates/acme/company.ts";
import { expectAccessible } from "./expect-accessible.ts";
import { signInAs } from "./sign-in.ts";

const table = (page: Page) => page.getByRole("table", { name: /^Resources/ });
const rows = (page: Page) => table(page).locator("tbody tr");

async function open(page: Page, role: Parameters<typeof signInAs>[1]): Promise<void> {
  await signInAs(page, role);
  await expect(page.getByRole("banner").getByRole("link", { name: /^Scanned/ })).toBeVisible({
    timeout: 80_000,
  });
}

test("an auditor browses the inventory", async ({ page }) => {
  test.slow();
  await open(page, "auditor");
  await page.getByRole("navigation", { name: "Areas" }).getByRole("link", { name: "Resources" }).click();
  await expect(rows(page).first()).toBeVisible();
  await expectAccessible(page);
  // The list goes on as one scrolls.
  await expect(rows(page)).toHaveCount(100);
  await rows(page).last().scrollIntoViewIfNeeded();
  await expect.poll(() => rows(page).count()).toBeGreaterThan(100);

  const filters = page.getByRole("region", { name: "Filters" });
  await filters.getByRole("link", { name: /^AWS [\d,]+$/ }).click();
  await expect(page).toHaveURL(/cloud=aws/);
  await filters.getByRole("link", { name: /^S3 bucket [\d,]+$/ }).click();
  await expect(page).toHaveURL(/kind=aws\.s3\.bucket/);
  await expect(rows(page).first()).toContainText("S3 bucket");
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Narrow by a tag" });
  await dialog.getByRole("textbox", { name: "Part of the key" }).fill("environment");
  await dialog.getByRole("button", { name: /^Environment/ }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^production/ })
    .click();
  await expect(page).toHaveURL(/tag=Environment%3Dproduction/);
  await expect(page.getByRole("link", { name: /Remove the filter Tag/ })).toBeVisible();
  await expect(rows(page).first()).toBeVisible();

  await expect(async () => {
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Search resources" })).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.getByRole("searchbox", { name: "Search resources" }).fill("nothing has this name");
  await expect(page.getByRole("heading", { name: "Nothing matches these filters" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("link", { name: "Clear all filters" }).click();
  await expect(page).toHaveURL(/\/resources$/);
  await expect(rows(page).first()).toBeVisible();

  await expect(async () => {
    await page.keyboard.press("j");
    await expect(table(page).locator("tbody a:focus")).toHaveCount(1, { timeout: 500 });
  }).toPass();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/resources\/res_/);
  await expect(page.getByRole("heading", { level: 2, name: "Configuration" })).toBeVisible();
  await expectAccessible(page);
});

test("a resource that isn't there says so", async ({ page }) => {
  await signInAs(page, "auditor");
  await page.goto("/resources/res_0");
  await expect(page.getByRole("heading", { name: "There is no such resource" })).toBeVisible();
});

test("an analyst follows a finding to its resource, to what uses it, and to how it drifts", async ({
  page,
}) => {
  test.slow();
  await open(page, "analyst");
  await page.goto("/findings?check=aws.ec2.security-group-ssh");
  await page.getByRole("table", { name: "Findings" }).locator("tbody a").first().click();
  const panel = page.getByRole("complementary");
  await panel.getByRole("tab", { name: "Resource" }).click();
  await panel.getByRole("link", { name: "Open the resource" }).click();
  await expect(page).toHaveURL(/\/resources\/res_/);
  const findings = page.getByRole("region", { name: "Findings" });
  await expect(findings.getByRole("listitem").first()).toContainText(/Critical|High|Medium/);
  await expect(page.getByRole("region", { name: "Drift" })).toContainText("The same since it was first seen");
  const address = page.url();

  // Of all that a security group names, its network comes last.
  await page.getByRole("region", { name: "It uses" }).getByRole("link").last().click();
  await expect(page).not.toHaveURL(address);
  await expect(page.locator("main").getByText("VPC", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Used by" }).getByRole("link").first()).toBeVisible();
  await expectAccessible(page);

  await page.goto(address);
  const tree = page.getByRole("region", { name: "Configuration" });
  await tree.getByRole("searchbox", { name: "Search the configuration" }).fill("groupId");
  const id = /sg-[0-9a-f]{17}/.exec(
    (await tree.getByRole("list", { name: "Configuration" }).textContent()) ?? "",
  )?.[0];
  expect(id).toBeDefined();
  const region = /:ec2:([a-z0-9-]+):(\d+):/.exec((await page.locator("main header").textContent()) ?? "");
  await openPort(id ?? "", region?.[1] ?? "", region?.[2] ?? "");

  await page.goto("/scans");
  await page.getByRole("button", { name: "Start a scan" }).click();
  const dialog = page.getByRole("dialog", { name: "Start a scan" });
  await dialog.locator("summary", { hasText: "Services" }).click();
  await dialog.getByRole("checkbox", { name: "EC2" }).check();
  await dialog.getByRole("button", { name: "Start the scan" }).click();
  await page.waitForURL(/\/scans\/scn_/);
  await expect(page.getByRole("heading", { level: 1, name: /^Scan\b(?!ning)/ })).toBeVisible({
    timeout: 80_000,
  });
  await expect(page.getByRole("button", { name: "Cancel scan" })).toHaveCount(0, { timeout: 80_000 });

  await page.goto(address);
  const drift = page.getByRole("region", { name: "Drift" });
  await expect(drift.getByText("Changed", { exact: true })).toBeVisible();
  const line = drift
    .getByRole("list", { name: "Differences" })
    .getByRole("listitem")
    .filter({ hasText: "203.0.113.77/32" });
  await expect(line).toContainText("ingress");
  await expect(line).toContainText("8443");
  await expectAccessible(page);
  await drift.getByRole("link", { name: "found by a scan" }).click();
  await expect(page).toHaveURL(/\/scans\/scn_/);
});

/** Opens a port by the provider's own API, as somebody would behind everybody's back. */
async function openPort(groupId: string, region: string, accountId: string): Promise<void> {
  const account = acmeAccounts.find((each) => each.id === accountId);
  if (!account) throw new Error(`Acme has no account ${accountId}.`);
  const client = new EC2Client({
    region,
    endpoint: process.env.PARAPET_E2E_SANDBOX ?? "",
    credentials: account.accessKey,
  });
  const IpPermissions = [
    { IpProtocol: "tcp", FromPort: 8443, ToPort: 8443, IpRanges: [{ CidrIp: "203.0.113.77/32" }] },
  ];
  await client.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: groupId, IpPermissions }));
  const { SecurityGroups } = await client.send(new DescribeSecurityGroupsCommand({ GroupIds: [groupId] }));
  expect(JSON.stringify(SecurityGroups)).toContain("203.0.113.77/32");
  client.destroy();
}
