"use client";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import type { AccountDetail } from "#db/accounts/queries.ts";
import { ConnectionFields } from "../../../../_connection/connection-fields.tsx";
import { draftOf, emptyDraft } from "../../../../_connection/draft.ts";
import type { RoleWay } from "../../../../_connection/role-files.ts";
import { RoleWays } from "../../../../_connection/role-ways.tsx";
import { TestPanel } from "../../../../_connection/test-panel.tsx";
import { useConnectionForm } from "../../../../_connection/use-connection-form.ts";
import { removeWriteIdentityAction, setWriteIdentityAction } from "../../../actions.ts";

/** Sets, changes or removes the identity that fixes are made with. */
export function WriteIdentity({
  account,
  ways,
}: {
  /** To make the role that it needs. */
  ways: readonly RoleWay[];
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
      <details className="group rounded border border-line-strong bg-surface">
        <summary className="flex list-none items-center gap-2.5 px-3.5 py-3 text-14 font-[540]">
          <span
            aria-hidden
            className="w-3 text-ink-faint transition-transform duration-120 group-open:rotate-90"
          >
            ›
          </span>
          The role that it needs
          <span className="ml-auto text-13 font-[400] text-ink-faint">for all playbooks</span>
        </summary>
        <div className="border-t border-line px-3.5 pt-1 pb-4">
          <RoleWays label="Ways to make the role" ways={ways} />
        </div>
      </details>
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
