import type { Resource } from "#lib/inventory/model.ts";

/**
 * Puts a resource's own values into a remediation's command or Terraform. Names are chosen by whoever made the
 * resource, and the text is pasted into shells: a value with anything but plain characters stays a placeholder for
 * the reader, such as `NAME`.
 */
export function fillPlaceholders(
  text: string,
  resource: Pick<Resource, "name" | "uid" | "region" | "account">,
): string {
  const values = { ...resource, id: resource.uid.split(/[/:]/).at(-1) ?? "" };
  return text.replace(/\{(name|uid|id|region|account)\}/g, (_, key: keyof typeof values) =>
    /^[\w+=,.@:/-]+$/.test(values[key]) && !values[key].startsWith("-") ? values[key] : key.toUpperCase(),
  );
}
