export const passwordMinLength = 12;
/** Longer input is refused before it is hashed, so that no request can buy minutes of work. */
export const passwordMaxLength = 256;

/** What long but well-known passwords are made of. */
const commonStems =
  "correcthorsebatterystaple administrator contrasena motdepasse passwort password passw0rd p@ssword p@ssw0rd " +
  "iloveyou trustno1 1q2w3e4r5t 1qaz2wsx 1q2w3e4r qwertyuiop qwerty qwertz azerty asdfghjkl asdfgh zxcvbnm zxcvbn " +
  "sunshine princess football baseball superman starwars whatever computer internet changeme changeit letmein " +
  "welcome default security parapet summer winter spring autumn master dragon monkey shadow secret admin login " +
  "guest root user test";
/** Longest first, so that a stem inside another doesn't break it up. */
const stems = commonStems.split(" ").toSorted((a, b) => b.length - a.length);

/** How many characters must be left once everything that can be guessed at once is taken out. */
const ownCharactersMin = 6;

/** Says in one sentence why a new password is refused; `null` when it will do. */
export function passwordWeakness(password: string, owner: { name: string; email: string }): string | null {
  if (password.length < passwordMinLength) return `Use at least ${passwordMinLength} characters.`;
  if (password.length > passwordMaxLength) return `Use at most ${passwordMaxLength} characters.`;
  const lower = password.normalize("NFKC").toLowerCase();
  const personal = `${owner.name} ${owner.email}`.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  let own = lower;
  for (const word of [...personal.filter((part) => part.length >= 3), ...stems])
    own = own.replaceAll(word, "");
  own = withoutRuns(own);
  if (own.length < ownCharactersMin || new Set(own).size < ownCharactersMin - 1) {
    return "This one is easily guessed. A few unrelated words make a good password.";
  }
  return null;
}

/** Drops every run of three or more that repeats (aaa) or counts up or down (abc, 321). */
function withoutRuns(text: string): string {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const inRun = new Set<number>();
  for (let i = 2; i < codes.length; i++) {
    const [a = 0, b = 0, c = 0] = [codes[i - 2], codes[i - 1], codes[i]];
    if (b - a === c - b && Math.abs(c - b) <= 1) for (const at of [i - 2, i - 1, i]) inRun.add(at);
  }
  return [...text].filter((_, i) => !inRun.has(i)).join("");
}
