import type { ConsentAnswer, DetailField, Placement } from '$lib/bindings';
import { cardDay } from '$lib/language/days';
import { weekdayName } from '$lib/mijn-locatie/place-words';
import * as m from '$lib/paraglide/messages';

const FIELDS: Record<DetailField, () => string> = {
  name: m.detail_name,
  email: m.detail_email,
  phone: m.detail_phone,
  street: m.detail_street,
  postalCode: m.detail_postal_code,
  city: m.detail_city,
};

export const fieldName = (field: DetailField) => FIELDS[field]();

export function answerWords(answer: ConsentAnswer | null, declaration: boolean): string {
  if (answer === null) return m.consent_not_answered();
  if (declaration) return answer === 'given' ? m.declaration_yes() : m.declaration_no();
  return answer === 'given' ? m.consent_given() : m.consent_refused();
}

/** The days of a placement: "maandag, dinsdag en donderdag". */
export function daysOf(placement: Placement, language: string): string {
  const names = placement.weekdays.map(weekdayName);
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
}

export function stretchOf({ from, until }: Placement, now: Date): string {
  if (from && until) return m.from_until({ from: cardDay(from, now), until: cardDay(until, now) });
  if (from) return m.since({ day: cardDay(from, now) });
  return until ? m.until({ day: cardDay(until, now) }) : '';
}
