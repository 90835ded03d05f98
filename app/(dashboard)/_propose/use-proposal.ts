"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import type { PlanDetail } from "#db/remediation/model.ts";
import { findingKey, liveKeys } from "../../_shell/query-keys.ts";
import { readJson } from "../../_shell/read-json.ts";
import { cancelPlanAction, submitPlanAction } from "../remediation/actions.ts";
import { proposeFixAction } from "./actions.ts";
import type { FormProblems } from "./fix-form.tsx";
import { draftOf, fieldsOf, type ParameterDraft, problemsOf, valuesOf } from "./parameter-draft.ts";
import type { FixOption, Proposal } from "./proposal.ts";

const leastReason = 3;

type Draft = { playbook?: string; parameters: Record<string, ParameterDraft>; reason: string };

/** What was filled in and not planned yet, by the findings that it is for: closing the dialog loses nothing. */
const kept = new Map<string, Draft>();

/** A fix on its way from being chosen to being sent for approval. */
export function useProposal(ids: readonly string[], wanted: string | undefined) {
  const client = useQueryClient();
  const key = [...ids].sort().join(",");
  const [draft, setDraft] = useState<Draft>(
    () => kept.get(key) ?? { parameters: {}, reason: "", ...(wanted ? { playbook: wanted } : {}) },
  );
  const [problems, setProblems] = useState<FormProblems>({ parameters: {} });
  const [refusal, setRefusal] = useState<string>();
  const [planId, setPlanId] = useState<string>();
  const [planned, setPlanned] = useState<readonly string[]>([]);
  const [runs, setRuns] = useState(true);
  const [pending, start] = useTransition();

  const proposal = useQuery({
    queryKey: ["proposal", key],
    queryFn: ({ signal }) => readJson<Proposal>(`/api/findings/fixes?ids=${ids.join(",")}`, signal),
    staleTime: 0,
  });
  const plan = useQuery({
    queryKey: [...liveKeys.plan(planId ?? ""), "proposed"],
    queryFn: ({ signal }) => readJson<PlanDetail>(`/api/remediation/plans/${planId}`, signal),
    enabled: planId !== undefined,
    // Events bring news at once; this is for one that got lost.
    refetchInterval: ({ state: { data } }) => (data?.plannedAt || data?.error ? false : 2_000),
  });

  const options = proposal.data?.options ?? [];
  const option = options.find(({ playbook }) => playbook.id === draft.playbook) ?? options[0];
  const change = (next: Partial<Draft>) => {
    const changed = { ...draft, ...next };
    kept.set(key, changed);
    setDraft(changed);
    setProblems({ parameters: {} });
    setRefusal(undefined);
  };
  const parameters =
    (option && draft.parameters[option.playbook.id]) ?? draftOf(option?.playbook.parameters ?? {});

  /** Everything that says where a finding's fix stands is read again. */
  const tell = async (findingIds: readonly string[]) => {
    await Promise.all([
      client.invalidateQueries({ queryKey: liveKeys.all }),
      ...findingIds.slice(0, 1).map((id) => client.invalidateQueries({ queryKey: findingKey(id) })),
    ]);
  };
  const propose = async (from: FixOption, findingIds: readonly string[]) => {
    const specs = from.playbook.parameters;
    const result = await proposeFixAction({
      playbook: from.playbook.id,
      findingIds: [...findingIds],
      parameters: valuesOf(specs, parameters),
      reason: draft.reason.trim(),
    });
    if (!result.ok) {
      const { reason, findingIds: _, ...rest } = result.fields;
      const named = fieldsOf(specs, rest);
      const known = Object.keys(named).some((name) => Object.hasOwn(specs, name));
      setProblems({ parameters: named, ...(reason ? { reason } : {}) });
      setRefusal(known || reason ? undefined : result.message);
      return;
    }
    setRefusal(undefined);
    setPlanned(findingIds);
    setPlanId(result.value.planId);
    await tell(findingIds);
  };
  const submitForm = () => {
    if (!option || pending) return false;
    const found = problemsOf(option.playbook.parameters, parameters);
    const short = draft.reason.trim().length < leastReason;
    setProblems({
      parameters: found,
      ...(short ? { reason: "Say why, in three characters or more." } : {}),
    });
    if (short || Object.keys(found).length > 0) return false;
    start(() =>
      propose(
        option,
        option.taken.map(({ id }) => id),
      ),
    );
    return true;
  };
  const send = () =>
    start(async () => {
      if (!plan.data) return;
      const result = await submitPlanAction(plan.data.id, plan.data.revision, runs);
      if (result.ok) kept.delete(key);
      setRefusal(result.ok ? undefined : result.message);
      await Promise.all([plan.refetch(), tell(planned)]);
    });
  const discard = (then: () => void) =>
    start(async () => {
      const result = planId ? await cancelPlanAction(planId) : null;
      if (result && !result.ok) return setRefusal(result.message);
      await tell(planned);
      then();
    });
  /** Back to the form, with all that was filled in; what was planned is withdrawn. */
  const again = () =>
    discard(() => {
      setPlanId(undefined);
      setRefusal(undefined);
      void proposal.refetch();
    });
  const withoutThose = (refused: ReadonlySet<string>) =>
    start(async () => {
      if (!option || !planId) return;
      const result = await cancelPlanAction(planId);
      if (!result.ok) return setRefusal(result.message);
      await propose(
        option,
        planned.filter((id) => !refused.has(id)),
      );
    });
  return {
    ...{ proposal, option, draft, parameters, problems, refusal, pending, runs, setRuns },
    ...{ plan: planId === undefined ? undefined : plan, planId, planned },
    choose: (playbook: string) => change({ playbook }),
    setParameters: (next: ParameterDraft) =>
      option && change({ parameters: { ...draft.parameters, [option.playbook.id]: next } }),
    setReason: (reason: string) => change({ reason }),
    ...{ submitForm, send, discard, again, withoutThose },
  };
}
