import type { ClosedDay } from '$lib/bindings';
import { names } from '$lib/language/amounts';
import { cardDay } from '$lib/language/days';
import { now } from '$lib/state/now.svelte';

/** Days on which something cannot be, by reason: "za 5 dec en zo 6 dec: De opvang is dan dicht." */
export function refusedWords(refused: ClosedDay[]): string[] {
  const byReason = new Map<string, string[]>();
  for (const { day, reason } of refused)
    byReason.set(reason, [...(byReason.get(reason) ?? []), cardDay(day, now.current)]);
  return [...byReason].map(([reason, days]) => `${names(days)}: ${reason}`);
}
