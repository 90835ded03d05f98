import { generate } from "selfsigned";

/** PEM texts. */
export type Certificate = { cert: string; key: string };

const dayMs = 86_400_000;

/** A certificate for the loopback interface that vouches for itself; a new one at each start. */
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
