import { cloudName } from "#components/findings/service-names.ts";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { PlaybookView } from "#db/remediation/model.ts";
import { permissionsOf } from "#lib/remediation/describe-playbook.ts";
import { writeRolePermissions } from "#lib/roles/write-permissions.ts";
import { RoleWays } from "../../../settings/_connection/role-ways.tsx";
import { writeRoleWays } from "../../../settings/_connection/write-role-files.ts";

/** The identity that carries it out, cloud by cloud, as templates to take along. */
export async function RoleNeeded({ playbook }: { playbook: PlaybookView }) {
  const all = await permissionsOf(playbook);
  if (all.length === 0) {
    return <p className="text-14 text-ink-soft">None: it calls no cloud.</p>;
  }
  return (
    <div className="grid max-w-3xl gap-3">
      {all.map(({ cloud, read, write }, index) => (
        <details
          key={cloud}
          open={index === 0}
          className="group rounded border border-line-strong bg-surface"
        >
          <summary className="flex list-none items-center gap-2.5 px-3.5 py-3 text-14 font-[540]">
            <span
              aria-hidden
              className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
            >
              ›
            </span>
            {cloudName(cloud)}
            <span className="ml-auto text-13 font-[400] text-ink-faint">
              {read.length} to read, {write.length} to write
            </span>
          </summary>
          <div className="border-t border-line px-3.5 pt-1 pb-4">
            <RoleWays
              label={`Ways to make the role in ${cloudName(cloud)}`}
              ways={writeRoleWays(cloud, writeRolePermissions(cloud, [{ cloud, read, write }]))}
            />
          </div>
        </details>
      ))}
    </div>
  );
}

export const RoleWaiting = () => (
  <div aria-busy className="grid max-w-3xl gap-3">
    <span className="sr-only">Summing up permissions</span>
    <Skeleton className="h-11" />
    <Skeleton className="h-48" />
  </div>
);
