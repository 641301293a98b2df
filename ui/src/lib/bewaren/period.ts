/** What the parent wants of all there is. */
export type Period = 'everything' | 'thisYear' | 'chosen';

/** The first and last day of a period; nothing leaves that side open. */
export function daysOf(
  period: Period,
  chosen: { from: string | null; until: string | null },
  today: string,
): { from: string | null; until: string | null } {
  if (period === 'everything') return { from: null, until: null };
  if (period === 'thisYear') return { from: `${today.slice(0, 4)}-01-01`, until: null };
  return chosen;
}
