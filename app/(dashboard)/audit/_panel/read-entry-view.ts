import { diffLines } from "#components/diff/diff-lines.ts";
import { getEntry } from "#db/audit/entries.ts";
import type { AuditEntryDetail } from "#db/audit/model.ts";
import type { Database } from "#db/client.ts";
import { type Commitment, replaceCommitments } from "#lib/audit/personal/commitment.ts";
import type { Scope } from "#lib/auth/scope.ts";
import { diffContents, flattenValue } from "#lib/inventory/diff-config.ts";
import type { EntryView, ToldValue } from "./entry-view.ts";

const mostValues = 200;

const kindWords: Readonly<Record<Commitment["personal"], string>> = {
  email: "e-mail address",
  phone: "phone number",
  name: "name",
  address: "postal address",
  ip: "IP address",
  "national-id": "national id",
};

/** One entry with what its personal data was, as far as that is still there. Throws `not_found`. */
export async function readEntryView(db: Database, scope: Scope, entryId: string): Promise<EntryView> {
  return viewEntry(await getEntry(db, scope, entryId));
}

export function viewEntry(entry: AuditEntryDetail): EntryView {
  const { before, after, origin } = entry;
  const personal: EntryView["personal"] = [];
  const reveal = (value: unknown): unknown =>
    replaceCommitments(value, ({ personal: kind, commitment }) => {
      const value = entry.personal[commitment] ?? null;
      const text = value ?? "erased";
      if (!personal.some((each) => each.text === text && each.kind === kindWords[kind])) {
        personal.push({ kind: kindWords[kind], text, isErased: value === null });
      }
      return text;
    });
  const contents = (value: unknown) => ({
    region: "",
    name: "",
    tags: {},
    config: asRecord(reveal(value)),
    unread: [],
  });
  const isChange = before !== null && after !== null;
  const tell = (value: unknown): ToldValue[] =>
    flattenValue(reveal(value), mostValues).lines.map(({ path, text }) => ({
      path: path.slice(0, 300),
      text: text.slice(0, 4_000),
      personal: personal.find((each) => each.text === text)?.kind ?? null,
    }));
  const [address] = origin === null || origin.address === null ? [] : tell({ address: origin.address });
  return {
    entry,
    changes: isChange ? diffLines(diffContents(contents(before), contents(after)).changes) : null,
    values: isChange || (before ?? after) === null ? [] : tell(before ?? after),
    address: address ?? null,
    personal,
    raw:
      before === null && after === null ? null : JSON.stringify({ before, after }, null, 2).slice(0, 50_000),
  };
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
