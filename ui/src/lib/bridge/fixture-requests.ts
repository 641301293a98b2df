import type {
  AbsenceForm,
  Booking,
  BookingLine,
  ChildPossibilities,
  Credit,
  DayPart,
  Payment,
  PossiblePart,
  QuoteLine,
  RequestForm,
  RequestKind,
  Tag,
  Wish,
  Write,
  WriteWhat,
} from '$lib/bindings';
import { daysBetween } from '$lib/language/days';
import { isoWeekday } from '$lib/language/weeks';
import { failed } from './fixture-failed';
import type { Commands } from './transport';

type Planning = Pick<Commands, 'expected' | 'agenda' | 'credits' | 'wishes' | 'discardWish'>;

interface Family {
  offline: boolean;
  /** What is planned, and the credits. */
  planning: Planning;
  put(write: Write): void;
  /** Takes a write out of the send queue. */
  drop(id: string): void;
  outbox(): Write[];
  change(tags: Tag[]): void;
}

const SLOW_MS = 250;

const ok = <T>(data: T) => Promise.resolve({ status: 'ok' as const, data });
const slowly = () => new Promise((done) => setTimeout(done, SLOW_MS));

/** The day parts, what each costs and what it takes of a credit. */
const PARTS: (DayPart & { cents: number; points: number; minutes: number })[] = [
  {
    id: 'morning',
    name: 'Ochtend',
    start: '07:30:00',
    end: '12:30:00',
    cents: 4250,
    points: 1,
    minutes: 300,
  },
  {
    id: 'afternoon',
    name: 'Middag',
    start: '12:30:00',
    end: '18:30:00',
    cents: 5430,
    points: 1,
    minutes: 360,
  },
  {
    id: 'whole',
    name: 'Hele dag',
    start: '07:30:00',
    end: '18:30:00',
    cents: 9680,
    points: 2,
    minutes: 660,
  },
];

const bare = ({ id, name, start, end }: DayPart): DayPart => ({ id, name, start, end });

const emptyForm = (kind: RequestKind): RequestForm => ({
  kind,
  bookings: [],
  whole: false,
  expiresOn: null,
  remark: '',
});

