import { type ArmResource, AzureError } from "#sandbox/azure/model.ts";

const protocols = ["*", "tcp", "udp", "icmp", "esp", "ah"];
const nameShape = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$/;
const address = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]*)(\/\d{1,3})?$/i;
const tag = /^[A-Za-z][A-Za-z0-9.]*$/;

const refuse = (code: string, message: string): AzureError => new AzureError(400, code, message);

/** Refuses a security rule that Azure wouldn't take. */
export function checkSecurityRule({ name, properties }: ArmResource): void {
  if (!nameShape.test(name)) {
    throw refuse(
      "InvalidResourceName",
      `Resource name ${name} is invalid. The name can be up to 80 characters long.`,
    );
  }
  const { access, direction, priority, protocol, description } = properties;
  const isWhole =
    /^(allow|deny)$/i.test(String(access)) &&
    /^(in|out)bound$/i.test(String(direction)) &&
    protocols.includes(String(protocol).toLowerCase());
  if (!isWhole) throw refuse("InvalidRequestFormat", "A security rule needs access, direction and protocol.");
  if (typeof priority !== "number" || !Number.isInteger(priority) || priority < 100 || priority > 4096) {
    throw refuse(
      "SecurityRuleInvalidPriority",
      `Security rule ${name} has invalid priority ${String(priority)}: it must be between 100 and 4096.`,
    );
  }
  if (typeof description === "string" && description.length > 140) {
    throw refuse(
      "SecurityRuleInvalidDescription",
      `The description of ${name} is longer than 140 characters.`,
    );
  }
  for (const side of ["source", "destination"] as const) {
    checkPorts(name, side, valuesOf(properties, name, `${side}PortRange`));
    const groups = properties[`${side}ApplicationSecurityGroups`];
    const hasGroups = Array.isArray(groups) && groups.length > 0;
    const prefixes = valuesOf(properties, name, `${side}AddressPrefix`, hasGroups);
    if (hasGroups && prefixes.length > 0) {
      throw refuse(
        "SecurityRuleCannotHaveBothAddressPrefixAndApplicationSecurityGroup",
        `Security rule ${name} names both ${side} prefixes and application security groups.`,
      );
    }
    checkPrefixes(name, prefixes);
  }
}

/** The one value, or the several, of which Azure takes either and not both. */
function valuesOf(
  properties: Record<string, unknown>,
  name: string,
  field: string,
  mayLack = false,
): string[] {
  const single = properties[field];
  const several =
    properties[
      field === "sourceAddressPrefix" || field === "destinationAddressPrefix" ? `${field}es` : `${field}s`
    ];
  const list = Array.isArray(several) ? several.map(String) : [];
  const isSingle = typeof single === "string" && single !== "";
  if (isSingle && list.length > 0) {
    throw refuse(
      "SecurityRuleConflictingParameters",
      `Security rule ${name} has both ${field} and a list of them.`,
    );
  }
  if (!isSingle && list.length === 0 && !mayLack) {
    throw refuse("SecurityRuleParameterRequired", `Security rule ${name} has no ${field}.`);
  }
  if (list.includes("*")) {
    throw refuse(
      "SecurityRuleParameterContainsUnsupportedValue",
      `Security rule ${name}: * can't stand in a list of ${field}.`,
    );
  }
  return isSingle ? [single] : list;
}

function checkPorts(name: string, side: string, ranges: readonly string[]): void {
  for (const range of ranges) {
    if (range === "*") continue;
    const [, first, last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(range) ?? [];
    if (first === undefined || Number(first) > Number(last) || Number(last) > 65_535) {
      throw refuse(
        "SecurityRuleInvalidPortRange",
        `Security rule ${name} has invalid ${side} port range. Value provided: ${range}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
      );
    }
  }
}

function checkPrefixes(name: string, prefixes: readonly string[]): void {
  const wrong = prefixes.find((prefix) => prefix !== "*" && !address.test(prefix) && !tag.test(prefix));
  if (wrong !== undefined) {
    throw refuse(
      "SecurityRuleInvalidAddressPrefix",
      `Security rule ${name} has invalid Address prefix. Value provided: ${wrong}`,
    );
  }
  if (prefixes.length > 1 && prefixes.some((prefix) => tag.test(prefix) && !address.test(prefix))) {
    throw refuse(
      "SecurityRuleParameterContainsUnsupportedValue",
      `Security rule ${name}: a service tag can't stand in a list of address prefixes.`,
    );
  }
}
