import { shellWord } from "../aws/command.ts";

/** `undefined` leaves a flag out; a list is joined by commas, and an empty one clears what was there. */
type Flags = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/**
 * The gcloud command for a call.
 *
 * @param command Such as `compute firewall-rules update`.
 * @param names What comes before the flags, such as the resource's name.
 */
export function gcloud(command: string, names: readonly string[], flags: Flags): string {
  const said = Object.entries(flags).flatMap(([flag, value]) => {
    if (value === undefined) return [];
    if (typeof value === "boolean") return [`--${value ? "" : "no-"}${flag}`];
    const text = typeof value === "object" ? value.join(",") : String(value);
    return [`--${flag}=${text === "" ? "" : shellWord(text)}`];
  });
  return ["gcloud", command, ...names.map(shellWord), ...said].join(" ");
}

/** The same call by its REST address, for what gcloud has no command for; `gcloud` brings the token. */
export function curl(method: string, url: string, body?: object): string {
  const data = body ? ` -H 'Content-Type: application/json' -d ${shellWord(JSON.stringify(body))}` : "";
  return `curl -X ${method} -H "Authorization: Bearer $(gcloud auth print-access-token)"${data} ${shellWord(url)}`;
}
