/** A text as HCL writes it; `${` and `%{` would begin a template. */
export const hclString = (text: string): string =>
  JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => sign + sign);

/** A list with an item on each line. */
export const hclList = (items: readonly string[], indent: string): string =>
  items.length === 0
    ? "[]"
    : `[\n${items.map((item) => `${indent}  ${hclString(item)},\n`).join("")}${indent}]`;
