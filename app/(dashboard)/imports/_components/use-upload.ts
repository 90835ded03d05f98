"use client";
import { useCallback, useEffect, useRef, useState } from "react";

export type Upload =
  | { state: "idle" }
  | { state: "sending"; name: string; sent: number; size: number }
  | { state: "failed"; problem: string };

type Options = { format: string; accountId: string };

/**
 * Sends a file as it is, and tells how far it has come: `fetch` can't, so it is an XMLHttpRequest. Calls `done` with the
 * import's id.
 */
export function useUpload(done: (importId: string) => void): {
  upload: Upload;
  start: (file: File, options: Options) => void;
  cancel: () => void;
} {
  const [upload, setUpload] = useState<Upload>({ state: "idle" });
  const request = useRef<XMLHttpRequest>(null);
  const finished = useRef(done);
  finished.current = done;
  const cancel = useCallback(() => request.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  const start = useCallback((file: File, { format, accountId }: Options) => {
    const query = new URLSearchParams({ fileName: file.name });
    if (format) query.set("format", format);
    if (accountId) query.set("accountId", accountId);
    const sending = new XMLHttpRequest();
    request.current = sending;
    sending.open("POST", `/api/imports?${query}`);
    sending.responseType = "json";
    const { name, size } = file;
    setUpload({ state: "sending", name, sent: 0, size });
    sending.upload.onprogress = ({ loaded }) => setUpload({ state: "sending", name, sent: loaded, size });
    sending.onabort = () => setUpload({ state: "idle" });
    sending.onerror = () =>
      setUpload({ state: "failed", problem: "The connection was lost. Nothing was imported; try again." });
    sending.onload = () => {
      if (sending.status === 401) window.location.reload();
      const { importId, error } = (sending.response ?? {}) as {
        importId?: string;
        error?: { message?: string };
      };
      if (sending.status < 300 && importId) finished.current(importId);
      else setUpload({ state: "failed", problem: error?.message ?? "Parapet did not answer. Try again." });
    };
    sending.setRequestHeader("content-type", "application/octet-stream");
    sending.send(file);
  }, []);
  return { upload, start, cancel };
}
