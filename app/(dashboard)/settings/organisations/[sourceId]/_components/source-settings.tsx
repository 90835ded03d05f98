import { connectionFacts, connectionTypeWords } from "#components/accounts/connection-words.ts";
import { saySchedule } from "#components/accounts/say-schedule.ts";
import { Time } from "#components/ui/time.tsx";
import { Untrusted } from "#components/ui/untrusted.tsx";
import type { SourceView } from "#db/accounts/source-queries.ts";
import { type FactRow, Facts, FactValue } from "../../../accounts/[accountId]/_components/facts.tsx";
import { sayTemplate } from "../../say-source.ts";

/** How the organisation and its members are reached, and what becomes of new ones. */
export function SourceSettings({ source, now }: { source: SourceView; now: string }) {
  const { cloud, connection, secrets, autoConnect, environment, schedule, scheduleTimeZone } = source;
  const rows: FactRow[] = [
    { name: "Way in", value: connectionTypeWords(cloud, String(connection.type)) },
    ...connectionFacts(connection).map(({ name, value }) => ({
      name,
      value: <FactValue value={value} what={name.toLowerCase()} />,
    })),
    ...(secrets.length > 0 ? [{ name: "Secrets", value: "sealed" }] : []),
    { name: "Members", value: sayTemplate(source) },
    { name: "Looked for", value: saySchedule(schedule, scheduleTimeZone) },
    { name: "New members", value: autoConnect ? "Connected at once" : "Wait to be picked" },
    ...(environment ? [{ name: "As environment", value: <Untrusted text={environment} limit={50} /> }] : []),
    { name: "Scanned", value: saySchedule(source.scanSchedule, scheduleTimeZone) },
    { name: "Connected", value: <Time at={source.createdAt} now={now} /> },
  ];
  return (
    <section aria-labelledby="settings">
      <h2 id="settings" className="mb-3 text-16">
        Settings
      </h2>
      <Facts rows={rows} />
    </section>
  );
}
