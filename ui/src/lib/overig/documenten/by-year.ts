import type { Document } from '$lib/bindings';

/** The documents of a year. */
export interface Year {
  year: number;
  documents: Document[];
}

/** Years, newest first, each with its documents in the order they came in. */
export function byYear(documents: Document[]): Year[] {
  const years = new Map<number, Document[]>();
  for (const document of documents) {
    const year = Number(document.day.slice(0, 4));
    years.set(year, [...(years.get(year) ?? []), document]);
  }
  return [...years]
    .map(([year, documents]) => ({ year, documents }))
    .sort((a, b) => b.year - a.year);
}
