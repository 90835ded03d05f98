/** Bytes for people: `512 B`, `4.2 kB`, `50 MB`. */
export function sayBytes(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  const [unit, size] =
    bytes < 1_000_000
      ? ["kB", bytes / 1_000]
      : bytes < 1_000_000_000
        ? ["MB", bytes / 1_000_000]
        : ["GB", bytes / 1_000_000_000];
  return `${size < 10 ? size.toFixed(1) : Math.round(size).toLocaleString("en")} ${unit}`;
}
