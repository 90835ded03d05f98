import { cut, readAndUnread, readPromised, required } from "../answers.ts";
import { armResource, resourceGroupOf, wordOf } from "./arm.ts";
import { type ArmPages, allOf } from "./arm-list.ts";
import type { AzureContext } from "./collector.ts";
import type { DatabaseFirewallRule } from "./databases.kinds.ts";

type ServerAnswer = {
  id?: string;
  name?: string;
  location?: string;
  tags?: Readonly<Record<string, string>>;
  version?: string;
  state?: string;
  network?: { publicNetworkAccess?: string };
};

/** What PostgreSQL and MySQL have in common: each is one provider with the same shape of servers below it. */
export type FlexibleServers = {
  /** Such as `Microsoft.DBforPostgreSQL/flexibleServers`. */
  type: string;
  /** The parameters to keep, of the hundreds that a server has. */
  parameters: ReadonlySet<string>;
  firewallRules(
    group: string,
    server: string,
  ): ArmPages<{ name?: string; startIpAddress?: string; endIpAddress?: string }>;
  configurations(group: string, server: string): ArmPages<{ name?: string; value?: string }>;
};

/** Reads what a server's checks need beyond the list's answer, by two calls. */
export async function describeFlexibleServer(
  context: AzureContext,
  server: ServerAnswer,
  { type, parameters, firewallRules, configurations }: FlexibleServers,
) {
  const common = armResource(context, server);
  const group = resourceGroupOf(common.uid);
  const options = { gone: ["ResourceNotFound"] };
  const [promised, rules, settings] = await Promise.all([
    readPromised(context, common.uid, `${type}/read`, {
      publicNetworkAccess: wordOf(
        server.network?.publicNetworkAccess,
        ["Enabled", "Disabled"],
        "network.publicNetworkAccess",
      ),
    }),
    context.read(
      common.uid,
      `${type}/firewallRules/read`,
      async () => (await allOf(firewallRules(group, common.name))).map(ruleOf),
      options,
    ),
    context.read(
      common.uid,
      `${type}/configurations/read`,
      async () => {
        const all = await allOf(configurations(group, common.name));
        const kept = all.flatMap(({ name, value }): [string, string][] =>
          name !== undefined && value !== undefined && parameters.has(name) ? [[name, cut(value)]] : [],
        );
        return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
      },
      options,
    ),
  ]);
  const facets = readAndUnread({ firewallRules: rules ?? undefined, parameters: settings ?? undefined });
  return {
    common,
    config: {
      version: server.version ?? null,
      state: server.state ?? null,
      ...promised.read,
      ...facets.read,
    },
    unread: [...promised.unread, ...facets.unread],
  };
}

const ruleOf = (rule: {
  name?: string;
  startIpAddress?: string;
  endIpAddress?: string;
}): DatabaseFirewallRule => ({
  name: cut(required(rule.name, "firewallRules.name")),
  start: required(rule.startIpAddress, "startIpAddress"),
  end: required(rule.endIpAddress, "endIpAddress"),
});
