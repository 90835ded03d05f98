import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { type Role, roles } from "#db/identity/roles.ts";
import { openUnfixed, planFix } from "./propose-fix.ts";

/** One page of the product: its address, and who is shown it; the others are told that nothing is here. */
export type PageRow = {
  /** Finds an address that leads to it, as an administrator, where it takes an id. */
  at?: (page: Page) => Promise<string>;
  roles?: readonly Role[];
  /** Without a session. */
  signedOut?: true;
  /** It only leads elsewhere. */
  redirects?: true;
};

const admin: readonly Role[] = ["admin"];
const nobody: readonly Role[] = [];
/** Of the audit trail. */
const readers: readonly Role[] = ["ciso", "auditor", "admin"];

const idFrom = async <T>(
  page: Page,
  path: string,
  pick: (body: T) => string | undefined,
): Promise<string> => {
  const id = pick((await (await page.request.get(path)).json()) as T);
  if (!id) throw new Error(`${path} names nothing to open.`);
  return id;
};
type Found = { accounts: { id: string }[] };
const anAccount = (page: Page) =>
  idFrom<Found>(page, "/api/search?q=acme", ({ accounts }) => accounts[0]?.id);
const firstLink = async (page: Page, list: string, beginning: string): Promise<string> => {
  await page.goto(list);
  const link = page.getByRole("main").locator(`a[href^="${beginning}"]`).first();
  return (await link.getAttribute("href", { timeout: 30_000 })) ?? "";
};

async function reportPath(page: Page): Promise<string> {
  await page.goto("/audit/reports");
  await page.getByRole("button", { name: "Make the report" }).click();
  await page.waitForURL(/\/audit\/reports\/rpt_/);
  return new URL(page.url()).pathname;
}

/** A source of accounts that nobody answers for; the last page of the journey removes it. */
export const sourceName = "Pages organisation";

/** Every page, by its file under app: a test compares this with the folder. */
export const pages: Readonly<Record<string, PageRow>> = {
  "page.tsx": { redirects: true },
  "(auth)/sign-in/page.tsx": { signedOut: true },
  "(auth)/sign-in/refused/page.tsx": { redirects: true },
  "(auth)/setup/page.tsx": { signedOut: true },
  "(auth)/link/page.tsx": { signedOut: true },
  "(dashboard)/welcome/page.tsx": {},
  "(dashboard)/findings/page.tsx": {},
  "(dashboard)/approvals/page.tsx": {},
  "(dashboard)/remediation/page.tsx": {},
  "(dashboard)/remediation/[planId]/page.tsx": { at: planPath },
  "(dashboard)/resources/page.tsx": {},
  "(dashboard)/resources/[resourceId]/page.tsx": {
    at: (page) => firstLink(page, "/resources", "/resources/res_"),
  },
  "(dashboard)/scans/page.tsx": {},
  "(dashboard)/scans/[scanId]/page.tsx": {
    at: async (page) =>
      `/scans/${await idFrom<{ last: { id: string } | null }>(page, "/api/status", ({ last }) => last?.id)}`,
  },
  "(dashboard)/playbooks/page.tsx": {},
  "(dashboard)/playbooks/new/page.tsx": { roles: admin },
  "(dashboard)/playbooks/[playbookId]/page.tsx": { at: async () => "/playbooks/AWS-PUBLIC-S3" },
  "(dashboard)/playbooks/[playbookId]/edit/page.tsx": { at: ownPlaybook, roles: admin },
  "(dashboard)/checks/page.tsx": {},
  "(dashboard)/checks/[checkId]/page.tsx": { at: async () => "/checks/aws.s3.bucket-public-access" },
  "(dashboard)/imports/page.tsx": {},
  "(dashboard)/imports/[importId]/page.tsx": { at: importReport },
  "(dashboard)/audit/page.tsx": { roles: readers },
  "(dashboard)/audit/statistics/page.tsx": { roles: readers },
  "(dashboard)/audit/errors/page.tsx": { roles: readers },
  "(dashboard)/audit/performance/page.tsx": { roles: readers },
  "(dashboard)/audit/integrity/page.tsx": { roles: readers },
  "(dashboard)/audit/reports/page.tsx": { roles: readers },
  "(dashboard)/audit/reports/[reportId]/page.tsx": { roles: readers, at: reportPath },
  "(dashboard)/api-reference/page.tsx": {},
  "(dashboard)/settings/page.tsx": { redirects: true },
  "(dashboard)/settings/accounts/page.tsx": {},
  "(dashboard)/settings/accounts/connect/page.tsx": { roles: admin },
  "(dashboard)/settings/accounts/[accountId]/page.tsx": {
    at: async (page) => `/settings/accounts/${await anAccount(page)}`,
  },
  "(dashboard)/settings/accounts/[accountId]/edit/page.tsx": {
    at: async (page) => `/settings/accounts/${await anAccount(page)}/edit`,
    roles: admin,
  },
  "(dashboard)/settings/accounts/[accountId]/write-identity/page.tsx": {
    at: async (page) => `/settings/accounts/${await anAccount(page)}/write-identity`,
    roles: admin,
  },
  "(dashboard)/settings/audit/page.tsx": { roles: ["ciso", "auditor", "admin"] },
  "(dashboard)/settings/audit/webhooks/page.tsx": { roles: readers },
  "(dashboard)/settings/audit/webhooks/[streamId]/page.tsx": { roles: readers, at: webhookPath },
  "(dashboard)/settings/audit/alerts/page.tsx": { roles: readers },
  "(dashboard)/settings/organisations/page.tsx": {},
  "(dashboard)/settings/organisations/connect/page.tsx": { roles: admin },
  "(dashboard)/settings/organisations/[sourceId]/page.tsx": { at: sourcePath },
  "(dashboard)/settings/organisations/[sourceId]/edit/page.tsx": {
    at: async (page) => `${await sourcePath(page)}/edit`,
    roles: admin,
  },
  "(dashboard)/settings/users/page.tsx": { roles: admin },
  "(dashboard)/settings/users/[userId]/page.tsx": {
    at: (page) => firstLink(page, "/settings/users", "/settings/users/usr_"),
    roles: admin,
  },
  // The sandbox's people are who they are.
  "(dashboard)/settings/users/invite/page.tsx": { roles: nobody },
  "(dashboard)/settings/sla/page.tsx": {},
  "(dashboard)/settings/remediation/page.tsx": {},
  "(dashboard)/settings/profile/page.tsx": {},
  "(dashboard)/settings/sessions/page.tsx": {},
  "(dashboard)/settings/tokens/page.tsx": {},
};

