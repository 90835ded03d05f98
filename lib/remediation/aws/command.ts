/** A value as a POSIX shell takes it for one word, whatever it holds. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The AWS CLI's command for a call: scalar parts of the input as options, the others as one `--cli-input-json`.
 *
 * @param command Such as `ec2 revoke-security-group-ingress`.
 */
export function awsCommand(command: string, input: object, { region }: { region: string }): string {
  const entries = Object.entries(input).filter(([, value]) => value !== undefined);
  const flat = entries.every(([, value]) => ["string", "number", "boolean"].includes(typeof value));
  const options = flat
    ? entries.map(([name, value]) =>
        typeof value === "boolean"
          ? `--${value ? "" : "no-"}${kebab(name)}`
          : `--${kebab(name)} ${shellWord(String(value))}`,
      )
    : [`--cli-input-json ${shellWord(JSON.stringify(Object.fromEntries(entries)))}`];
  const where = region === "global" ? [] : [`--region ${region}`];
  return ["aws", command, ...options, ...where].join(" ");
}

const kebab = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1-$2")
    .toLowerCase();
