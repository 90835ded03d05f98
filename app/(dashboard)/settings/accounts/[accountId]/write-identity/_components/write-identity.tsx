"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import type { AccountDetail } from "#db/accounts/queries.ts";
import { ConnectionFields } from "../../../../_connection/connection-fields.tsx";
import { draftOf, emptyDraft } from "../../../../_connection/draft.ts";
import { TestPanel } from "../../../../_connection/test-panel.tsx";
import { useConnectionForm } from "../../../../_connection/use-connection-form.ts";
import { removeWriteIdentityAction, setWriteIdentityAction } from "../../../actions.ts";

/** Sets, changes or removes the identity that fixes are made with. */
export function WriteIdentity({
  account,
}: {
  account: Pick<AccountDetail, "id" | "cloud" | "level" | "externalId" | "revision" | "writeConnection"> & {
    storedSecrets: string[];
  };
}) {
  const router = useRouter();
  const { id, cloud, level, externalId, revision, writeConnection, storedSecrets } = account;
  const [saving, start] = useTransition();
  const form = useConnectionForm(
    {
      ...{ cloud, level, externalId, storedSecrets, accountId: id, identity: "write" as const },
      before: writeConnection ?? undefined,
    },
    writeConnection ? draftOf(cloud, writeConnection) : emptyDraft(cloud),
  );
  const leave = () => {
    router.push(`/settings/accounts/${id}`);
    router.refresh();
  };
  const save = () =>
    start(async () => {
      const { connection, secrets } = form;
      const answer = await setWriteIdentityAction({ accountId: id, revision, connection, secrets });
      if (answer.ok) leave();
      else form.refuse(answer);
    });
  const remove = () =>
    start(async () => {
      const answer = await removeWriteIdentityAction(id, revision);
      if (answer.ok) leave();
      else form.refuse(answer);
    });
  return (
    <form
      ref={form.form}
      noValidate
      className="grid max-w-3xl gap-8"
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving && form.check()) save();
      }}
    >
      <ConnectionFields
        cloud={cloud}
        draft={form.draft}
        onChange={form.setDraft}
        problems={form.problems}
        storedSecrets={form.storedSecrets}
      />
      <TestPanel cloud={cloud} form={form} />
      <div className="flex flex-wrap gap-2 border-t border-line pt-5">
        <Button type="submit" look="primary" aria-disabled={saving}>
          {saving ? "Saving…" : "Save"}
        </Button>
        <Button
          aria-disabled={form.testing}
          onClick={() => (form.testing || !form.check() ? undefined : form.test())}
        >
          {form.testing ? "Testing…" : "Test the connection"}
        </Button>
        <LinkButton href={`/settings/accounts/${id}`} look="plain">
          Leave it as it is
        </LinkButton>
        {writeConnection ? (
          <Button
            look="danger"
            className="sm:ml-auto"
            aria-disabled={saving}
            onClick={saving ? undefined : remove}
          >
            Remove the write identity
          </Button>
        ) : null}
      </div>
    </form>
  );
}
