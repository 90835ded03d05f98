import { Untrusted } from "#components/ui/untrusted.tsx";

const shownAtFirst = 12;

export function Tags({ tags }: { tags: readonly [key: string, value: string][] }) {
  if (tags.length === 0) return null;
  const [first, rest] = [tags.slice(0, shownAtFirst), tags.slice(shownAtFirst)];
  return (
    <div className="mt-3">
      <List tags={first} />
      {rest.length > 0 ? (
        <details className="mt-1.5">
          <summary className="list-none text-13 text-ink-faint hover:text-ink">
            {rest.length} more tags
          </summary>
          <div className="mt-1.5">
            <List tags={rest} />
          </div>
        </details>
      ) : null}
    </div>
  );
}

const List = ({ tags }: { tags: readonly [string, string][] }) => (
  <ul aria-label="Tags" className="flex flex-wrap gap-1.5">
    {tags.map(([key, value]) => (
      <li key={key} className="max-w-full rounded-sm border border-line bg-inset px-1.5 py-0.5 text-12">
        <Untrusted text={key} limit={80} className="text-ink-faint" /> <Untrusted text={value} limit={120} />
      </li>
    ))}
  </ul>
);
