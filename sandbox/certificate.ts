import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";
import { z } from "zod";
import { makePrivateFolder, writePrivateFile } from "#lib/private-file.ts";

/** PEM texts. */
export type Certificate = { cert: string; key: string };

const dayMs = 86_400_000;

/** A certificate for the loopback interface that vouches for itself. */
export const makeServerCertificate = (): Promise<Certificate> =>
  make("Parapet sandbox", [
    { name: "basicConstraints", cA: true, critical: true },
    { name: "keyUsage", digitalSignature: true, keyEncipherment: true, keyCertSign: true, critical: true },
    { name: "extKeyUsage", serverAuth: true },
    {
      name: "subjectAltName",
      altNames: [
        { type: 2, value: "localhost" },
        { type: 7, ip: "127.0.0.1" },
        { type: 7, ip: "::1" },
      ],
    },
  ]);

/**
 * The loopback certificate that an earlier start left in a folder, or a new one where there is none that holds for
 * another month. Whoever trusts it goes on doing so when the sandbox is started again.
 */
export async function keptServerCertificate(folder: string): Promise<Certificate> {
  const file = join(folder, "certificate.json");
  const kept = readCertificate(file);
  if (kept) return kept;
  const made = await makeServerCertificate();
  makePrivateFolder(folder);
  writePrivateFile(file, JSON.stringify(made));
  return made;
}

function readCertificate(file: string): Certificate | null {
  try {
    const kept = z
      .object({ cert: z.string(), key: z.string() })
      .parse(JSON.parse(readFileSync(file, "utf8")));
    const until = Date.parse(new X509Certificate(kept.cert).validTo);
    return until > Date.now() + 30 * dayMs ? kept : null;
  } catch {
    // The first start, or a file that is no good: either way a new one is made.
    return null;
  }
}

/** A certificate that an application may sign its logins with; RSA, as Microsoft Entra takes no other. */
export const makeClientCertificate = (commonName: string): Promise<Certificate> =>
  make(commonName, [{ name: "keyUsage", digitalSignature: true, critical: true }]);

async function make(
  commonName: string,
  extensions: NonNullable<Parameters<typeof generate>[1]>["extensions"],
) {
  const made = await generate([{ name: "commonName", value: commonName }], {
    algorithm: "sha256",
    keySize: 2048,
    // Clocks of client and server may differ by a little.
    notBeforeDate: new Date(Date.now() - dayMs),
    notAfterDate: new Date(Date.now() + 365 * dayMs),
    ...(extensions ? { extensions } : {}),
  });
  return { cert: made.cert, key: made.private };
}
