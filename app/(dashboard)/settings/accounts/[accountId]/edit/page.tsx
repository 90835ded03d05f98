import type { Metadata } from "next";
import { PageHead } from "../../../_components/page-head.tsx";
import { readAccountToChange, readEnvironments } from "../read-account.ts";
import { EditAccount } from "./_components/edit-account.tsx";

export const metadata: Metadata = { title: "Edit an account" };

export default async function EditAccountPage({ params }: { params: Promise<{ accountId: string }> }) {
  const { scope, account } = await readAccountToChange((await params).accountId);
  const { id, cloud, level, externalId, name, environment, regions, schedule, scheduleTimeZone } = account;
  const { revision, connection, source, secrets } = account;
  return (
    <div className="px-4 pt-5 pb-24 sm:px-6">
      <PageHead back={{ href: `/settings/accounts/${id}`, name }} title="Edit">
        What was found in it stays. Its id can't be changed: another id is another account.
      </PageHead>
      <EditAccount
        account={{
          ...{ id, cloud, level, externalId, name, environment, regions, schedule, scheduleTimeZone },
          ...{ revision, connection, source, storedSecrets: secrets.read.map((secret) => secret.name) },
        }}
        environments={await readEnvironments(scope)}
      />
    </div>
  );
}
