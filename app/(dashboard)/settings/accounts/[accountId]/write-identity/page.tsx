import type { Metadata } from "next";
import { database } from "#db/client.ts";
import { listPlaybooks } from "#db/remediation/queries.ts";
import { requireScope } from "#lib/auth/session.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { permissionsOf } from "#lib/remediation/describe-playbook.ts";
import { writeRolePermissions } from "#lib/roles/write-permissions.ts";
import { PageHead } from "../../../_components/page-head.tsx";
import { writeRoleWays } from "../../../_connection/write-role-files.ts";
import { readAccountToChange } from "../read-account.ts";
import { WriteIdentity } from "./_components/write-identity.tsx";

export const metadata: Metadata = { title: "Write identity" };

export default async function WriteIdentityPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { account } = await readAccountToChange((await params).accountId);
  const { id, cloud, level, externalId, name, revision, writeConnection, secrets } = account;
  return (
    <div className="px-4 pt-5 pb-24 sm:px-6">
      <PageHead back={{ href: `/settings/accounts/${id}`, name }} title="Write identity">
        Fixes are made with it, each only once it has been approved; scans go on with the identity that reads.
        Without one, Parapet can change nothing in this account.
      </PageHead>
      <WriteIdentity
        account={{
          ...{ id, cloud, level, externalId, revision, writeConnection },
          storedSecrets: secrets.write.map((secret) => secret.name),
        }}
        ways={writeRoleWays(cloud, await permissionsIn(cloud))}
      />
    </div>
  );
}

/** What all playbooks together take in a cloud, the organisation's own among them. */
async function permissionsIn(cloud: Cloud): Promise<string[]> {
  const playbooks = await listPlaybooks(database().db, await requireScope());
  const all = await Promise.all(
    playbooks.filter(({ clouds }) => clouds.includes(cloud)).map((playbook) => permissionsOf(playbook)),
  );
  return writeRolePermissions(cloud, all.flat());
}
