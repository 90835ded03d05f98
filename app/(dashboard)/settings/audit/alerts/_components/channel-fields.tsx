"use client";
import { useId } from "react";
import { Checkbox, Field, Input, Select, Textarea } from "#components/ui/field.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { ChannelChoices } from "#lib/audit/alerts/channel-choices.ts";
import type { ChannelDraft } from "../rule-draft.ts";

export type RuleChoices = ChannelChoices & { people: { id: string; name: string }[] };

type Props = {
  channel: ChannelDraft;
  onChange: (channel: ChannelDraft) => void;
  choices: RuleChoices;
  problem: string | undefined;
};

/** What one way of telling people needs to know. */
export function ChannelFields(props: Props) {
  switch (props.channel.kind) {
    case "email":
      return <PeopleFields {...props} />;
    case "script":
      return <ScriptFields {...props} />;
    case "custom":
      return <HandlerFields {...props} />;
    default:
      return <AddressField {...props} />;
  }
}

function PeopleFields({ channel, onChange, choices, problem }: Props) {
  const choose = (userId: string, chosen: boolean) =>
    onChange({
      ...channel,
      userIds: chosen ? [...channel.userIds, userId] : channel.userIds.filter((each) => each !== userId),
    });
  return (
    <div>
      <ul aria-label="People" className="grid max-h-44 gap-x-6 overflow-y-auto sm:grid-cols-2">
        {choices.people.map(({ id, name }) => (
          <li key={id}>
            <Checkbox
              checked={channel.userIds.includes(id)}
              onChange={({ target }) => choose(id, target.checked)}
            >
              <Untrusted text={name} limit={80} className="break-words" />
            </Checkbox>
          </li>
        ))}
      </ul>
      <Problem text={problem} />
      {choices.mail ? null : (
        <p className="mt-2 text-13 text-pretty text-ink-faint">
          No mail server is set up, so nothing arrives until PARAPET_SMTP_URL and PARAPET_MAIL_FROM are set.
        </p>
      )}
    </div>
  );
}

const hints = {
  slack: "An incoming webhook's address, such as https://hooks.slack.com/services/…",
  discord: "A channel's webhook address, such as https://discord.com/api/webhooks/…",
  webhook: "An https address of yours; what it gets is signed as Standard Webhooks has it.",
} as const;

function AddressField({ channel, onChange, choices, problem }: Props) {
  const id = useId();
  const { kind, host, url } = channel;
  const hint = kind === "slack" || kind === "discord" || kind === "webhook" ? hints[kind] : "";
  return (
    <>
      <Field
        label="Address"
        htmlFor={id}
        hint={host ? `Leave it empty to keep the one at ${host}, which is stored sealed.` : hint}
        problem={problem}
      >
        <Input
          id={id}
          type="url"
          value={url}
          maxLength={2_000}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-13"
          aria-invalid={problem ? true : undefined}
          onChange={({ target }) => onChange({ ...channel, url: target.value })}
        />
      </Field>
      {choices.secrets ? null : (
        <p className="mt-2 text-13 text-pretty text-ink-faint">
          There is no key to seal it with: set PARAPET_SECRET_KEYS for every process of Parapet first.
        </p>
      )}
    </>
  );
}

function ScriptFields({ channel, onChange, choices, problem }: Props) {
  const id = useId();
  const options = choices.scripts.some(({ name }) => name === channel.name)
    ? choices.scripts
    : [{ name: channel.name, title: channel.name || "Choose one" }, ...choices.scripts];
  return (
    <div className="grid gap-3">
      <Field label="Script" htmlFor={`${id}script`} problem={problem}>
        <Select
          id={`${id}script`}
          className="h-9 max-sm:h-10"
          value={channel.name}
          onChange={({ target }) => onChange({ ...channel, name: target.value })}
        >
          {options.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        label="Arguments"
        htmlFor={`${id}arguments`}
        hint="One a line, as the list of scripts allows them."
      >
        <Textarea
          id={`${id}arguments`}
          value={channel.arguments}
          maxLength={8_000}
          spellCheck={false}
          className="min-h-16 font-mono text-13"
          onChange={({ target }) => onChange({ ...channel, arguments: target.value })}
        />
      </Field>
    </div>
  );
}

function HandlerFields({ channel, onChange, choices, problem }: Props) {
  const id = useId();
  const handler = choices.handlers.find(({ kind }) => kind === channel.name);
  return (
    <div className="grid gap-3">
      <Field label="Handler" htmlFor={`${id}handler`}>
        <Select
          id={`${id}handler`}
          className="h-9 max-sm:h-10"
          value={channel.name}
          disabled={channel.id !== undefined}
          onChange={({ target }) => onChange({ ...channel, name: target.value, settings: {} })}
        >
          {handler ? null : <option value={channel.name}>{channel.name || "Choose one"}</option>}
          {choices.handlers.map(({ kind, title }) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </Select>
      </Field>
      {handler?.settings.map(({ name, title }) => (
        <Field
          key={name}
          label={title}
          htmlFor={`${id}${name}`}
          hint={channel.id ? "Leave all empty to keep what is stored." : undefined}
        >
          <Input
            id={`${id}${name}`}
            type="password"
            value={channel.settings[name] ?? ""}
            maxLength={2_000}
            autoComplete="new-password"
            onChange={({ target }) =>
              onChange({ ...channel, settings: { ...channel.settings, [name]: target.value } })
            }
          />
        </Field>
      ))}
      <Problem text={problem} />
    </div>
  );
}

function Problem({ text }: { text: string | undefined }) {
  return text ? (
    <p role="alert" className="mt-1.5 text-13 text-danger">
      {text}
    </p>
  ) : null;
}
