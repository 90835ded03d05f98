import { isIPv6 } from "node:net";

type Statement = {
  Effect?: unknown;
  Principal?: unknown;
  NotPrincipal?: unknown;
  Condition?: unknown;
};

/**
 * Keys whose fixed value keeps a policy from being public, by Amazon S3's own meaning of "public" (User Guide,
 * "Blocking public access to your Amazon S3 storage").
 */
const narrowingKeys = new Set([
  "aws:sourceip",
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:userid",
  "aws:principalorgid",
  "aws:principalarn",
  "aws:principalaccount",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
]);

/** Operators that compare for equality; `…IfExists` is not among them, for a request without the key would match. */
const narrowingOperators =
  /^(forallvalues:|foranyvalue:)?(stringequals|stringequalsignorecase|stringlike|arnequals|arnlike|ipaddress)$/;

export function parsePolicy(policy: string): { Statement: Statement[] } | null {
  try {
    const parsed: unknown = JSON.parse(policy);
    if (typeof parsed !== "object" || parsed === null || !("Statement" in parsed)) return null;
    return { Statement: [parsed.Statement].flat() as Statement[] };
  } catch {
    return null;
  }
}

/** Whether S3 would call this bucket policy public: one statement that lets in nobody in particular is enough. */
export function isPublicPolicy(policy: string): boolean {
  const statements = parsePolicy(policy)?.Statement ?? [];
  return statements.some(
    (statement) =>
      statement.Effect === "Allow" && admitsAnyone(statement) && !isNarrowed(statement.Condition),
  );
}

function admitsAnyone(statement: Statement): boolean {
  if (statement.NotPrincipal !== undefined) return true;
  const { Principal } = statement;
  if (typeof Principal !== "object" || Principal === null) return Principal === "*";
  return Object.values(Principal).some((who) => [who].flat().some((one) => one === "*"));
}

function isNarrowed(condition: unknown): boolean {
  return entriesOf(condition).some(
    ([operator, keys]) =>
      narrowingOperators.test(operator.toLowerCase()) &&
      entriesOf(keys).some(([key, values]) => {
        const all = [values].flat();
        return all.length > 0 && all.every((value) => isFixed(key.toLowerCase(), String(value)));
      }),
  );
}

function isFixed(key: string, value: string): boolean {
  if (!narrowingKeys.has(key)) return false;
  if (key === "aws:sourceip") return !isBroadRange(value);
  // An access point's name may be open, as long as its account is not.
  if (key === "s3:dataaccesspointarn")
    return /^arn:[a-z-]+:s3:[^:]*:\d{12}:/.test(value) && !value.includes("${");
  if (key === "aws:userid" && /^[A-Z0-9]+:\*$/.test(value)) return true;
  return !/[*?]|\$\{/.test(value);
}

/** Wider than /8 (IPv4) or /32 (IPv6), the private ranges apart. */
function isBroadRange(cidr: string): boolean {
  const [address = "", bits] = cidr.split("/");
  if (bits === undefined) return false;
  return Number(bits) < (isIPv6(address) ? 32 : 8);
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}
