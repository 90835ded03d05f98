"use client";
import { Plus, X } from "lucide-react";
import { useId } from "react";
import { Button, IconButton } from "#components/ui/button.tsx";
import { Select } from "#components/ui/field.tsx";
import type { ChannelKind } from "#lib/audit/alerts/model.ts";
import { problemOf } from "../../_match/match-draft.ts";
import { channelWords } from "../alert-words.ts";
import { blankChannel, type ChannelDraft } from "../rule-draft.ts";
import { ChannelFields, type RuleChoices } from "./channel-fields.tsx";

const mostChannels = 10;

/** How people are told: any number of ways. */
export function Channels({
  channels,
  onChange,
  choices,
  problems,
}: {
  channels: ChannelDraft[];
  onChange: (channels: ChannelDraft[]) => void;
  choices: RuleChoices;
  problems: Readonly<Record<string, string>>;
}) {
  const id = useId();
  const kinds = (Object.keys(channelWords) as ChannelKind[]).filter(
    (kind) =>
      (kind !== "script" || choices.scripts.length > 0) && (kind !== "custom" || choices.handlers.length > 0),
  );
  const put = (at: number, channel: ChannelDraft) => onChange(channels.with(at, channel));
  const own = problems.channels;
  return (
    <fieldset>
      <legend className="text-13 font-[540]">Told by</legend>
      <ul className="mt-1.5 grid gap-3">
        {channels.map((channel, at) => (
          <li key={channel.key} className="rounded border border-line bg-inset p-3">
            <div className="flex items-center justify-between gap-3">
              <label htmlFor={`${id}${channel.key}`} className="sr-only">
                Way {at + 1}
              </label>
              <Select
                id={`${id}${channel.key}`}
                className="h-9 w-40 max-sm:h-10"
                value={channel.kind}
                disabled={channel.id !== undefined}
                onChange={({ target }) => {
                  const kind = kinds.find((each) => each === target.value);
                  if (kind) put(at, blankChannel(kind, channel.key));
                }}
              >
                {(kinds.includes(channel.kind) ? kinds : [...kinds, channel.kind]).map((kind) => (
                  <option key={kind} value={kind}>
                    {channelWords[kind]}
                  </option>
                ))}
              </Select>
              <IconButton
                label={`Remove way ${at + 1}`}
                disabled={channels.length === 1}
                onClick={() => onChange(channels.toSpliced(at, 1))}
              >
                <X aria-hidden className="size-4" />
              </IconButton>
            </div>
            <div className="mt-3">
              <ChannelFields
                channel={channel}
                onChange={(next) => put(at, next)}
                choices={choices}
                problem={problemOf(problems, `channels.${at}`)}
              />
            </div>
          </li>
        ))}
      </ul>
      {own ? (
        <p role="alert" className="mt-1.5 text-13 text-danger">
          {own}
        </p>
      ) : null}
      {channels.length < mostChannels ? (
        <Button
          size="sm"
          look="plain"
          className="mt-2"
          onClick={() => onChange([...channels, blankChannel("email", crypto.randomUUID())])}
        >
          <Plus aria-hidden className="size-4" />
          Another way
        </Button>
      ) : null}
    </fieldset>
  );
}
