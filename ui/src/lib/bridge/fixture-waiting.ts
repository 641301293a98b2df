import type { RequestForm, RequestKind, Wish, Write, WriteWhat } from '$lib/bindings';
import { part, weekdayFrom, slotRef } from './fixture-planning';

const emptyForm = (kind: RequestKind): RequestForm => ({
  kind,
  bookings: [],
  whole: false,
  expiresOn: null,
  remark: '',
});

const writeOf = (id: string, what: WriteWhat, more: Partial<Write>): Write => ({
  id,
  what,
  state: 'queued',
  reason: null,
  reasonCode: null,
  attempts: 0,
  writtenAt: new Date().toISOString(),
  sentAt: null,
  remote: null,
  files: [],
  ...more,
});

const bookedForm = (kind: RequestKind, day: string, child: string): RequestForm => ({
  ...emptyForm(kind),
  bookings: [
    {
      from: day,
      until: day,
      lines: [{ child, parts: part('whole'), credit: null }],
      given: [],
      quote: null,
    },
  ],
});

export function wishOf(today: string, now: Date): Wish {
  return {
    id: 'wish-ready',
    form: bookedForm('extra', weekdayFrom(today, 20, 3), 'n'),
    ready: true,
    keptAt: new Date(now.getTime() - 26 * 3600_000).toISOString(),
  };
}

export function waitingWrites(today: string, now: Date): Write[] {
  const slot = slotRef(today, '08:00', '18:00');
  return [
    writeOf(
      'w-ill',
      {
        what: 'absence',
        form: {
          from: today,
          until: today,
          lines: [{ child: 'n', slots: [slot] }],
          reason: 'ill',
          remark: '',
        },
      },
      { writtenAt: new Date(now.getTime() - 1_500_000).toISOString(), attempts: 4 },
    ),
    writeOf(
      'w-full',
      { what: 'request', form: bookedForm('extra', weekdayFrom(today, 6, 5), 't') },
      {
        state: 'refused',
        reason: 'Op deze dag is geen plaats meer op de groep.',
        reasonCode: 'no-room',
        writtenAt: new Date(now.getTime() - 5_400_000).toISOString(),
      },
    ),
  ];
}
