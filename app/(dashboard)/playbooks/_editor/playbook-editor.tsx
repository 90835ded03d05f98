"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { Button, LinkButton } from "#components/ui/button.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { visibleText } from "#components/ui/visible-text.ts";
import { judgePlaybookAction, savePlaybookAction } from "../actions.ts";
import { playbookHref } from "../hrefs.ts";
import type { PlaybookProblem } from "../judge-playbook.ts";
import { AboutPart, LimitsPart } from "./about-part.tsx";
import { ActionRows } from "./action-rows.tsx";
import { CheckPicker } from "./check-picker.tsx";
import type { EditorDraft } from "./draft.ts";
import { problemAt } from "./entry.tsx";
import type { EditorChoices } from "./model.ts";
import { ParameterRows } from "./parameter-rows.tsx";
import { Part } from "./part.tsx";
import { ProblemList } from "./problem-list.tsx";
import { readDraft } from "./read-draft.ts";
import { TextPart } from "./text-part.tsx";
import { writeDocument } from "./write-document.ts";

type Way = "form" | "file";

/** Writes a playbook by a form or as a file, whichever one likes better; what is in one is in the other. */
export function PlaybookEditor({
  began,
  text: beganText,
  version,
  choices,
}: {
  began: EditorDraft;
  text: string;
  /** Of the one that is edited; null for a new one. */
  version: number | null;
  choices: EditorChoices;
}) {
  const router = useRouter();
  const top = useRef<HTMLDivElement>(null);
  const [way, setWay] = useState<Way>("form");
  const [draft, setDraft] = useState(began);
  const [text, setText] = useState(beganText);
  const [problems, setProblems] = useState<readonly PlaybookProblem[]>([]);
  const [refusal, setRefusal] = useState<string>();
  const [fine, setFine] = useState(false);
  const [pending, start] = useTransition();
  const byPath = Object.fromEntries(problems.map(({ path, message }) => [path, message]));
  const change = (changes: Partial<EditorDraft>) => {
    setDraft({ ...draft, ...changes });
    setFine(false);
  };
  /** What is being written, or what of the form is no JSON. */
  const given = (): string | Record<string, unknown> | null => {
    if (way === "file") return text;
    const written = writeDocument(draft);
    const wrong = Object.entries(written.problems);
    setProblems(wrong.map(([path, message]) => ({ path, message, line: null })));
    return wrong.length > 0 ? null : written.document;
  };
  const judge = async (what: string | Record<string, unknown>) => {
    const result = await judgePlaybookAction(what);
    setRefusal(result.ok ? undefined : result.message);
    setProblems(result.ok ? result.value.problems : []);
    setFine(result.ok && result.value.problems.length === 0);
    return result.ok ? result.value : null;
  };
  const show = (): void => {
    requestAnimationFrame(() => top.current?.scrollIntoView({ block: "start" }));
  };
  const turn = (next: Way) => {
    if (next === way || pending) return;
    const what = given();
    if (what === null) return show();
    start(async () => {
      const judged = await judge(what);
      if (!judged) return;
      if (next === "file") setText(judged.text);
      else if (judged.document) setDraft(readDraft(judged.document));
      // What can't be read at all can't be shown as a form.
      else return show();
      // What is missing from one just begun is no news.
      setProblems([]);
      setFine(false);
      setWay(next);
    });
  };
  const check = () => {
    const what = given();
    if (what === null) return show();
    start(async () => {
      await judge(what);
      show();
    });
  };
  const save = () => {
    const what = given();
    if (what === null) return show();
    start(async () => {
      const judged = await judge(what);
      if (!judged || judged.problems.length > 0) return show();
      const result = await savePlaybookAction(what, version);
      if (result.ok) return router.push(playbookHref(result.value.playbook));
      setFine(false);
      setRefusal(result.message);
      show();
    });
  };
  return (
    <form
      noValidate
      className="max-w-4xl"
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) save();
      }}
    >
      <div ref={top} className="grid scroll-mt-24 grid-cols-[minmax(0,1fr)] gap-3 pb-4 empty:hidden">
        {problems.length > 0 ? <ProblemList problems={problems} /> : null}
        {refusal ? (
          <p role="alert" className="text-14 text-pretty text-danger">
            {visibleText(refusal)}
          </p>
        ) : null}
        {fine ? (
          <p role="status" className="rounded border border-line bg-inset px-4 py-3 text-14">
            It will do: its actions, checks and parameters fit together.
          </p>
        ) : null}
      </div>
      <Tabs
        label="Ways to write it"
        chosen={way}
        onChoose={(next) => turn(next === "file" ? "file" : "form")}
        tabs={[
          {
            id: "form",
            label: "Form",
            content: (
              <div className="grid grid-cols-[minmax(0,1fr)] gap-10 pt-3">
                <Part title="What it is">
                  <AboutPart draft={draft} problems={byPath} onChange={change} isNew={version === null} />
                </Part>
                <Part
                  title="Checks it fixes"
                  about="It is offered for their findings, and they are run again on a fresh read afterwards."
                >
                  <CheckPicker
                    checks={choices.checks}
                    draft={draft}
                    problem={problemAt(byPath, "fixes")}
                    onChange={(fixes) => change({ fixes })}
                  />
                </Part>
                <Part
                  title="What it does"
                  about="Step by step, for each resource. When a later step fails, the earlier ones are taken back."
                >
                  <ActionRows
                    rows={draft.actions}
                    choices={choices}
                    problems={byPath}
                    onChange={(actions) => change({ actions })}
                  />
                </Part>
                <Part title="What one fills in" about="Parameters of whoever proposes a fix by it, if any.">
                  <ParameterRows
                    rows={draft.parameters}
                    problems={byPath}
                    onChange={(parameters) => change({ parameters })}
                  />
                </Part>
                <Part title="Its limits">
                  <LimitsPart draft={draft} problems={byPath} onChange={change} />
                </Part>
              </div>
            ),
          },
          {
            id: "file",
            label: "File",
            content: (
              <TextPart
                text={text}
                onChange={(next) => {
                  setText(next);
                  setFine(false);
                }}
              />
            ),
          },
        ]}
      />
      <div className="mt-8 flex flex-wrap gap-2 border-t border-line pt-5">
        <Button type="submit" look="primary" aria-disabled={pending}>
          {pending ? "Looking it over…" : version === null ? "Save the playbook" : "Save a new version"}
        </Button>
        <Button aria-disabled={pending} onClick={() => pending || check()}>
          Look it over
        </Button>
        <LinkButton look="plain" href={version === null ? ("/playbooks" as Route) : playbookHref(draft.id)}>
          Leave without saving
        </LinkButton>
      </div>
    </form>
  );
}
