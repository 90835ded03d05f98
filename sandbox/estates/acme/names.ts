import type { TeamKey } from "./company.ts";

/** What Acme does, and which team does it. */
const domains: [domain: string, team: TeamKey][] = [
  ...list(
    "checkout",
    "cart basket checkout tokeniser wallet card-vault giropay paypal klarna apple-pay sepa-debit",
  ),
  ...list("ledger", "ledger journal postings balances accruals reconciliation close-books general-ledger"),
  ...list("payouts", "payouts settlement disbursement mandates swift instant-credit treasury fx-rates"),
  ...list("fraud", "fraud-score velocity device-print sanctions chargeback disputes risk-rules"),
  ...list(
    "merchants",
    "onboarding merchant-portal contracts pricing invoicing terminals partner-api webhooks",
  ),
  ...list("identity", "login sessions consent kyc permissions"),
  ...list("data", "events warehouse features metrics lineage exports"),
  ...list("finance", "tax billing procurement"),
  ...list("platform", "gateway scheduler feature-flags config"),
  ...list("marketing", "newsletter campaigns"),
];

/** How many there are is chosen so that `nameWorkload` doesn't repeat itself: one prime, one more a multiple of none. */
const components = words(
  "api worker importer exporter reconciler notifier scorer router indexer archiver enricher validator publisher " +
    "consumer aggregator backfill cache proxy gateway replicator mailer renderer matcher poller syncer monitor " +
    "auditor loader batch stream store search admin console adapter bridge relay sampler splitter merger " +
    "dispatcher planner cleaner",
);

/** The name and team of the n-th workload; names begin again, with a version, only after some thousands. */
export function nameWorkload(n: number): { name: string; team: TeamKey } {
  const [domain, team] = domains[n % domains.length] ?? ["misc", "platform"];
  const round = Math.floor(n / domains.length);
  const component = components[(n + round) % components.length];
  const version = Math.floor(round / components.length);
  return { name: `${domain}-${component}${version === 0 ? "" : `-v${version + 1}`}`, team };
}

const givenNames = words(
  "ada bilal carla dmitri elif farid greta hugo ines jakub kavya liam maja nils olga pavel quinn rosa samir tara " +
    "ulla viktor wanda xenia yusuf zoe amara bruno celia david erik fatima goran hana igor julia kemal lucia",
);
const familyNames = words(
  "abbott bauer costa dahl evans falk garcia horvat ivanov jansen kaya lopez moreau novak okafor petrov quist " +
    "ricci silva toth ueda vargas weber xu yilmaz zeman adler brandt cohen dubois ekberg ferrari gruber haas",
);

/** The n-th person who isn't part of a story. */
export function namePerson(n: number): string {
  const given = givenNames[n % givenNames.length];
  const round = Math.floor(n / givenNames.length);
  const family = familyNames[(n + round) % familyNames.length];
  const repeat = Math.floor(round / familyNames.length);
  return `${given}.${family}${repeat === 0 ? "" : repeat + 1}`;
}

function words(text: string): [string, ...string[]] {
  return text.split(" ") as [string, ...string[]];
}

function list(team: TeamKey, text: string): [string, TeamKey][] {
  return words(text).map((domain) => [domain, team]);
}
