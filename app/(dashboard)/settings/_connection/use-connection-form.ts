"use client";
import { useRef, useState, useTransition } from "react";
import type { ConnectionTest, Identity } from "#db/accounts/schema.ts";
import type { AccountLevel } from "#lib/inventory/collector.ts";
import type { Cloud } from "#lib/inventory/model.ts";
import { testDraftAction } from "../accounts/actions.ts";
import { accountOf, connectionOf, type Draft, isShown, problemsOf, secretsOf } from "./draft.ts";
import { methodOf } from "./methods.ts";

export type Problems = Readonly<Record<string, string>>;
type Refused = { message: string; fields: Problems };

/** What a connection is about, as far as its form does not ask for it. */
export type FormSubject = {
  cloud: Cloud;
  level: AccountLevel;
  /** The account that must answer; null takes the one that the connection tells of, else whichever it reaches. */
  externalId: string | null;
  /** The stored connection that is changed, with the names of its secrets. */
  before?: Readonly<Record<string, unknown>> | undefined;
  storedSecrets?: readonly string[];
  /** The account whose stored secrets a test may use. */
  accountId?: string;
  identity?: Identity;
};

/**
 * A connection while it is being filled in and tested. A test's result is that of exactly what is on the form: whatever
 * is changed makes it void.
 */
export function useConnectionForm(subject: FormSubject, began: Draft) {
  const { cloud, level, before, storedSecrets = [], accountId, identity = "read" } = subject;
  const form = useRef<HTMLFormElement>(null);
  const [initial] = useState(began);
  const [draft, setDraft] = useState(initial);
  const [problems, setProblems] = useState<Problems>({});
  const [refusal, setRefusal] = useState<string>();
  const [answered, setAnswered] = useState<{ key: string; result: ConnectionTest }>();
  const [testing, start] = useTransition();

  // Stored secrets go where they went before: said to be meant for somewhere else, they are typed anew.
  const isSame =
    draft.type === initial.type && JSON.stringify(draft.values) === JSON.stringify(initial.values);
  const stored = isSame ? storedSecrets : [];
  const connection = connectionOf(cloud, draft, before);
  const secrets = secretsOf(cloud, draft);
  const derived =
    level === "directory" ? draft.values.tenantId?.trim() || undefined : accountOf(cloud, draft);
  const externalId = subject.externalId ?? derived ?? null;
  const asked = { cloud, level, externalId, connection, secrets, accountId, identity };
  const key = JSON.stringify(asked);

  const reset = (next: Draft) => {
    setDraft(next);
    setProblems({});
    setRefusal(undefined);
  };
  /** Looks over the fields; leads to the first that won't do. */
  const check = (others: Problems = {}): boolean => {
    const found = { ...problemsOf(cloud, draft, stored), ...others };
    if (level === "directory" && derived === undefined) found["connection.tenantId"] = "Fill this in.";
    setRefusal(undefined);
    return show(found);
  };
  const show = (found: Problems): boolean => {
    setProblems(found);
    if (Object.keys(found).length === 0) return true;
    // Once the fields say so themselves.
    setTimeout(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
    return false;
  };
  /** Shows a refusal where it belongs: at its fields, or under the form where no field is to blame. */
  const refuse = ({ message, fields }: Refused, otherFields: readonly string[] = []) => {
    show(fields);
    const names = Object.keys(fields);
    const method = methodOf(cloud, draft.type);
    const isOthers = (name: string) =>
      otherFields.some((field) => name === field || name.startsWith(`${field}.`));
    const isSaid = names.length > 0 && names.every((name) => isOthers(name) || isShown(method, name));
    setRefusal(isSaid ? undefined : message);
  };
  const test = () =>
    start(async () => {
      const answer = await testDraftAction(asked);
      if (answer.ok) setAnswered({ key, result: answer.value });
      else refuse(answer, ["externalId"]);
    });
  const result = answered?.key === key ? answered.result : null;
  return {
    form,
    ...{ draft, setDraft, reset, problems, refusal },
    ...{ connection, secrets, externalId, derivedId: derived },
    /** Names of the secrets that need not be typed again. */
    storedSecrets: stored,
    /** Whether anything differs from what the form began with. */
    isChanged: !isSame || Object.keys(secrets).length > 0,
    ...{ check, refuse, test, testing, result },
    /** Whom the credentials reached, if the form has been tested as it is. */
    reached: result?.reached ?? null,
  };
}

export type ConnectionForm = ReturnType<typeof useConnectionForm>;
