import type {
  AgendaDay,
  CareSlot,
  DayMark,
  Tag,
  Today,
  TodayAsked,
  Wish,
  Write,
} from '$lib/bindings';
import { dayAfter, daysBetween, nurseryDay } from '$lib/language/days';
import { isoWeekday } from '$lib/language/weeks';
import { failed } from './fixture-failed';
import { familyChildren, todaysRhythm } from './fixture-family';
import {
  STUDY_DAY,
  instant,
  HOLIDAYS,
  CLOSED,
  CONTRACT,
  weekdayFrom,
  requestsOf,
  creditsOf,
} from './fixture-planning';
import { wishOf, waitingWrites } from './fixture-waiting';
import type { Commands } from './transport';

type AgendaCommands = Pick<
  Commands,
  | 'agenda'
  | 'agendaState'
  | 'refreshAgenda'
  | 'today'
  | 'wishes'
  | 'discardWish'
  | 'expected'
  | 'requests'
  | 'request'
  | 'sawRequests'
  | 'cancelLine'
  | 'credits'
  | 'calendarFeed'
  | 'setCalendarFeed'
  | 'exportCalendar'
>;

interface Family {
  now: Date;
  /** Nothing can be asked of the portal. */
  offline: boolean;
  /** The planning can be read and nothing else. */
  plain: boolean;
  /** Nothing is planned. */
  empty: boolean;
  /** Begin with what waits: an absence that was not sent, a refused request, a wish. */
  waiting: boolean;
  /** Puts a write into the send queue. */
  put(write: Write): void;
  outbox(): Write[];
  change(tags: Tag[]): void;
}

const PORTAL = 'https://dehamsters.ouderportaal.nl/parent/';
const YEAR = 365;
const SLOW_MS = 400;

