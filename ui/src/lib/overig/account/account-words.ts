import type { ConsentAnswer, ConsentGiven, DetailField, Placement } from '$lib/bindings';
import { cardDay, moment } from '$lib/language/days';
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

/** The most characters that can be filled in with a consent or declaration. */
export const MOST_FILLED_IN = 500;

export const fieldName = (field: DetailField) => FIELDS[field]();

export function answerWords(answer: ConsentAnswer | null, declaration: boolean): string {
  if (answer === null) return m.consent_not_answered();
  if (declaration) return answer === 'given' ? m.declaration_yes() : m.declaration_no();
  return answer === 'given' ? m.consent_given() : m.consent_refused();
}

/** An answer as it was given, as far as is told: by whom and when. */
export function givenWords(
  { answer, by, at }: ConsentGiven,
  declaration: boolean,
  now: Date,
): string {
  const words = answerWords(answer, declaration);
  if (by && at) return m.consent_by({ answer: words, by, at: moment(at, now) });
  if (by) return m.consent_by_whom({ answer: words, by });
  return at ? m.consent_at({ answer: words, at: moment(at, now) }) : words;
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
