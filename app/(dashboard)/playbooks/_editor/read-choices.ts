import { z } from "zod";
import { catalogue } from "#lib/checks/index.ts";
import { clouds } from "#lib/inventory/model.ts";
import type { EditorChoices, OperationChoice } from "./model.ts";

/** What a playbook of one's own can be put together from. Loads the clouds' SDKs. */
export async function readChoices(): Promise<EditorChoices> {
  const [{ operations }, { registerBuiltInActions }, { actionKinds }] = await Promise.all([
    import("#lib/remediation/catalogue.ts"),
    import("#lib/remediation/register.ts"),
    import("#lib/remediation/action-handler.ts"),
  ]);
  registerBuiltInActions();
  return {
    checks: catalogue.map(({ id, title }) => ({ id, title })),
    operations: operations.map(({ id, cloud, title, kinds, irreversible, parameters }) => ({
      ...{ id, cloud, title, kinds, irreversible: irreversible ?? null },
      takes: takenBy(parameters),
    })),
    otherKinds: actionKinds().filter((kind) => !clouds.some((cloud) => cloud === kind)),
  };
}

type Schema = { type?: unknown; enum?: unknown[]; items?: Schema; properties?: Record<string, Schema> };

function takenBy(parameters: z.ZodType): OperationChoice["takes"] {
  const schema = z.toJSONSchema(parameters, { io: "input", unrepresentable: "any" }) as Schema;
  return Object.entries(schema.properties ?? {}).map(([name, value]) => `${name}: ${sayType(value)}`);
}

function sayType({ type, enum: values, items }: Schema): string {
  if (values) return values.map((value) => JSON.stringify(value)).join(" or ");
  if (type === "array") return `list of ${items ? sayType(items) : "anything"}`;
  return typeof type === "string" ? type : "anything";
}
