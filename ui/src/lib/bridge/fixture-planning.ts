import type {
  CareRequest,
  Credit,
  DayPart,
  RequestKind,
  RequestLine,
  SlotRef,
} from '$lib/bindings';
import { dayAfter } from '$lib/language/days';
import { isoWeekday } from '$lib/language/weeks';
import { parseDateTime, toZoned } from '@internationalized/date';

export const STUDY_DAY = 'Studiedag van het team';

export const instant = (day: string, time: string) =>
  toZoned(parseDateTime(`${day}T${time}`), 'Europe/Amsterdam').toAbsoluteString();

/** First and last day of each school holiday of a year, and what it is called. */
export const HOLIDAYS = [
  ['02-14', '02-22', 'Voorjaarsvakantie'],
  ['04-25', '05-03', 'Meivakantie'],
  ['07-11', '08-23', 'Zomervakantie'],
  ['10-10', '10-18', 'Herfstvakantie'],
  ['12-19', '12-31', 'Kerstvakantie'],
  ['01-01', '01-03', 'Kerstvakantie'],
] as const;

export const CLOSED: Record<string, string> = {
  '01-01': 'Nieuwjaarsdag',
  '04-27': 'Koningsdag',
  '12-25': 'Eerste Kerstdag',
  '12-26': 'Tweede Kerstdag',
};

const PARTS: DayPart[] = [
  { id: 'morning', name: 'Ochtend', start: '07:30:00', end: '12:30:00' },
  { id: 'afternoon', name: 'Middag', start: '12:30:00', end: '18:30:00' },
  { id: 'whole', name: 'Hele dag', start: '07:30:00', end: '18:30:00' },
];
export const part = (id: string) => PARTS.filter((one) => one.id === id);

/** Weekdays (Monday is 1) each child comes by contract. */
export const CONTRACT: Record<string, Record<number, [string, string]>> = {
  n: { 1: ['08:00', '18:00'], 2: ['08:00', '18:00'], 4: ['08:00', '18:00'] },
  t: { 1: ['15:00', '18:30'], 2: ['15:00', '18:30'], 3: ['12:30', '18:30'], 4: ['15:00', '18:30'] },
};

/** The first such weekday at least `after` days from a day. */
export function weekdayFrom(day: string, after: number, weekday: number): string {
  let found = dayAfter(day, after);
  while (isoWeekday(found) !== weekday) found = dayAfter(found, 1);
  return found;
}

const line = (
  id: string,
  child: string,
  from: string,
  more: Partial<RequestLine>,
): RequestLine => ({
  id,
  child,
  from,
  until: from,
  parts: part('whole'),
  given: [],
  group: child === 'n' ? 'Hamsters verticaal' : 'BSO Haarlem',
  status: 'asked',
  statusReason: null,
  decidedAt: null,
  payments: [{ by: 'invoice', cents: 9680 }],
  brings: null,
  canCancel: false,
  cancelUntil: null,
  cancelReason: null,
  ...more,
});

const request = (
  id: string,
  kind: RequestKind,
  lines: RequestLine[],
  more: Partial<CareRequest>,
) => ({
  id,
  kind,
  sentAt: '',
  sentBy: 'Sanne de Vries',
  whole: false,
  expiresOn: null,
  remark: null,
  reason: null,
  lines,
  ...more,
});

