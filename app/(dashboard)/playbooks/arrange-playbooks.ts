import type { PlaybookView } from "#db/remediation/model.ts";
import type { PlaybooksSearch } from "./search-params.ts";

/** The playbooks that an address asks for, in the library's order. Words are looked for in all that it says and fixes. */
export function arrangePlaybooks<P extends PlaybookView>(
  playbooks: readonly P[],
  { q, cloud, category, severity, source }: PlaybooksSearch,
): P[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return playbooks.filter((playbook) => {
    const text = `${playbook.id} ${playbook.title} ${playbook.description} ${playbook.fixes.join(" ")}`;
    return (
      (!cloud || playbook.clouds.includes(cloud)) &&
      (!category || playbook.category === category) &&
      (!severity || playbook.severity === severity) &&
      (!source || playbook.source === source) &&
      words.every((word) => text.toLowerCase().includes(word))
    );
  });
}
