import type { Credit, CreditState, CreditUnit } from '$lib/bindings';
import { shortDay } from '$lib/language/days';
import * as m from '$lib/paraglide/messages';

/** "3 punten", "2 uur 30": never one turned into the other. */
export function creditAmount(count: number, unit: CreditUnit): string {
  // Below nothing: the same words behind a minus sign.
  if (count < 0) return `−${creditAmount(-count, unit)}`;
  switch (unit.unit) {
    case 'points':
      return m.credits_points({ count });
    case 'minutes': {
      const hours = Math.floor(count / 60);
      const minutes = count % 60;
      if (hours === 0) return m.credits_minutes({ count: minutes });
      return minutes === 0
        ? m.credits_hours({ hours })
        : m.credits_hours_minutes({ hours, minutes });
    }
    case 'unsupported':
      return `${count} ${unit.wire}`;
  }
}

const STATES: Record<CreditState, () => string> = {
  usable: m.credits_usable,
  partlyUsed: m.credits_partly_used,
  used: m.credits_used,
  expired: m.credits_expired,
  unknown: m.credits_unknown,
};

/** "Te gebruiken", "Deels gebruikt", … */
export const creditState = ({ state }: Credit) => STATES[state]();

/** From when until when a credit can be used. */
export function creditValidity({ validFrom, validUntil }: Credit): string | null {
  if (validFrom && validUntil)
    return m.credits_valid({ from: shortDay(validFrom), until: shortDay(validUntil) });
  if (validUntil) return m.credits_valid_until({ until: shortDay(validUntil) });
  return validFrom ? m.credits_valid_from({ from: shortDay(validFrom) }) : null;
}

/** Whether nothing can be paid with it any more. */
export const isOver = ({ state }: Credit) => state === 'used' || state === 'expired';

/** What can be used first, the soonest to expire before the rest; then what is over, the latest first. */
export function creditsInOrder(credits: readonly Credit[]): Credit[] {
  const until = ({ validUntil }: Credit) => validUntil ?? '9999';
  const [usable, over] = [credits.filter((one) => !isOver(one)), credits.filter(isOver)];
  return [
    ...usable.toSorted((a, b) => until(a).localeCompare(until(b))),
    ...over.toSorted((a, b) => until(b).localeCompare(until(a))),
  ];
}
