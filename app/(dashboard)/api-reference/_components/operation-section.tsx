import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { ApiParameter } from "#lib/api/openapi.ts";
import { curlOf } from "../curl.ts";
import type { Entry } from "../reference.ts";
import { type Schemas, sayType } from "../schema-words.ts";
import { InlineCode } from "./inline-code.tsx";
import { MethodMark } from "./method-mark.tsx";
import { SchemaFacts, SchemaTree } from "./schema-tree.tsx";

/** All about one operation; its id is what a link to it ends with. */
export function OperationSection({
  entry: { method, path, operation },
  schemas,
  origin,
  may,
}: {
  entry: Entry;
  schemas: Schemas;
  origin: string;
  /** Whether the reader's role has the permission. */
  may: boolean;
}) {
  const { operationId: id, summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content["application/json"]?.schema;
  const [status, success] = Object.entries(responses).find(([code]) => code.startsWith("2")) ?? ["", null];
  const answer = success && "content" in success ? success.content?.["application/json"]?.schema : undefined;
  const permission = operation["x-permission"];
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4 border-t border-line py-6">
      <h3 id={`${id}-title`} className="text-16 text-pretty">
        <a href={`#${id}`} className="hover:underline">
          {summary}
        </a>
      </h3>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-2.5 gap-y-1">
        <MethodMark method={method} />
        <code className="font-mono text-13 break-all">/api/v1{path}</code>
      </p>
      <p className="mt-1.5 text-13 text-ink-soft">
        {permission ? (
          <>
            Takes <code className="font-mono text-12">{permission}</code>
            {may ? "." : ", which your role doesn't include."}
          </>
        ) : (
          "Any token may."
        )}
      </p>
      {description ? (
        <p className="mt-2 max-w-[70ch] text-14 text-pretty text-ink-soft">
          <InlineCode text={description} />
        </p>
      ) : null}
      <Curl text={curlOf(origin, method, path, operation, schemas)} summary={summary} />
      {parameters.length > 0 ? (
        <Part title="Parameters">
          <Parameters parameters={parameters} />
        </Part>
      ) : null}
      {body ? (
        <Part title="Body">
          <SchemaTree schema={body} schemas={schemas} />
        </Part>
      ) : null}
      <Part title={`Answer ${status}`}>
        {answer ? <SchemaTree schema={answer} schemas={schemas} /> : <p className="text-13">Nothing.</p>}
      </Part>
      <p className="mt-3 text-13 text-ink-faint">
        Problems:{" "}
        {Object.entries(responses).flatMap(([code, response]) =>
          "$ref" in response
            ? [
                <a
                  key={code}
                  href={`#problem-${response.$ref.split("/").at(-1)}`}
                  className="mr-2 underline-offset-2 hover:text-ink hover:underline"
                >
                  {code}
                </a>,
              ]
            : [],
        )}
      </p>
    </section>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="mt-3 rounded border border-line bg-surface open:pb-2">
      <summary className="cursor-pointer px-3.5 py-2 text-13 font-[540] max-sm:py-3">{title}</summary>
      <div className="px-3.5">{children}</div>
    </details>
  );
}

function Curl({ text, summary }: { text: string; summary: string }) {
  return (
    <div className="mt-3 flex items-start gap-2 rounded border border-line bg-inset py-1.5 pr-1.5 pl-3.5">
      <pre className="min-w-0 flex-1 py-1 font-mono text-12 leading-5 break-words whitespace-pre-wrap">
        {text}
      </pre>
      <CopyButton text={text} label={`Copy the command: ${summary}`} />
    </div>
  );
}

function Parameters({ parameters }: { parameters: ApiParameter[] }) {
  return (
    <ul>
      {parameters.map(({ name, in: where, required, description, schema }) => (
        <li key={`${where} ${name}`} className="border-b border-line py-2 last:border-b-0">
          <p className="flex flex-wrap items-baseline gap-x-2.5">
            <code className="font-mono text-13 font-[540]">{where === "path" ? `{${name}}` : name}</code>
            <span className="text-12 text-ink-faint">
              {sayType(schema)}
              {schema.type === "array" ? ", repeated for several" : ""}
              {required ? " · needed" : ""}
            </span>
          </p>
          <SchemaFacts schema={description ? { ...schema, description } : schema} />
        </li>
      ))}
    </ul>
  );
}
