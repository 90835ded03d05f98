"use client";
import { useRouter } from "next/navigation";
import { cloudName } from "#components/findings/service-names.ts";
import { Select } from "#components/ui/field.tsx";
import { severityWords } from "#components/ui/severity-mark.tsx";
import type { Severity } from "#lib/checks/model.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import type { PlaybookCategory } from "#lib/remediation/playbook.ts";
import { SearchBox } from "../../../_shell/search-box.tsx";
import { type Source, sourceWords } from "../choices.ts";
import { playbooksHref } from "../hrefs.ts";
import { categoryWords } from "../playbook-words.ts";
import type { PlaybooksSearch } from "../search-params.ts";

export type FilterChoices = {
  cloud: readonly Cloud[];
  category: readonly PlaybookCategory[];
  severity: readonly Severity[];
  source: readonly Source[];
};

/** Narrows the library. */
export function PlaybookFilters({ search, choices }: { search: PlaybooksSearch; choices: FilterChoices }) {
  const router = useRouter();
  const go = (changes: Partial<PlaybooksSearch>) =>
    router.replace(playbooksHref(search, changes), { scroll: false });
  const selects = [
    {
      name: "cloud",
      label: "Cloud",
      all: "All clouds",
      words: choices.cloud.map((id) => [id, cloudName(id)]),
    },
    {
      name: "category",
      label: "Category",
      all: "Any category",
      words: choices.category.map((id) => [id, categoryWords[id]]),
    },
    {
      name: "severity",
      label: "Severity",
      all: "Any severity",
      words: choices.severity.map((id) => [id, severityWords[id]]),
    },
    {
      name: "source",
      label: "Source",
      all: "All sources",
      words: choices.source.map((id) => [id, sourceWords[id]]),
    },
  ] as const;
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pb-3 sm:px-6">
      <SearchBox
        q={search.q}
        label="Search playbooks"
        placeholder="Title, id or check"
        hrefOf={(q) => playbooksHref(search, { q })}
      />
      {selects.map(({ name, label, all, words }) => (
        <Select
          key={name}
          aria-label={label}
          className="w-40 text-13 max-sm:w-[calc(50%-0.25rem)]"
          value={search[name] ?? ""}
          onChange={({ target }) => go({ [name]: target.value || undefined })}
        >
          <option value="">{all}</option>
          {words.map(([value, word]) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </Select>
      ))}
    </div>
  );
}
