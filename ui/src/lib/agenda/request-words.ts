import type {
  AbsenceForm,
  AbsenceReason,
  CareRequest,
  DayPart,
  RequestForm,
  RequestKind,
  RequestLine,
  RequestStatus,
  SlotRef,
} from '$lib/bindings';
import { names } from '$lib/language/amounts';
import { cardDay, nurseryTime } from '$lib/language/days';
import { spoken } from '$lib/language/language.svelte';
import * as m from '$lib/paraglide/messages';
import { children } from '$lib/state/children.svelte';
import { now } from '$lib/state/now.svelte';
import { creditAmount } from './credit-words';

const KINDS: Record<RequestKind, () => string> = {
  extra: m.requests_kind_extra,
  swap: m.requests_kind_swap,
  absence: m.requests_kind_absence,
};

const STATUSES: Record<RequestStatus, () => string> = {
  asked: m.requests_status_asked,
  approved: m.requests_status_approved,
  refused: m.requests_status_refused,
  cancelled: m.requests_status_cancelled,
  expired: m.requests_status_expired,
  registered: m.requests_status_registered,
  unknown: m.requests_status_unknown,
};

const REASONS: Record<AbsenceReason, () => string> = {
  ill: m.requests_reason_ill,
  holiday: m.requests_reason_holiday,
  other: m.requests_reason_other,
};

/** "Extra dag", "Ruildag", "Afwezigheid". */
export const kindWords = (kind: RequestKind) => KINDS[kind]();

/** "In aanvraag", "Goedgekeurd", … */
export const statusWords = (status: RequestStatus) => STATUSES[status]();

/** "Ziek", "Vakantie", "Overig". */
export const reasonWords = (reason: AbsenceReason) => REASONS[reason]();

/** "vr 27 nov", "ma 30 nov – do 3 dec". */
export function periodWords({ from, until }: { from: string; until: string }): string {
  const first = cardDay(from, now.current);
  return from === until ? first : `${first} – ${cardDay(until, now.current)}`;
}

/** "07:30 – 12:30", one after the other. */
export const partTimes = (parts: DayPart[]) =>
  parts.map(({ start, end }) => `${start.slice(0, 5)} – ${end.slice(0, 5)}`).join(', ');

/** What is given in for a swap: "di 24 nov 08:00 – 18:00". */
export const givenWords = ({ given }: RequestLine) => slotsWords(given);

/** Slots as they are named to the portal, one after the other. */
export const slotsWords = (slots: SlotRef[]) =>
  slots
    .map(
      ({ day, startsAt, endsAt }) =>
        `${cardDay(day, now.current)} ${nurseryTime(startsAt)} – ${nurseryTime(endsAt)}`,
    )
    .join(', ');

/** How a line is paid for: "€ 96,80 op de factuur", "2 punten tegoed". */
export function paymentWords({ payments }: Pick<RequestLine, 'payments'>): string[] {
  return payments.map((payment) => {
    if (payment.by === 'credit')
      return m.requests_by_credit({ amount: creditAmount(payment.amount, payment.unit) });
    if (payment.cents === null) return m.requests_by_invoice();
    return m.requests_on_invoice({ amount: euros(payment.cents) });
  });
}

/** "€ 96,80". */
export const euros = (cents: number) =>
  new Intl.NumberFormat(spoken.tag, { style: 'currency', currency: 'EUR' }).format(cents / 100);

/** What a child of a line is called. */
export const childName = (id: string) => children.namesOf([id])[0] ?? m.requests_unknown_child();

/** What is asked before a line is cancelled. */
export function cancelQuestion({ kind }: CareRequest, line: RequestLine): string {
  const name = childName(line.child);
  const when = periodWords(line);
  if (line.from !== line.until) return m.requests_cancel_period({ name, when });
  return kind === 'absence'
    ? m.requests_cancel_absence({ name, when })
    : m.requests_cancel_request({ name, when });
}

/** What was filled in and is not at the portal: "Extra dag · vr 4 dec · Ties". */
export function formTitle(form: RequestForm | AbsenceForm): string {
  if ('reason' in form) {
    const who = names(children.namesOf(form.lines.map(({ child }) => child)));
    return [kindWords('absence'), periodWords(form), who].filter(Boolean).join(' · ');
  }
  const ids = new Set(form.bookings.flatMap(({ lines }) => lines.map(({ child }) => child)));
  const days = form.bookings.map(periodWords).join(', ');
  return [kindWords(form.kind), days, names(children.namesOf([...ids]))]
    .filter(Boolean)
    .join(' · ');
}
