/** Origins of sandbox clouds that Parapet itself runs on this machine. */
const trusted = new Set<string>();

/** Has this process take connections to these addresses, though they are not the provider's. */
export function trustEmulators(urls: readonly string[]): void {
  for (const url of urls) trusted.add(new URL(url).origin);
}

/** Whether every address that a connection names, other than the provider's own, is of a sandbox cloud that is trusted. */
export function isTrusted(connection: object): boolean {
  const emulator: unknown = Reflect.get(connection, "emulator");
  const urls = [Reflect.get(connection, "endpointUrl"), ...urlsOf(emulator)];
  return urls
    .filter((url): url is string => typeof url === "string")
    .every((url) => URL.canParse(url) && trusted.has(new URL(url).origin));
}

const urlsOf = (emulator: unknown): unknown[] =>
  typeof emulator === "object" && emulator !== null
    ? Object.entries(emulator).flatMap(([name, value]) => (name.endsWith("Url") ? [value] : []))
    : [];
