import { expect, test } from "vitest";
import type { PlaybookView } from "#db/remediation/model.ts";
import { builtInPlaybooks } from "#lib/remediation/playbooks/index.ts";
import { arrangePlaybooks } from "./arrange-playbooks.ts";
import { playbooksHref } from "./hrefs.ts";
import { parsePlaybooksSearch } from "./search-params.ts";

const library: PlaybookView[] = builtInPlaybooks.map((playbook) => ({
  ...playbook,
  ...{ source: "built_in", version: 1, hash: "h", openFindings: 0, permissions: [] },
  ...{ createdBy: null, createdAt: null },
}));
const ask = (raw: Record<string, string>) =>
  arrangePlaybooks(library, parsePlaybooksSearch(raw)).map(({ id }) => id);

test("everything is shown unless asked otherwise, also by an address that makes no sense", () => {
  const all = library.map(({ id }) => id);
  expect(ask({})).toEqual(all);
  expect(ask({ cloud: "mars", category: "magic", severity: "grave", source: "stolen" })).toEqual(all);
});

test("every filter narrows, and words are all to be found", () => {
  expect(ask({ cloud: "aws", category: "exposure", q: "S3 block" })).toEqual(["AWS-PUBLIC-S3"]);
  expect(ask({ q: "aws.s3.bucket-public-access" })).toEqual(["AWS-PUBLIC-S3"]);
  expect(ask({ source: "custom" })).toEqual([]);
  expect(ask({ cloud: "gcp" }).filter((id) => id.startsWith("AWS"))).toEqual([]);
});

test("an address holds what was chosen, and nothing else", () => {
  const search = parsePlaybooksSearch({ cloud: "aws", q: "s3" });
  expect([playbooksHref(search, { cloud: undefined }), playbooksHref({})]).toEqual([
    ...["/playbooks?q=s3", "/playbooks"],
  ]);
});