const ok = <T>(data: T) => Promise.resolve({ status: 'ok' as const, data });
/** The planning of the invented family, which can be asked and answers at once. */
export function agendaDesk(family: Family): AgendaCommands {
  const today = nurseryDay(family.now);
  const children = familyChildren().filter(({ attends }) => attends);
  let asked = family.empty || family.plain ? [] : requestsOf(today);
  const credits = family.empty ? [] : creditsOf(today);
  let wishes: Wish[] = family.waiting ? [wishOf(today, family.now)] : [];
  let feed: { on: boolean; url: string | null } = { on: false, url: null };
  let known = { from: dayAfter(today, -YEAR), until: dayAfter(today, YEAR) };
  let freshAt = new Date(family.now.getTime() - (family.offline ? 20 * 3600_000 : 240_000));
  if (family.waiting) for (const write of waitingWrites(today, family.now)) family.put(write);

  const markOf = (day: string): DayMark | null => {
    const closed = CLOSED[day.slice(5)] ?? (day === weekdayFrom(today, 14, 2) ? STUDY_DAY : null);
    const date = day.slice(5);
    const holiday = HOLIDAYS.find(([from, until]) => date >= from && date <= until);
    if (!closed && !holiday) return null;
    return { day, closed, schoolHoliday: holiday?.[2] ?? null };
  };

  const linesOn = (day: string, child: string) =>
    asked.flatMap((one) =>
      one.lines
        .filter((its) => its.child === child && its.from <= day && its.until >= day)
        .map((its) => ({ request: one, line: its })),
    );

  function slotsOn(day: string): CareSlot[] {
    if (family.empty || markOf(day)?.closed) return [];
    const slots: CareSlot[] = [];
    for (const child of children) {
      const on = linesOn(day, child.id);
      const absence = on.find(
        ({ request, line }) => request.kind === 'absence' && line.status === 'registered',
      );
      const contract = CONTRACT[child.id]?.[isoWeekday(day)];
      const slot = (start: string, end: string, more: Partial<CareSlot>): CareSlot => ({
        id: `${child.id}-${day}-${slots.length}`,
        child: child.id,
        childName: child.firstName,
        day,
        ordinal: slots.filter(({ child: of }) => of === child.id).length,
        startsAt: instant(day, start),
        endsAt: instant(day, end),
        attendance: 'attend',
        toConfirm: false,
        extraInfo: null,
        group: child.groups[0] ?? null,
        kind: family.plain ? null : 'contract',
        request: null,
        line: null,
        ...more,
      });
      if (contract)
        slots.push(
          slot(...contract, {
            attendance: absence ? 'absent' : 'attend',
            request: absence?.request.id ?? null,
            line: absence?.line.id ?? null,
          }),
        );
      for (const { request, line } of on) {
        if (request.kind === 'absence' || (line.status !== 'asked' && line.status !== 'approved'))
          continue;
        const [its] = line.parts;
        slots.push(
          slot(its?.start.slice(0, 5) ?? '08:00', its?.end.slice(0, 5) ?? '18:00', {
            attendance: line.status === 'asked' ? 'tentative' : 'attend',
            toConfirm: line.status === 'asked',
            extraInfo: line.status === 'asked' ? 'Optie extra' : null,
            kind: request.kind === 'swap' ? 'swap' : 'extra',
            request: request.id,
            line: line.id,
          }),
        );
      }
    }
    return slots.sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  }

  function dayOf(day: string, only: string[] = []): AgendaDay {
    const slots = slotsOn(day).filter(({ child }) => only.length === 0 || only.includes(child));
    return { day, mark: family.plain ? null : markOf(day), slots };
  }

  const commands: AgendaCommands = {
    agenda: ({ children: only, from, until }) => {
      const first = from > known.from ? from : known.from;
      const last = until < known.until ? until : known.until;
      if (first > last) return ok({ days: [], known: null });
      const days = daysBetween(first, last)
        .map((day) => dayOf(day, only))
        .filter(({ mark, slots }) => mark !== null || slots.length > 0);
      return ok({ days, known: { from: first, until: last } });
    },
    agendaState: () =>
      ok({
        freshAt: freshAt.toISOString(),
        busy: false,
        stale: family.offline,
        trouble: family.offline
          ? {
              code: 'offline',
              message: 'offline',
              retryable: true,
              portalSays: null,
              blockedUntil: null,
            }
          : null,
        offers: {
          requests: !family.plain,
          absences: !family.plain,
          credits: family.plain ? null : { unit: 'points' },
          rules: family.plain
            ? null
            : {
                furthest: dayAfter(today, YEAR),
                longestPeriod: 60,
                extra: 'Vraag een extra dag uiterlijk 24 uur van tevoren aan.',
                swap: 'Ruilen kan binnen twee weken voor of na de dag die je inlevert.',
                absence: 'Tot 48 uur vooraf levert een afmelding een tegoed op.',
                contract: 'Voor vaste wijzigingen bel je onze klantenservice: 020 555 01 23.',
                groups: [
                  { group: 'Hamsters verticaal', phone: '020 555 01 20' },
                  { group: 'BSO Haarlem', phone: '020 555 01 21' },
                ],
              },
          webPortal: PORTAL,
          plain: family.plain,
        },
      }),
    refreshAgenda: async (range) => {
      await new Promise((done) => setTimeout(done, SLOW_MS));
      if (family.offline) return failed('offline');
      if (range) {
        known = {
          from: range.from < known.from ? range.from : known.from,
          until: range.until > known.until ? range.until : known.until,
        };
      }
      freshAt = new Date();
      family.change(['agenda']);
      return ok(null);
    },
    today: () => ok(todayOf()),
    wishes: () => ok(wishes),
    discardWish: (id) => {
      wishes = wishes.filter((one) => one.id !== id);
      family.change(['agenda']);
      return ok(null);
    },
    expected: (from, until) =>
      ok(
        children.map((child) => ({
          child,
          slots: daysBetween(from, until)
            .flatMap(slotsOn)
            .filter((slot) => slot.child === child.id && slot.attendance === 'attend'),
        })),
      ),
    sawRequests: () => Promise.resolve({ status: 'ok', data: null }),
    requests: ({ children: only, kinds, statuses, after, limit }) => {
      const some = asked.filter(
        (one) =>
          (!kinds?.length || kinds.includes(one.kind)) &&
          one.lines.some(
            (its) =>
              (!only?.length || only.includes(its.child)) &&
              (!statuses?.length || statuses.includes(its.status)),
          ),
      );
      const from = after ? Number(after) : 0;
      const until = from + (limit ?? 50);
      return ok({
        requests: some.slice(from, until),
        next: until < some.length ? String(until) : null,
      });
    },
    request: (id) => {
      const found = asked.find((one) => one.id === id);
      return found ? ok(found) : failed('notFound');
    },
    cancelLine: async (id, lineId) => {
      await new Promise((done) => setTimeout(done, SLOW_MS));
      if (family.offline) return failed('offline');
      const found = asked.find((one) => one.id === id);
      const its = found?.lines.find((one) => one.id === lineId);
      if (!found || !its) return failed('notFound');
      if (!its.canCancel) return failed('notCancellable', { portalSays: its.cancelReason });
      const gone = { status: 'cancelled' as const, canCancel: false, brings: null };
      const lines = found.lines.map((one) => (one.id === lineId ? { ...one, ...gone } : one));
      const after = { ...found, lines };
      asked = asked.map((one) => (one.id === id ? after : one));
      family.change(['agenda']);
      return ok(after);
    },
    credits: () =>
      ok(
        children
          .map((child) => ({ child, credits: credits.filter((one) => one.child === child.id) }))
          .filter((one) => one.credits.length > 0),
      ),
    calendarFeed: () => ok(feed),
    setCalendarFeed: (on) => {
      const url = on ? 'http://127.0.0.1:48213/k7Qm2xV9pLr4TzWc/schriftje.ics' : null;
      feed = { on, url };
      return ok(feed);
    },
    exportCalendar: () =>
      ok({ file: '/home/sanne/Documenten/opvang.ics', events: family.empty ? 0 : 312 }),
  };

  function todayOf(): Today {
    const { mark, slots } = dayOf(today);
    const later = daysBetween(dayAfter(today, 1), dayAfter(today, 60)).map((day) => dayOf(day));
    const rhythm = family.empty || family.plain ? [] : todaysRhythm();
    const soon = credits.find(({ id }) => id === 'c-soon');
    const asks: TodayAsked[] = [];
    for (const write of family.outbox()) {
      if (write.what.what === 'absence' && write.state === 'queued')
        asks.push({
          what: 'absenceNotSent',
          write,
          startsAt: write.what.form.lines[0]?.slots[0]?.startsAt ?? '',
          phones: [{ group: 'Hamsters verticaal', phone: '020 555 01 20' }],
        });
      if (write.what.what === 'request' && write.state === 'refused')
        asks.push({ what: 'requestNotSent', write });
    }
    for (const wish of wishes) if (wish.ready) asks.push({ what: 'wishReady', wish });
    const absent = asked.find(({ kind, lines }) => kind === 'absence' && lines[0]?.canCancel);
    if (absent && family.waiting)
      asks.push({
        what: 'cancelEnds',
        request: absent.id,
        kind: 'absence',
        childNames: ['Noortje'],
        until: instant(dayAfter(today, 1), '08:00'),
      });
    const expires = asked.find(
      ({ expiresOn, lines }) => expiresOn && lines.some(({ status }) => status === 'asked'),
    );
    if (expires?.expiresOn)
      asks.push({ what: 'requestExpires', request: expires.id, on: expires.expiresOn });
    if (soon && !family.plain)
      asks.push({ what: 'creditEnds', credit: soon, childName: 'Noortje' });
    return {
      day: today,
      known: !family.empty,
      mark,
      slots,
      next: slots.length > 0 ? null : (later.find((day) => day.slots.length > 0) ?? null),
      rhythm,
      asked: asks,
    };
  }

  return commands;
}
