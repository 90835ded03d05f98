export type ExportFormat = "csv" | "json";

/** Has the browser save an export. What kept it from being made comes back as a sentence. */
export async function takeExport(asked: {
  format: ExportFormat;
  personal: boolean;
  /** The address of the list, as its query. */
  query: string;
}): Promise<string | undefined> {
  try {
    const response = await fetch("/api/audit/export", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(asked),
    });
    if (!response.ok) {
      const body = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
      return body?.error?.message ?? "Parapet did not answer. Nothing was exported.";
    }
    const file = await response.blob();
    const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
    const url = URL.createObjectURL(file);
    Object.assign(document.createElement("a"), { href: url, download: name ?? "audit" }).click();
    // Browsers begin to save it in a task of their own.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
    return undefined;
  } catch {
    // The connection broke off; half a file is no export.
    return "The export broke off before its end. Nothing was saved; try again.";
  }
}
