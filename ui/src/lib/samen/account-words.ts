import type { Account, AgendaDay, TogetherAccount } from '$lib/bindings';
import { joined } from '$lib/agenda/today-words';
import { slotStatus, slotTimes } from '$lib/agenda/slot-words';
import { nurseryDay } from '$lib/language/days';
import * as m from '$lib/paraglide/messages';

/** Where an account is: the organisation, or its portal as long as that is all that is known. */
export function placeName({ organisation, portal }: Account): string {
  return organisation ?? portal.replace(/^https?:\/\//, '').replace(/\/$/, '');
}

/** Whose an account is. */
export const personName = ({ parentName, username }: Account): string => parentName ?? username;

/** Whose something is among these accounts: the parent too, where two are at one organisation. */
export function whoseName(account: Account, all: Account[]): string {
  const place = placeName(account);
  const alone = all.filter((other) => placeName(other) === place).length < 2;
  return alone ? place : `${place} · ${personName(account)}`;
}

/** What is new at an account, each in a few words; nothing when nothing is. */
export function newsWords({ newCards, unread }: TogetherAccount): string[] {
  const told: [number, (input: { count: number }) => string][] = [
    [newCards, m.together_new_cards],
    [unread.messages, m.together_new_messages],
    [unread.news, m.together_new_articles],
    [unread.newsletters, m.together_new_newsletters],
    [unread.outbox, m.together_unsent],
  ];
  return told.filter(([count]) => count > 0).map(([count, words]) => words({ count }));
}

/** "Vandaag" or "Morgen". */
export function nextDay({ day }: AgendaDay, now: Date): string {
  return day === nurseryDay(now) ? m.today() : m.together_tomorrow();
}

/** "Noortje 08:00 – 18:00", one for each stay. */
export function nextWords({ slots }: AgendaDay): string[] {
  return joined(slots).map((slot) =>
    [slot.childName, slotTimes(slot), slotStatus(slot)].filter(Boolean).join(' '),
  );
}
