"use client";
import { ArrowRight } from "lucide-react";
import { useActionState } from "react";
import { useFormStatus } from "react-dom";
import type { Persona } from "#db/identity/queries.ts";
import { signInAsPersona } from "../actions.ts";

/** What each of them comes to do. */
const personaTasks: Record<Persona["role"], { title: string; task: string }> = {
  ciso: {
    title: "CISO",
    task: "Asks one thing: is the company safer than last week?",
  },
  analyst: { title: "Security analyst", task: "Works through what the scans found, worst first." },
  manager: { title: "Engineering manager", task: "Comes for what the teams have left open." },
  auditor: { title: "Auditor", task: "Reads everything, changes nothing, and wants to see it proved." },
  admin: { title: "Administrator", task: "Connects accounts, starts scans, and sees who is signed in." },
};

/** One click each; works before and without scripts. */
export function PersonaList({ personas, next }: { personas: Persona[]; next: string }) {
  const [problem, action] = useActionState(signInAsPersona, null);
  return (
    <div>
      {problem ? (
        <p role="alert" className="mb-3 text-14 text-danger">
          {problem.message}
        </p>
      ) : null}
      <ul className="border-t border-line">
        {personas.map((persona) => (
          <li key={persona.id} className="border-b border-line">
            <form action={action}>
              <input type="hidden" name="persona" value={persona.id} />
              <input type="hidden" name="next" value={next} />
              <PersonaButton persona={persona} />
            </form>
          </li>
        ))}
      </ul>
    </div>
  );
}

function PersonaButton({ persona: { name, role } }: { persona: Persona }) {
  const { pending } = useFormStatus();
  const { title, task } = personaTasks[role];
  return (
    <button
      type="submit"
      aria-busy={pending}
      className="group flex w-full items-center gap-4 px-3 py-3.5 text-left transition-colors duration-120 hover:bg-hover aria-busy:bg-selected sm:-mx-3 sm:w-[calc(100%+1.5rem)] max-sm:px-0"
    >
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-baseline gap-x-2.5">
          <span className="text-16 font-[540] tracking-[-0.01em]">{name}</span>
          <span className="text-13 text-ink-faint">{title}</span>
        </span>
        <span className="mt-0.5 block text-pretty text-14 text-ink-soft">{task}</span>
      </span>
      <ArrowRight
        aria-hidden
        strokeWidth={1.6}
        className="size-4.5 shrink-0 text-ink-faint transition-[color,translate] duration-120 group-hover:translate-x-0.5 group-hover:text-accent group-aria-busy:breathing"
      />
    </button>
  );
}
