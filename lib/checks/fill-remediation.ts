/** What a remediation's placeholders stand for; `id` is what ends the uid. */
export type Placeholders = { name: string; uid: string; id: string; region: string; account: string };

export const placeholdersOf = (resource: Omit<Placeholders, "id">): Placeholders => ({
  ...resource,
  id: resource.uid.split(/[/:]/).at(-1) ?? "",
});

export type Filled = {
  text: string;
  /** Placeholders left in place, because the value holds characters that a paste can't carry safely. */
  left: (keyof Placeholders)[];
};

const placeholder = /\{(name|uid|id|region|account)\}/g;

/** Control characters act on the terminal that a command is pasted into, quoted or not. */
const unpastable = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

/** Fills a command line; each value is quoted for the shell as the place it stands in asks. */
export const fillCommand = (template: string, values: Placeholders): Filled =>
  fill(onLines(template), values, (value, before) => quoteForShell(value, quotesOpenAfter(before)));

/** A long command with each flag on a line of its own, still one command to the shell. */
function onLines(command: string): string {
  if (command.length < 72 || command.includes("\n")) return command;
  return command.replace(/ --(?=[a-z])/g, (flag, at: number) =>
    isPlainAfter(command.slice(0, at)) ? " \\\n  --" : flag,
  );
}

/** Fills a sentence that a person reads; nothing is quoted, and what can't be seen is left to the reader too. */
export const fillText = (template: string, values: Placeholders): string =>
  fill(template, values, (value) => value).text;

/** Fills Terraform, where placeholders stand inside double-quoted strings. */
export const fillTerraform = (template: string, values: Placeholders): Filled =>
  fill(template, values, (value) =>
    value
      .replace(/[\\"]/g, "\\$&")
      .replaceAll("${", () => "$${")
      .replaceAll("%{", "%%{"),
  );

function fill(
  template: string,
  values: Placeholders,
  quote: (value: string, before: string) => string,
): Filled {
  const left = new Set<keyof Placeholders>();
  const text = template.replace(placeholder, (whole, name: keyof Placeholders, at: number) => {
    const value = values[name];
    if (value === "" || value.length > 2_048 || unpastable.test(value)) {
      left.add(name);
      return whole;
    }
    return quote(value, template.slice(0, at));
  });
  return { text, left: [...left] };
}

/** Neither inside quotes nor inside a comment, where a line can't be continued. */
const isPlainAfter = (text: string) => quotesOpenAfter(text) === "none" && !/(^|\s)#/.test(text);

type Quotes = "none" | "single" | "double";

function quotesOpenAfter(text: string): Quotes {
  let open: Quotes = "none";
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === "\\" && open !== "single") at += 1;
    else if (character === "'" && open !== "double") open = open === "single" ? "none" : "single";
    else if (character === '"' && open !== "single") open = open === "double" ? "none" : "double";
  }
  return open;
}

function quoteForShell(value: string, open: Quotes): string {
  if (open === "single") return value.replaceAll("'", `'\\''`);
  // History expansion reaches into double quotes, so the value is put between single ones there too.
  if (open === "double") return /^[\w@%+=:,./ -]*$/.test(value) ? value : `"${inSingleQuotes(value)}"`;
  return /^[\w@%+=:,./][\w@%+=:,./-]*$/.test(value) ? value : inSingleQuotes(value);
}

const inSingleQuotes = (value: string) => `'${value.replaceAll("'", `'\\''`)}'`;
