"use client";
import { usePathname } from "next/navigation";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Offers } from "./areas.ts";
import { globalShortcuts, type Shortcut, shortcutsOf } from "./shortcuts.ts";

/** Every key of the page and of the product. */
export default function HelpDialog({ offers, onClose }: { offers: Offers; onClose: () => void }) {
  const own = shortcutsOf(usePathname());
  const groups = [...Map.groupBy([...own, ...globalShortcuts(offers)], ({ group }) => group)];
  return (
    <Dialog wide open onClose={onClose} title="Keyboard" footer={<Button onClick={onClose}>Close</Button>}>
      <div className="columns-1 gap-x-10 sm:columns-2">
        {groups.map(([title, shortcuts]) => (
          <section key={title} aria-label={title} className="mb-5 break-inside-avoid">
            <h3 className="label-caps mb-1">{title}</h3>
            <dl>
              {shortcuts.map((shortcut) => (
                <Row key={shortcut.keys.join(" ")} shortcut={shortcut} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const Row = ({ shortcut: { keys, does } }: { shortcut: Shortcut }) => (
  <div className="flex min-h-8 items-center justify-between gap-4 border-b border-line text-13">
    <dt className="flex shrink-0 gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="min-w-6 rounded-sm border border-line-strong bg-inset px-1.5 py-0.5 text-center font-mono whitespace-nowrap text-12 text-ink-soft"
        >
          {key}
        </kbd>
      ))}
    </dt>
    <dd className="text-right text-ink-soft">{does}</dd>
  </div>
);
