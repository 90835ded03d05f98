import type { ArmCall, ArmResource, ArmType } from "#sandbox/azure/model.ts";

type Child = { id?: string; name?: string; properties?: Record<string, unknown> };

/**
 * A type whose resources hold others within their own properties, as a security group holds its rules: these can be read
 * and written by themselves as well, and both ways always tell the same. They are kept apart, and put together when
 * the parent is shown.
 *
 * @param field The property that holds them.
 * @param kind The last part of their type, such as `securityRules`.
 */
export function withEmbedded(
  type: string,
  field: string,
  kind: string,
  rest: Partial<ArmType> = {},
): ArmType[] {
  return [
    {
      ...rest,
      type,
      show: (resource, call) => {
        const shown: Record<string, unknown> = { ...(rest.show?.(resource, call) ?? resource) };
        return {
          ...shown,
          properties: { ...Object(shown.properties), [field]: childrenOf(resource, kind, call) },
        };
      },
      write: (next, previous, call) => {
        const written = rest.write?.(next, previous, call) ?? next;
        const { [field]: children, ...properties } = written.properties;
        // A PATCH that is about something else doesn't name them.
        if (Array.isArray(children)) putChildren(written, `${type}/${kind}`, children, call);
        return { ...written, properties };
      },
    },
    { type: `${type}/${kind}` },
  ];
}

export const childrenOf = (parent: ArmResource, kind: string, { subscription }: ArmCall): ArmResource[] =>
  subscription.tree.in(`${parent.id}/${kind}`);

/** A parent that is written names all of its children: those it leaves out are gone. */
function putChildren(parent: ArmResource, type: string, children: Child[], call: ArmCall): void {
  const { tree } = call.subscription;
  const kind = type.split("/").at(-1) ?? "";
  for (const { id } of childrenOf(parent, kind, call)) tree.delete(id);
  for (const child of children) {
    const name = String(child.name);
    const properties = { ...Object(child.properties), provisioningState: "Succeeded" };
    tree.put({ ...child, id: `${parent.id}/${kind}/${name}`, name, type, properties });
  }
}
