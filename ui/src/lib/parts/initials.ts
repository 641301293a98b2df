/** One letter to know a child by, whole even when it is more than one code unit. */
export function initials(name: string): string {
  const first = [...new Intl.Segmenter().segment(name.trim())][0]?.segment ?? '';
  return first.toLocaleUpperCase();
}

/** Which of the five soft colours belongs to a name: always the same one. */
export function tone(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 997;
  return sum % 5;
}
