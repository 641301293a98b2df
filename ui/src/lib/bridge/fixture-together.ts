import type {
  Account,
  AgendaDay,
  AppError,
  CardChild,
  CareSlot,
  Child,
  Photo,
  TimelineCard,
  TogetherAccount,
  TogetherCard,
  Unread,
} from '$lib/bindings';
import { dayAfter, nurseryDay } from '$lib/language/days';
import { account, cardsOfTwoYears } from './fixture-family';
import { instant } from './fixture-planning';
import type { Commands } from './transport';

/** The same parent at another organisation, under her own name. */
const elsewhere: Account = {
  ...account,
  id: 'b',
  portal: 'https://duinpan.ouderportaal.nl',
  organisation: 'BSO Duinpan',
  username: 'sanne.bakker',
  parentName: 'Sanne Bakker',
};
const former: Account = {
  ...account,
  id: 'c',
  portal: 'https://bosrand.ouderportaal.nl',
  organisation: 'Kinderopvang Bosrand en omstreken',
  username: 'sanne@example.org',
  session: 'ended',
};

const NOTHING: Unread = { messages: 0, news: 0, newsletters: 0, outbox: 0 };

const mees: CardChild = { id: 'm', firstName: 'Mees', group: 'Zeesterren', avatar: null };

/** The child at the other organisation. */
export const childElsewhere: Child = {
  id: 'm',
  firstName: 'Mees',
  fullName: 'Mees de Vries',
  attends: true,
  groups: ['Zeesterren'],
  dateOfBirth: '2019-05-04',
  avatar: null,
};

const photoThere = (photo: Photo): Photo => ({
  ...photo,
  id: `d-${photo.id}`,
  ownChildren: [mees.id],
});

/** What that organisation posted: on fewer days, and less. */
export function cardsElsewhere(now: Date): TimelineCard[] {
  return cardsOfTwoYears(now)
    .filter(({ kind }, at) => (kind.kind === 'photos' || kind.kind === 'journal') && at % 3 !== 1)
    .map((card) => ({
      ...card,
      id: `d-${card.id}`,
      children: [mees],
      photos: card.photos.slice(0, 2).map(photoThere),
      entry: card.entry && {
        ...card.entry,
        id: `d-${card.entry.id}`,
        author: 'Jeroen',
        html: card.entry.html.replaceAll('Noortje', 'Mees').replaceAll('Hamsters', 'Zeesterren'),
        rhythm: [],
        photos: card.entry.photos.map(photoThere),
      },
    }));
}

/** Which other accounts there are. */
export function othersOf(scene: string): Account[] {
  if (scene === 'two-accounts') return [elsewhere];
  return scene === 'three-accounts' ? [elsewhere, former] : [];
}

function slot(
  day: string,
  child: string,
  childName: string,
  from: string,
  until: string,
): CareSlot {
  return {
    id: `${child}-${day}`,
    child,
    childName,
    day,
    ordinal: 0,
    startsAt: instant(day, from),
    endsAt: instant(day, until),
    attendance: 'attend',
    toConfirm: false,
    extraInfo: null,
    group: null,
    kind: 'contract',
    request: null,
    line: null,
  };
}

/** What the app tells of all accounts together. */
export function togetherDesk(host: {
  scene: string;
  now: Date;
  accounts: () => Account[];
  inUse: () => string;
  unread: Commands['unread'];
  cards: TimelineCard[];
  trouble: (code: AppError['code']) => AppError;
}): Pick<Commands, 'togetherOverview' | 'togetherTimeline'> {
  const today = nurseryDay(host.now);
  const next: Record<string, AgendaDay> = {
    a: {
      day: today,
      mark: null,
      slots: [
        slot(today, 'n', 'Noortje', '08:00', '18:00'),
        slot(today, 't', 'Ties', '15:00', '18:30'),
      ],
    },
    b: {
      day: dayAfter(today, 1),
      mark: null,
      slots: [slot(dayAfter(today, 1), 'm', 'Mees', '15:00', '18:30')],
    },
  };
  const glance = (its: Account, mine: Unread): TogetherAccount => ({
    account: its,
    inUse: its.id === host.inUse(),
    newCards: its.id === 'b' ? 3 : 0,
    unread: its.id === 'a' ? mine : { ...NOTHING, messages: its.id === 'b' ? 1 : 0 },
    trouble: its.session === 'ended' ? host.trouble('accountEnded') : null,
    next: next[its.id] ?? null,
  });
  const others = othersOf(host.scene).length > 0 ? cardsElsewhere(host.now) : [];
  const all: TogetherCard[] = [
    ...host.cards.map((card) => ({ account: 'a', card })),
    ...others.map((card) => ({ account: 'b', card })),
  ].sort((a, b) => b.card.day.localeCompare(a.card.day));
  return {
    togetherOverview: async () => {
      const counted = await host.unread();
      const mine = counted.status === 'ok' ? counted.data : NOTHING;
      return {
        status: 'ok',
        data: {
          accounts: host.accounts().map((its) => glance(its, mine)),
          notOpened: host.scene === 'three-accounts' ? [host.trouble('keyMissing')] : [],
        },
      };
    },
    togetherTimeline: (after, limit) => {
      const here = host.accounts().map(({ id }) => id);
      const cards = all.filter(({ account }) => here.includes(account));
      const from = after ? Number(after) : 0;
      const next = from + limit < cards.length ? String(from + limit) : null;
      const data = { cards: cards.slice(from, from + limit), next, notRead: [] };
      return Promise.resolve({ status: 'ok', data });
    },
  };
}
