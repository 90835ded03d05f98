import { describe, expect, it } from "vitest";
import { safeWords } from "./safe-words.ts";

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl";
const accountKey = `${"Ab9+".repeat(21)}Zz==`;
const hush = "h5S~3.hush-hush_9Q";

describe("what a provider said", () => {
  it.each([
    [`Bad client_secret=${hush}&grant_type=x`, "Bad client_secret=…&grant_type=x"],
    [`body {"access_token" : "${hush}","a":1}`, 'body {"access_token" : "…","a":1}'],
    [`quoted {\\"client_assertion\\":\\"${hush}\\"}`, 'quoted {\\"client_assertion\\":\\"…\\"}'],
    [`{"SecretAccessKey":"${hush}"}`, '{"SecretAccessKey":"…"}'],
    [`x-amz-security-token:${hush}\nhost:sts`, "x-amz-security-token:… host:sts"],
    [`GET https://x/?X-Amz-Signature=${hush}&X-Amz-Date=1`, "GET https://x/?X-Amz-Signature=…&X-Amz-Date=1"],
    [`aws_secret_access_key=${hush}`, "aws_secret_access_key=…"],
    [
      `https://s.blob.core.windows.net/c?sv=1&sig=${hush}%3D&se=2`,
      "https://s.blob.core.windows.net/c?sv=1&sig=…&se=2",
    ],
    [
      `AccountName=s;AccountKey=${accountKey};EndpointSuffix=x`,
      "AccountName=s;AccountKey=…;EndpointSuffix=x",
    ],
    [`The key ${accountKey} is wrong`, "The key … is wrong"],
    [
      `Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=${hush}\nnext`,
      "Authorization: AWS4-HMAC-SHA256 Credential=…, Signature=… next",
    ],
    [`sent Basic ${Buffer.from(`user:${hush}`).toString("base64")}`, "sent Basic …"],
    [`Authorization: ${hush}`, "Authorization: …"],
    ["Basic authentication is switched off", "Basic authentication is switched off"],
    [`with ${jwt}, and Bearer ${hush}`, "with eyJ…, and Bearer …"],
    [`postgres://parapet:${hush}@db/x`, "postgres://…@db/x"],
    ["AKIAIOSFODNN7EXAMPLE and ya29.a0Af_xyz and 1//0gAbCdEfGhIj", "AKIA… and ya29.… and 1//…"],
    ["-----BEGIN PRIVATE KEY-----\nMIIE\nvQ", "…"],
    [
      "role arn:aws:iam::111122223333:role/parapet in /subscriptions/11111111-2222-3333-4444-555555555555",
      "role arn:aws:iam::111122223333:role/parapet in /subscriptions/11111111-2222-3333-4444-555555555555",
    ],
  ])("is told without secrets: %s", (said, told) => {
    expect(safeWords("X", said)).toBe(`X: ${told}`);
  });

  it("moves no cursor, turns no line around, and keeps to one", () => {
    expect(safeWords("X\u001b[2J", "a\u001b]0;b\u0007\r\nc\u202ed\u200be\u0000f\u2028g\u009b1m")).toBe(
      "X [2J: a ]0;b c d e f g 1m",
    );
  });

  it("is as long as a sentence at most, whatever comes", () => {
    expect(safeWords("X", "word ".repeat(1_000))).toHaveLength(500);
    expect(safeWords("N".repeat(10_000), "")).toBe("…");
    // Where looking ends, half a token is not left over.
    const halved = safeWords("X", `${" ".repeat(8_000 - 20)}${jwt}`);
    expect(halved).toBe("X: …");
    expect(safeWords("X", `${"a ".repeat(247)}😀😀`).isWellFormed()).toBe(true);
  });

  it("is looked through in a moment, however it is made", () => {
    for (const piece of [
      "-----BEGIN ",
      "eyJ.",
      'key":"',
      "Bearer ",
      "://a:",
      "key=",
      "a".repeat(39),
      "1//",
    ]) {
      expect(safeWords("X", piece.repeat(1_000_000 / piece.length)).length).toBeLessThanOrEqual(500);
    }
  });

  it("is its name where there is nothing else, and said once", () => {
    expect(safeWords("NotFound", " ")).toBe("NotFound");
    expect(safeWords("NotFound", "NotFound: gone")).toBe("NotFound: gone");
  });
});
