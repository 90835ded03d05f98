import type { JsonSchema } from "#lib/api/openapi.ts";
import { innerOf, type Schemas, sayLimits, sayType } from "../schema-words.ts";
import { InlineCode } from "./inline-code.tsx";

/** Levels that are shown; deeper ones are named. */
const deepest = 5;

/** The fields of a schema, each with its type and what it is for; what is within one unfolds below it. */
export function SchemaTree({
  schema,
  schemas,
  depth = 0,
}: {
  schema: JsonSchema;
  schemas: Schemas;
  depth?: number;
}) {
  const inner = innerOf(schema, schemas);
  if (!inner) return <SchemaFacts schema={schema} />;
  const choices = inner.oneOf ?? inner.anyOf;
  if (choices) return <Choices choices={choices} schemas={schemas} depth={depth} />;
  const { properties = {}, required = [] } = inner;
  return (
    <ul className={depth > 0 ? "border-l border-line pl-3" : undefined}>
      {Object.entries(properties).map(([name, property]) => (
        <li key={name} className="border-b border-line py-2 last:border-b-0">
          <p className="flex flex-wrap items-baseline gap-x-2.5">
            <code className="font-mono text-13 font-[540] break-all">{name}</code>
            <span className="text-12 text-ink-faint">{sayType(property)}</span>
            {required.includes(name) ? null : (
              <span className="text-12 text-ink-faint">· may be left out</span>
            )}
          </p>
          <SchemaFacts schema={property} />
          <Within schema={property} schemas={schemas} depth={depth} open={depth === 0 && name === "data"} />
        </li>
      ))}
    </ul>
  );
}

function Within({
  schema,
  schemas,
  depth,
  open,
}: {
  schema: JsonSchema;
  schemas: Schemas;
  depth: number;
  open: boolean;
}) {
  if (depth >= deepest || !innerOf(schema, schemas)) return null;
  return (
    <details open={open} className="mt-1">
      <summary className="cursor-pointer py-0.5 text-12 text-accent max-sm:py-2">What is in it</summary>
      <div className="mt-1">
        <SchemaTree schema={schema} schemas={schemas} depth={depth + 1} />
      </div>
    </details>
  );
}

function Choices({ choices, schemas, depth }: { choices: JsonSchema[]; schemas: Schemas; depth: number }) {
  return (
    <ul className="grid gap-2">
      {choices.map((choice, index) => {
        const key = labelOf(choice, schemas) ?? `choice ${index + 1}`;
        return (
          <li key={key} className="rounded-sm border border-line px-3 py-1.5">
            <p className="text-12 text-ink-faint">
              {index === 0 ? "Either" : "Or"} <code className="font-mono">{key}</code>
            </p>
            {depth < deepest ? <SchemaTree schema={choice} schemas={schemas} depth={depth + 1} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

/** What tells a choice from the others: the field that has one value alone, or its fields' names. */
function labelOf(choice: JsonSchema, schemas: Schemas): string | null {
  const properties = innerOf(choice, schemas)?.properties;
  if (!properties) return sayType(choice);
  const fixed = Object.entries(properties).find(([, { const: value }]) => value !== undefined);
  return fixed ? `${fixed[0]}: ${String(fixed[1].const)}` : Object.keys(properties).slice(0, 3).join(", ");
}

/** What a value is for, and what it keeps to. */
export function SchemaFacts({ schema }: { schema: JsonSchema }) {
  const limits = sayLimits(schema);
  return (
    <>
      {schema.description ? (
        <p className="mt-0.5 text-13 text-pretty text-ink-soft">
          <InlineCode text={schema.description} />
        </p>
      ) : null}
      {limits.length > 0 ? (
        <p className="mt-0.5 font-mono text-12 break-words text-ink-faint">{limits.join("; ")}</p>
      ) : null}
    </>
  );
}