/** What the family asked for and told, newest first. */
export function requestsOf(today: string): CareRequest[] {
  const sent = (ago: number, time: string) => instant(dayAfter(today, -ago), time);
  const absence = weekdayFrom(today, 12, 1);
  return [
    request(
      'r-extra',
      'extra',
      [
        line('l-extra-n', 'n', weekdayFrom(today, 3, 5), { canCancel: true }),
        line('l-extra-t', 't', weekdayFrom(today, 3, 5), {
          parts: part('afternoon'),
          status: 'approved',
          decidedAt: sent(0, '07:10'),
          payments: [{ by: 'credit', credit: 'c-points', unit: { unit: 'points' }, amount: 2 }],
          cancelReason: 'Deze dag is al toegezegd. Bel de groep als hij niet doorgaat.',
        }),
      ],
      {
        sentAt: sent(1, '20:58'),
        expiresOn: dayAfter(today, 2),
        remark: 'Opa en oma zijn dit keer op vakantie.',
      },
    ),
    request(
      'r-absent',
      'absence',
      [
        line('l-absent-n', 'n', absence, {
          until: dayAfter(absence, 3),
          status: 'registered',
          payments: [],
          brings: 'Je krijgt hiervoor een tegoed van 3 punten.',
          canCancel: true,
        }),
      ],
      { sentAt: sent(3, '14:35'), reason: 'holiday' },
    ),
    request(
      'r-ill',
      'absence',
      [
        line('l-ill-t', 't', weekdayFrom(today, -8, 3), {
          parts: part('afternoon'),
          status: 'registered',
          payments: [],
          cancelReason: 'Een dag die voorbij is kan niet meer worden gewijzigd.',
        }),
      ],
      { sentAt: sent(9, '06:48'), sentBy: 'Joris de Vries', reason: 'ill' },
    ),
    request(
      'r-swap',
      'swap',
      [
        line('l-swap-n', 'n', weekdayFrom(today, -15, 3), {
          status: 'refused',
          statusReason: 'De groep is die dag al vol.',
          decidedAt: sent(18, '11:20'),
          given: [slotRef(weekdayFrom(today, -15, 2), '08:00', '18:00')],
          payments: [],
          cancelReason: 'Deze aanvraag is al beoordeeld.',
        }),
      ],
      { sentAt: sent(20, '14:34') },
    ),
    request(
      'r-expired',
      'extra',
      [
        line('l-exp-t', 't', weekdayFrom(today, -29, 5), {
          status: 'expired',
          cancelReason: 'Deze aanvraag is vervallen.',
        }),
      ],
      { sentAt: sent(40, '09:02'), expiresOn: dayAfter(today, -31) },
    ),
    request(
      'r-cancelled',
      'extra',
      [
        line('l-can-n', 'n', weekdayFrom(today, -43, 5), {
          status: 'cancelled',
          cancelReason: 'Deze aanvraag is al geannuleerd.',
        }),
      ],
      { sentAt: sent(52, '21:15') },
    ),
  ];
}

export function slotRef(day: string, start: string, end: string): SlotRef {
  return { day, startsAt: instant(day, start), endsAt: instant(day, end) };
}

export function creditsOf(today: string): Credit[] {
  const credit = (id: string, child: string, more: Partial<Credit>): Credit => ({
    id,
    child,
    name: 'Ruiltegoed',
    unit: { unit: 'points' },
    total: 4,
    left: 4,
    validFrom: dayAfter(today, -60),
    validUntil: dayAfter(today, 120),
    note: null,
    state: 'usable',
    uses: [],
    ...more,
  });
  return [
    credit('c-soon', 'n', { total: 3, left: 3, validUntil: dayAfter(today, 9) }),
    credit('c-minutes', 'n', {
      name: 'Vakantietegoed',
      unit: { unit: 'minutes' },
      total: 330,
      left: 150,
      state: 'partlyUsed',
      note: 'Alleen in schoolvakanties.',
      uses: [{ request: 'r-extra', line: 'l-extra-n', day: weekdayFrom(today, 3, 5), amount: 180 }],
    }),
    credit('c-points', 't', {
      total: 4,
      left: 2,
      state: 'partlyUsed',
      uses: [{ request: 'r-extra', line: 'l-extra-t', day: weekdayFrom(today, 3, 5), amount: 2 }],
    }),
    credit('c-used', 't', {
      total: 2,
      left: 0,
      state: 'used',
      uses: [{ request: 'r-old', line: 'l-old', day: dayAfter(today, -70), amount: 2 }],
    }),
    credit('c-over', 't', {
      total: 1,
      left: 1,
      state: 'expired',
      validUntil: dayAfter(today, -20),
    }),
  ];
}
