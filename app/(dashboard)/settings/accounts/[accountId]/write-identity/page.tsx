import type { Metadata } from "next";
import { PageHead } from "../../../_components/page-head.tsx";
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
      />
    </div>
  );
}
