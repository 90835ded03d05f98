"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { Notification } from "#db/triage/queries.ts";
import { markReadAction } from "../../_actions/notifications.ts";
import { liveKeys } from "../query-keys.ts";
import { readJson } from "../read-json.ts";
import { notificationPath, notificationWords } from "./say-notification.ts";

type Answer = { notifications: Notification[]; now: string };

export default function NotificationList({ onLeave }: { onLeave: () => void }) {
  const client = useQueryClient();
  const [problem, setProblem] = useState<string>();
  const { data, error } = useQuery({
    queryKey: liveKeys.notifications,
    queryFn: ({ signal }) => readJson<Answer>("/api/notifications", signal),
  });
  const markRead = async (which: { ids: string[] } | { all: true }) => {
    const result = await markReadAction(which);
    setProblem(result.ok ? undefined : result.message);
    await client.invalidateQueries({ queryKey: liveKeys.all });
  };
  const unread = data?.notifications.some(({ readAt }) => readAt === null) ?? false;
  return (
    <>
      <div className="sticky top-0 flex min-h-12 items-center justify-between gap-3 border-b border-line bg-surface py-2 pr-2 pl-4">
        <h2 className="text-14">Notifications</h2>
        {unread ? (
          <Button size="sm" look="plain" onClick={() => void markRead({ all: true })}>
            Mark all as read
          </Button>
        ) : null}
      </div>
      {problem || error ? (
        <p role="alert" className="px-4 py-3 text-13 text-danger">
          {problem ?? error?.message}
        </p>
      ) : null}
      {data ? (
        data.notifications.length > 0 ? (
          <ul>
            {data.notifications.map((each) => (
              <Row
                key={each.id}
                told={each}
                now={data.now}
                onOpen={() => {
                  onLeave();
                  if (each.readAt === null) void markRead({ ids: [each.id] });
                }}
              />
            ))}
          </ul>
        ) : (
          <p className="px-4 py-8 text-center text-14 text-pretty text-ink-soft">
            Nothing yet. Here you are told when somebody mentions you, assigns a finding to you or decides on
            a risk you asked about.
          </p>
        )
      ) : error ? null : (
        <Skeleton className="m-4 h-32" />
      )}
    </>
  );
}

function Row({ told, now, onOpen }: { told: Notification; now: string; onOpen: () => void }) {
  const isNew = told.readAt === null;
  return (
    <li className="relative border-b border-line last:border-b-0 hover:bg-hover">
      <Link
        href={notificationPath(told) as Route}
        prefetch={false}
        onClick={onOpen}
        className="grid grid-cols-[0.5rem_minmax(0,1fr)] gap-x-3 px-4 py-3 text-13"
      >
        <span aria-hidden className={`mt-1.5 size-1.5 rounded-xs ${isNew ? "bg-accent" : ""}`} />
        <span className="min-w-0">
          <span className={isNew ? "font-[540]" : "text-ink-soft"}>
            {isNew ? <span className="sr-only">New: </span> : null}
            {told.actor && told.kind !== "change_done" ? (
              <>
                <Untrusted text={told.actor.name} limit={60} /> {notificationWords[told.kind]}
              </>
            ) : (
              sentence(notificationWords[told.kind])
            )}
          </span>
          {told.excerpt ? (
            <span className="mt-0.5 line-clamp-2 text-ink-soft">
              <Untrusted text={told.excerpt} limit={200} />
            </span>
          ) : null}
          <span className="mt-0.5 block text-12 text-ink-faint">
            <Time at={told.at} now={now} />
          </span>
        </span>
      </Link>
    </li>
  );
}

/** Without anyone to name, Parapet itself is who did it. */
const sentence = (words: string) => (/^[A-Z]/.test(words) ? words : `Parapet ${words}`);
