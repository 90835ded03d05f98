import { createPrivateKey, sign } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DomainError } from "#lib/errors.ts";
import { open, readVerdicts, rehearse, type TestJournal } from "../test-journal.ts";
import type { KeysState } from "./service-account-keys.ts";
import { startTestProjects, type TestProject, type TestProjects } from "./test-project.ts";

const age = "gcp.iam.service-account-key-age";
const userKeys = "gcp.iam.service-account-user-keys";
const rotate = "gcp.iam.rotate-service-account-key";
const remove = "gcp.iam.delete-disabled-keys";

let projects: TestProjects;
beforeAll(async () => {
  projects = await startTestProjects();
});
afterAll(() => projects.close());

function accountIn({ id, target }: TestProject, name: string) {
  const email = `${name}@${id}.iam.gserviceaccount.com`;
  const uid = `//iam.googleapis.com/projects/${id}/serviceAccounts/${email}`;
  return target("gcp.iam.service-account", uid, email);
}

type KeyFile = { client_email: string; private_key: string; private_key_id: string };
const keyFileIn = (journal: TestJournal): KeyFile =>
  JSON.parse(journal.secrets.get("service-account-key.json") ?? "{}");

/** Whether Google would give who holds the key a token. */
async function signsIn(file: KeyFile): Promise<boolean> {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: file.client_email,
    aud: "https://oauth2.googleapis.com/token",
    iat: now,
    exp: now + 600,
    scope: "https://www.googleapis.com/auth/cloud-platform",
  };
  const head = `${encode({ alg: "RS256", typ: "JWT", kid: file.private_key_id })}.${encode(claims)}`;
  const key = createPrivateKey(file.private_key);
  const assertion = `${head}.${sign("RSA-SHA256", Buffer.from(head), key).toString("base64url")}`;
  const answer = await fetch(`${projects.sandbox.gcp?.url}/oauth2.googleapis.com/token`, {
    method: "POST",
    body: new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion }),
  });
  return answer.ok;
}

it("makes a new key and disables the old one alone", async () => {
  const { analytics } = projects;
  const target = accountIn(analytics, "looker-export");
  const rehearsal = { account: analytics.account, target, operation: rotate, checks: [age] };
  const { plan, after } = await rehearse({ ...rehearsal, with: { disableOld: true } });
  const before = plan.before as KeysState;
  expect(before.keys.map(({ due, disabled }) => ({ due, disabled }))).toEqual([
    { due: true, disabled: false },
    { due: false, disabled: false },
  ]);
  const [old, recent] = before.keys;
  expect(after).toEqual({
    accountDisabled: false,
    keys: [
      { ...old, disabled: true },
      recent,
      {
        id: expect.stringMatching(/^[0-9a-f]{40}$/),
        origin: "GOOGLE_PROVIDED",
        disabled: false,
        validAfter: expect.any(String),
        due: false,
      },
    ],
  });
  expect(plan.commands).toEqual([
    `gcloud iam service-accounts keys create new-key.json --project=${analytics.id} --iam-account=${target.name}`,
    `gcloud iam service-accounts keys disable ${old?.id} --project=${analytics.id} --iam-account=${target.name}`,
  ]);
});

it("leaves no key behind whose secret can't be sealed", async () => {
  const { learning } = projects;
  const target = accountIn(learning, "model-trainer");
  const { handler, context, close } = open({ account: learning.account, target });
  const spec = { kind: "gcp", operation: rotate, with: {} };
  const plan = await handler.plan(spec, context());
  if (plan.outcome !== "change") throw new Error(plan.reason);
  const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
  const step = context();
  step.journal.keepSecret = () =>
    Promise.reject(new DomainError("unavailable", "There is no key to seal with."));
  await expect(handler.apply(action, step, plan.before)).rejects.toThrow("no key to seal");
  expect(await handler.read(action, context())).toEqual(plan.before);
  close();
});

it("hands out a key that works, also when a worker died over the first; deletes the disabled one later", async () => {
  const { learning } = projects;
  const target = accountIn(learning, "model-trainer");
  const { handler, context, close } = open({ account: learning.account, target });
  const spec = { kind: "gcp", operation: rotate, with: {} };
  const plan = await handler.plan(spec, context());
  if (plan.outcome !== "change") throw new Error(plan.reason);
  const action = { ...spec, action: "a", title: "A", timeoutSeconds: 60, plan };
  const step = context();
  const { end } = step.journal;
  const lost: KeyFile[] = [];
  step.journal.end = async () => {
    lost.push(keyFileIn(step.journal));
    throw new Error("The worker died.");
  };
  await expect(handler.apply(action, step, plan.before)).rejects.toThrow("The worker died.");
  step.journal.end = end;
  expect((await handler.apply(action, step, plan.before)).differs).toBeNull();
  const [first] = lost;
  const made = keyFileIn(step.journal);
  expect(first && [await signsIn(first), await signsIn(made)]).toEqual([false, true]);
  expect(JSON.stringify(step.journal.records)).not.toContain("PRIVATE KEY");

  expect(await readVerdicts(learning.account, target, [age, userKeys])).toEqual({
    [age]: "pass",
    [userKeys]: "fail",
  });
  const api = (await learning.clients.iam()).projects.serviceAccounts;
  const name = `projects/${learning.id}/serviceAccounts/${target.name}`;
  // As when the software has moved on to another way of signing in.
  await api.keys.disable({ name: `${name}/keys/${made.private_key_id}` });
  expect(await signsIn(made)).toBe(false);
  const deletion = { kind: "gcp", operation: remove, with: {} };
  const later = await handler.plan(deletion, context());
  if (later.outcome !== "change") throw new Error(later.reason);
  expect(later.calls.map(({ api: called }) => called)).toEqual(
    Array.from({ length: 3 }, () => "gcp.iam.projects.serviceAccounts.keys.delete"),
  );
  expect(later.wayBack).toEqual({ irreversible: "A deleted service account key can't be brought back." });
  const last = { ...deletion, action: "b", title: "B", timeoutSeconds: 60, plan: later };
  const gone = context();
  const { after, differs } = await handler.apply(last, gone, later.before);
  expect({ after, differs }).toEqual({ after: { accountDisabled: false, keys: [] }, differs: null });
  const images = { before: later.before, after, calls: gone.journal.records };
  await expect(handler.rollback(last, context(), images)).rejects.toMatchObject({ reason: "irreversible" });
  expect(await readVerdicts(learning.account, target, [age, userKeys])).toEqual({
    [age]: "pass",
    [userKeys]: "pass",
  });
  close();
});

it.each([
  ["is disabled as a whole", "hackathon-2023"],
  ["has no keys", "feature-store"],
])("has nothing to do for an account that %s", async (_what, name) => {
  const { learning } = projects;
  const { handler, context, close } = open({
    account: learning.account,
    target: accountIn(learning, name),
  });
  for (const operation of [rotate, remove]) {
    expect((await handler.plan({ kind: "gcp", operation, with: {} }, context())).outcome).toBe("nothing");
  }
  close();
});
