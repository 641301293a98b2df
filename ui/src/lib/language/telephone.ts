/** A piece of what an organisation wrote as a number or an address, and where it leads. */
export interface Piece {
  text: string;
  /** What opens it; nothing for words. */
  link: string | null;
}

// "8.30" of opening hours; then a number with an area in brackets, "(0)", spaces, dots and dashes,
// that ends where another one or opening hours begin.
const NUMBERS =
  /(?<![\d.:])\d{1,2}[.:]\d{2}(?![\d.:])|\+?(?:\(\d{1,5}\)|\d)(?:(?!\s+(?:[-–]?\s*(?:\+|0\d{1,3}-)|\d{1,2}[.:]\d{2}(?![\d.:])))[ \u00a0.–-]{0,3}(?:\(0\)|\d))+/g;
const ADDRESSES = /[\p{L}\d][\p{L}\d._+-]*@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+/gu;

/** Where a number is called: "tel:0205550120"; a leading plus stays, and the zero behind it goes. */
export function telephone(number: string): string {
  const written = number.trim();
  const abroad = /^(\+|00)/.test(written);
  const digits = (abroad ? written.replace('(0)', '') : written).replace(/(?!^\+)\D/g, '');
  return `tel:${digits.replace(/(?<=^(?:\+|00)31)0/, '')}`;
}

/** The numbers in what was written, each to be called, and the words around them. */
export function numbersIn(written: string): Piece[] {
  // A short number is one only where nothing else is written.
  if (/^\s*(?:\d{3,4}|14 ?0\d{2,3})\s*$/.test(written))
    return [{ text: written.trim(), link: telephone(written) }];
  return pieces(written, NUMBERS, (number, before, after) => {
    const digits = number.replace(/\D/g, '').length;
    // Signs that a telephone takes for a command of its own.
    const code = /[*#]$/.test(before) || /^[*#]/.test(after);
    return digits >= 6 && digits <= 15 && !code && !/^\d{1,2}[.:]\d{2}$/.test(number)
      ? telephone(number)
      : null;
  });
}

/** The e-mail addresses in what was written, and the words around them. */
export const addressesIn = (written: string): Piece[] =>
  pieces(written, ADDRESSES, (address) => `mailto:${address}`);

/** Whether what was written is more than what it links to. */
export const hasWords = (written: Piece[]) =>
  written.some(({ text, link }) => link === null && /[\p{L}\d]/u.test(text));

export const links = (written: Piece[]) =>
  written.flatMap(({ text, link }) => (link === null ? [] : [{ text, link }]));

function pieces(
  written: string,
  pattern: RegExp,
  linkOf: (text: string, before: string, after: string) => string | null,
): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const { 0: text, index } of written.matchAll(pattern)) {
    const end = index + text.length;
    const link = linkOf(text, written.slice(0, index), written.slice(end));
    if (link === null) continue;
    if (index > from) found.push({ text: written.slice(from, index), link: null });
    found.push({ text, link });
    from = end;
  }
  if (from < written.length) found.push({ text: written.slice(from), link: null });
  return found;
}
