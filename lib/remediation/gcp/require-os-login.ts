import { z } from "zod";
import { isTrue } from "#lib/checks/gcp/instances.ts";
import type { PlannedCall, Target } from "../model.ts";
import { defineOperation } from "../operation.ts";
import { unlessMissing } from "./define-call.ts";

/** The two settings of the project's or the instance's own metadata; null where one isn't set. */
type State = { "enable-oslogin": string | null; "enable-oslogin-2fa": string | null };
const keys = ["enable-oslogin", "enable-oslogin-2fa"] as const;

export const requireOsLogin = defineOperation<"gcp", State, Record<string, never>>({
  id: "gcp.compute.require-os-login",
  cloud: "gcp",
  title: "Let people in by SSH through OS Login and with a second factor only",
  kinds: ["gcp.compute.project", "gcp.compute.instance"],
  parameters: z.object({}),
  reads: ["compute.projects.get", "compute.instances.get"],
  calls: ["gcp.compute.projects.setCommonInstanceMetadata", "gcp.compute.instances.setMetadata"],

  async read(access, { target, signal }) {
    const api = await access.clients.compute();
    const { account: project, name: instance } = target;
    const found = await unlessMissing(async () => {
      if (target.kind === "gcp.compute.project") {
        return (await api.projects.get({ project }, { signal })).data.commonInstanceMetadata ?? {};
      }
      const at = { project, zone: zoneOf(target), instance };
      return (await api.instances.get(at, { signal })).data.metadata ?? {};
    });
    if (!found) return null;
    const settingNamed = (key: string) => found.items?.find((item) => item.key === key)?.value ?? null;
    return { "enable-oslogin": settingNamed(keys[0]), "enable-oslogin-2fa": settingNamed(keys[1]) };
  },

  plan(state, _parameters, target) {
    const off = keys.filter((key) => state[key] === null || !isTrue(state[key]));
    if (off.length === 0) return { outcome: "nothing", reason: "OS Login asks for a second factor already." };
    const after = { ...state, ...Object.fromEntries(off.map((key) => [key, "TRUE"])) };
    return {
      outcome: "change",
      after,
      calls: change(target, state, after),
      notes: [
        "SSH keys in metadata no longer let anybody in. People need a role such as Compute OS Login, and 2-Step Verification on their Google account; service accounts need no second factor.",
        ...(target.kind === "gcp.compute.project"
          ? ["An instance whose own metadata turn OS Login off keeps it off."]
          : []),
      ],
    };
  },

  wayBack: (before, present, target) => ({ calls: change(target, present, before) }),
});

function change(target: Target, from: State, to: State): PlannedCall[] {
  const set = Object.fromEntries(keys.filter((key) => from[key] !== to[key]).map((key) => [key, to[key]]));
  if (Object.keys(set).length === 0) return [];
  const { account: project, name: instance, kind } = target;
  if (kind === "gcp.compute.project") {
    const api = "gcp.compute.projects.setCommonInstanceMetadata";
    return [{ id: "set", api, input: { project, set } }];
  }
  const input = { project, zone: zoneOf(target), instance, set };
  return [{ id: "set", api: "gcp.compute.instances.setMetadata", input }];
}

/** An instance's uid names its zone. */
function zoneOf({ uid }: Target): string {
  const zone = /\/zones\/([^/]+)\//.exec(uid)?.[1];
  if (zone === undefined) throw new Error(`${uid} is in no zone.`);
  return zone;
}