/** `/scans` of `(dashboard)/scans/page.tsx`. */
export const pathOf = (file: string): string =>
  `/${file.replace(/\([^)]+\)\//g, "").replace(/\/?page\.tsx$/, "")}`;

export const rolesOf = ({ roles: allowed = roles }: PageRow): readonly Role[] => allowed;

/** Plans a fix that is never sent, unless there is a plan. */
async function planPath(page: Page): Promise<string> {
  await page.goto("/remediation");
  const link = page.getByRole("main").locator('a[href^="/remediation/pln_"]');
  await expect(page.getByRole("heading", { level: 1, name: "Remediation" })).toBeVisible();
  if (!(await link.count())) {
    await openUnfixed(page, "aws.s3.bucket-public-access");
    await planFix(page, "To have a plan to look at.");
    await page.goto("/remediation");
  }
  return (await link.first().getAttribute("href", { timeout: 30_000 })) ?? "";
}

/** Imports Prowler's sample, as of an account of the sandbox. */
async function importReport(page: Page): Promise<string> {
  const sample = readFileSync("lib/imports/samples/prowler-aws.ocsf.json", "utf8");
  const report = sample
    .replaceAll("<account_uid>", "111122223333")
    .replaceAll("<resource_uid>", "arn:aws:pages");
  await page.goto("/imports");
  // A file is taken once the page has come to life.
  await expect(async () => {
    await page
      .getByLabel("Report to import")
      .setInputFiles({ name: "pages.json", mimeType: "application/json", buffer: Buffer.from(report) });
    await expect(page).toHaveURL(/\/imports\/imp_/, { timeout: 10_000 });
  }).toPass({ timeout: 60_000 });
  return new URL(page.url()).pathname;
}

/** Saves a playbook of one's own, unless that was done. */
async function ownPlaybook(page: Page): Promise<string> {
  await page.goto("/playbooks?source=custom");
  const link = page.getByRole("main").getByRole("link", { name: "Close a bucket, our way" });
  if (!(await link.count())) {
    await page.goto("/playbooks/AWS-PUBLIC-S3");
    const file = await page.getByRole("textbox", { name: "the playbook as YAML" }).inputValue();
    await page.goto("/playbooks/new");
    const text = page.getByLabel("The playbook, as YAML or JSON");
    await expect(async () => {
      await page.getByRole("tab", { name: "File" }).click();
      await expect(text).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await text.fill(
      file
        .replace("id: AWS-PUBLIC-S3", "id: PAGES-BUCKET")
        .replace(/title: .*/, "title: Close a bucket, our way"),
    );
    await page.getByRole("button", { name: "Save the playbook" }).click();
    await expect(page).toHaveURL(/PAGES-BUCKET$/, { timeout: 60_000 });
  }
  return "/playbooks/PAGES-BUCKET/edit";
}

/** Connects the organisation that stands for all, unless that was done. */
async function sourcePath(page: Page): Promise<string> {
  await page.goto("/settings/organisations");
  const link = page.getByRole("link", { name: sourceName });
  if (!(await link.count())) {
    await page.goto("/settings/organisations/connect");
    const arn = page.getByLabel("The role's ARN");
    await expect(async () => {
      await page.getByRole("radio", { name: /^AWS/ }).check();
      await expect(arn).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await arn.fill("arn:aws:iam::777788889999:role/Nobody");
    // A profile that isn't there, so that nobody is asked.
    await page.getByLabel("Starting from the profile (optional)").fill("no-such-profile");
    await page.getByLabel("The role's name in every account").fill("ParapetScanner");
    await page.getByLabel("Name", { exact: true }).fill(sourceName);
    await page.getByRole("button", { name: "Connect and look for members" }).click();
    await page.getByRole("heading", { level: 1, name: sourceName }).waitFor();
    return new URL(page.url()).pathname;
  }
  return (await link.first().getAttribute("href")) ?? "";
}

/** Makes a webhook that nobody answers for, unless there is one; it stays. */
async function webhookPath(page: Page): Promise<string> {
  await page.goto("/settings/audit/webhooks");
  const link = page.getByRole("link", { name: "Pages webhook" });
  await expect(page.getByRole("heading", { level: 2, name: "Webhooks" })).toBeVisible();
  if (!(await link.count())) {
    const name = page.getByLabel("Name", { exact: true });
    await expect(async () => {
      await page.getByRole("button", { name: "New webhook" }).click();
      await expect(name).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
    await name.fill("Pages webhook");
    await page.getByLabel("Address").fill("https://receiver.invalid/pages");
    await page.getByRole("button", { name: "Make the webhook" }).click();
    await page.getByRole("button", { name: "I have copied it" }).click();
  }
  return (await link.first().getAttribute("href", { timeout: 30_000 })) ?? "";
}