/** What the portal computes for a form, and what becomes of it. */
export function requestDesk({ offline, planning, put, drop, outbox, change }: Family) {
  const forms = new Map<RequestKind, RequestForm>();
  let wishes: Wish[] = [];
  let count = 0;

  const data = async <T>(answer: Promise<{ status: 'ok'; data: T } | { status: 'error' }>) => {
    const result = await answer;
    if (result.status === 'error') throw new Error('the fixture failed');
    return result.data;
  };

  const every = async () => [...(await data(planning.wishes())), ...wishes];

  function written(what: WriteWhat): Write {
    count += 1;
    const write: Write = {
      id: `asked-${count}`,
      what,
      state: 'queued',
      reason: null,
      reasonCode: null,
      attempts: 0,
      writtenAt: new Date().toISOString(),
      sentAt: null,
      remote: null,
      files: [],
    };
    put(write);
    return write;
  }

  function amountOf(part: (typeof PARTS)[number], credit: Credit, days: number): number {
    return days * (credit.unit.unit === 'minutes' ? part.minutes : part.points);
  }

  async function quoteLines(line: BookingLine, days: number): Promise<QuoteLine[]> {
    const all = (await data(planning.credits())).flatMap(({ credits }) => credits);
    const credit = all.find(({ id }) => id === line.credit);
    let left = credit?.left ?? 0;
    return line.parts.flatMap(({ id }) => {
      const part = PARTS.find((one) => one.id === id);
      if (!part) return [];
      const takes = credit ? amountOf(part, credit, days) : 0;
      const covers = credit !== undefined && takes <= left;
      if (covers) left -= takes;
      const payment: Payment = covers
        ? { by: 'credit', credit: credit.id, unit: credit.unit, amount: takes }
        : { by: 'invoice', cents: part.cents * days };
      const notice =
        credit && !covers
          ? `Het tegoed is niet toereikend voor ${part.name.toLowerCase()}: dit dagdeel wordt gefactureerd.`
          : null;
      return [{ child: line.child, part: id, days, payment, notice }];
    });
  }

  const commands = {
    possibilities: async (kind: RequestKind, from: string, until: string) => {
      await slowly();
      if (offline) return failed('offline');
      const marks = (await data(planning.agenda({ children: [], from, until }))).days;
      const closed = marks.flatMap(({ day, mark }) =>
        mark?.closed ? [{ day, reason: mark.closed }] : [],
      );
      const expected = await data(planning.expected(from, until));
      const credits = (await data(planning.credits())).flatMap((one) => one.credits);
      const children = expected.map(({ child, slots }): ChildPossibilities => {
        const parts = PARTS.map((part): PossiblePart => {
          const refused = daysBetween(from, until).flatMap((day) => {
            if (closed.some((one) => one.day === day)) return [];
            if (isoWeekday(day) > 5)
              return [{ day, reason: 'In het weekend is de opvang gesloten.' }];
            if (slots.some((slot) => slot.day === day) && kind !== 'absence')
              return [{ day, reason: 'Voor deze dag is al opvang gepland.' }];
            if (part.id === 'morning' && isoWeekday(day) === 5)
              return [{ day, reason: 'De groep is deze ochtend vol.' }];
            return [];
          });
          const days = daysBetween(from, until).filter(
            (day) =>
              !refused.some((one) => one.day === day) && !closed.some((one) => one.day === day),
          );
          return { part: bare(part), group: child.groups[0] ?? null, days, refused };
        });
        const its = credits.filter((credit) => credit.child === child.id);
        const usable = its.filter(
          (one) => one.left > 0 && one.state !== 'expired' && one.note === null,
        );
        return {
          child: child.id,
          childName: child.firstName,
          planned: slots.map(({ day, startsAt, endsAt, group, attendance }) => ({
            slot: { day, startsAt, endsAt },
            group,
            attendance,
          })),
          parts,
          credits: usable,
          notUsable: its
            .filter((one) => !usable.includes(one))
            .map((credit) => ({
              credit,
              reason:
                credit.state === 'expired'
                  ? 'Dit tegoed is verlopen.'
                  : credit.left === 0
                    ? 'Dit tegoed is helemaal gebruikt.'
                    : 'Dit tegoed geldt alleen in schoolvakanties.',
            })),
          reason: null,
        };
      });
      return ok({ from, until, closed, children });
    },
    quote: async ({ kind, booking }: { kind: RequestKind; booking: Booking }) => {
      await slowly();
      if (offline) return failed('offline');
      const days = daysBetween(booking.from, booking.until).filter((day) => isoWeekday(day) < 6);
      const lines = (
        await Promise.all(booking.lines.map((line) => quoteLines(line, days.length)))
      ).flat();
      const cents = lines.reduce(
        (sum, { payment }) => sum + (payment.by === 'invoice' ? (payment.cents ?? 0) : 0),
        0,
      );
      const swap = kind === 'swap';
      return ok({
        lines: swap
          ? lines.map((line) => ({ ...line, payment: { by: 'invoice' as const, cents: null } }))
          : lines,
        cents: swap ? null : cents,
        notices: swap ? ['Tijd die je overhoudt bij het ruilen, vervalt.'] : [],
        token: `quote-${JSON.stringify(booking).length}`,
      });
    },
    requestForm: (kind: RequestKind) => ok(forms.get(kind) ?? emptyForm(kind)),
    saveRequestForm: (form: RequestForm) => {
      forms.set(form.kind, form);
      return ok(null);
    },
    discardRequestForm: (kind: RequestKind) => {
      forms.delete(kind);
      return ok(null);
    },
    sendRequest: async (kind: RequestKind) => {
      const form = forms.get(kind) ?? emptyForm(kind);
      if (form.bookings.length === 0) return failed('nothingChosen');
      forms.delete(kind);
      if (form.bookings.every(({ quote }) => quote !== null))
        return ok({ what: 'queued' as const, write: written({ what: 'request', form }) });
      count += 1;
      const wish: Wish = {
        id: `wish-${count}`,
        form,
        ready: false,
        keptAt: new Date().toISOString(),
      };
      wishes = [...wishes, wish];
      change(['agenda']);
      return ok({ what: 'wish' as const, wish });
    },
    wishes: async () => ok(await every()),
    openWish: async (id: string) => {
      const wish = (await every()).find((one) => one.id === id);
      if (!wish) return failed('notFound');
      forms.set(wish.form.kind, wish.form);
      await commands.discardWish(id);
      return ok(wish.form);
    },
    discardWish: (id: string) => {
      wishes = wishes.filter((one) => one.id !== id);
      return planning.discardWish(id);
    },
    sendAbsence: (form: AbsenceForm) => ok(written({ what: 'absence', form })),
    confirmLateAbsence: (id: string) => {
      const write = outbox().find((one) => one.id === id);
      if (!write) return failed('notFound');
      const again: Write = { ...write, state: 'queued', reason: null, reasonCode: null };
      drop(id);
      put(again);
      return ok(again);
    },
  };

  return commands satisfies Partial<Commands>;
}
