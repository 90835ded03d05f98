import { connectionFacts, connectionTypeWords } from "#components/accounts/connection-words.ts";
import { saySchedule } from "#components/accounts/say-schedule.ts";
import { exactTime } from "#components/ui/relative-time.ts";
import { Time } from "#components/ui/time.tsx";
import type { AccountDetail } from "#db/accounts/queries.ts";
import { type FactRow, Facts, FactValue } from "./facts.tsx";

/** How the account is reached and when; what is secret is named, and no more. */
export function AccountSettings({ account, now }: { account: AccountDetail; now: string }) {
  const { cloud, connection, connectionType, regions, schedule, scheduleTimeZone, secrets, createdAt } =
    account;
  const connectionRows: FactRow[] = [
    { name: "Way in", value: connectionTypeWords(cloud, connectionType) },
    ...connectionFacts(connection).map(({ name, value }) => ({
      name,
      value: <FactValue value={value} what={name.toLowerCase()} />,
    })),
    ...secrets.read.map(({ name, createdAt: since, keyId }) => ({
      name: secretWord(name),
      value: (
        <span title={`Key ${keyId}; stored ${exactTime(since)}`}>
          sealed, stored <Time at={since} now={now} />
        </span>
      ),
    })),
  ];
  return (
    <div className="grid content-start gap-8">
      <section aria-labelledby="connection">
        <h2 id="connection" className="mb-3 text-16">
          Connection
        </h2>
        <Facts rows={connectionRows} />
      </section>
      <section aria-labelledby="scanning">
        <h2 id="scanning" className="mb-3 text-16">
          Scanning
        </h2>
        <Facts
          rows={[
            { name: "By itself", value: saySchedule(schedule, scheduleTimeZone) },
            ...(cloud === "aws"
              ? [{ name: "Regions", value: regions ? regions.join(", ") : "Every one that is enabled" }]
              : []),
            { name: "Connected", value: <Time at={createdAt} now={now} /> },
          ]}
        />
      </section>
    </div>
  );
}

const secretWord = (name: string) =>
  ({ clientSecret: "Client secret", certificate: "Certificate" })[name] ?? name;
