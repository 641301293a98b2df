import type {
  Account,
  CardChild,
  Child,
  DiaryEntry,
  Photo,
  RhythmMoment,
  TimelineCard,
  TodayRhythm,
} from '$lib/bindings';

export const account: Account = {
  id: 'a',
  portal: 'https://dehamsters.ouderportaal.nl',
  organisation: 'Kinderdagverblijf De Hamsters',
  username: 'sanne@example.org',
  parentName: 'Sanne de Vries',
  email: 'sanne@example.org',
  session: 'signedIn',
  remembered: true,
  untilClosed: false,
};

const child = (id: string, firstName: string, group: string, attends: boolean): Child => ({
  id,
  firstName,
  fullName: `${firstName} de Vries`,
  attends,
  groups: [group],
  dateOfBirth: '2024-02-11',
  avatar: id === 'n' ? 'avatar-n' : null,
});

export const familyChildren = (): Child[] => [
  child('n', 'Noortje', 'Hamsters verticaal', true),
  child('t', 'Ties', 'BSO Haarlem', true),
  child('s', 'Saar', 'Vlinders', false),
];

const onCard = (ids: string[]): CardChild[] =>
  familyChildren()
    .filter(({ id }) => ids.includes(id))
    .map(({ id, firstName, groups, avatar }) => ({
      id,
      firstName,
      group: groups[0] ?? null,
      avatar,
    }));

const CAPTIONS = [
  'Samen een toren van blokken gebouwd, bijna tot het plafond!',
  null,
  'Buitenspelen in de regen',
  null,
  null,
];

function photos(day: string, from: number, count: number, own: string[]): Photo[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `photo-${day}-${from + at}`,
    day,
    kind: count === 7 && at === 3 ? ('video' as const) : ('photo' as const),
    caption: CAPTIONS[(from + at) % CAPTIONS.length] ?? null,
    machineDescription: at % 4 === 1 ? 'Twee kinderen in een zandbak' : null,
    ownChildren: own,
    cached: 'medium' as const,
    saveable:
      count === 3 && at === 2
        ? ({ answer: 'no', reason: 'Op deze foto staan ook andere kinderen.' } as const)
        : ({ answer: 'yes' } as const),
  }));
}

const moment = (
  kind: RhythmMoment['kind'],
  start: string,
  end: string | null,
  title: string,
  more: Partial<RhythmMoment> = {},
): RhythmMoment => ({
  kind,
  start: `${start}:00`,
  end: end && `${end}:00`,
  title,
  subtitle: null,
  entries: [],
  remarks: null,
  ...more,
});

const RHYTHM = [
  moment('bottle', '08:40', null, 'Fles', { entries: ['180 cc'] }),
  moment('nappy', '09:15', null, 'Verschoond', { subtitle: 'Plas' }),
  moment('meal', '09:30', null, 'Fruit', { entries: ['Banaan en peer'] }),
  moment('sleep', '10:10', '11:48', 'Slapen', {
    remarks: 'Viel met haar knuffel meteen in slaap.',
  }),
  moment('meal', '12:00', null, 'Broodmaaltijd', { entries: ['2 boterhammen', 'Melk'] }),
  moment('nappy', '12:45', null, 'Verschoond', { subtitle: 'Poep' }),
  moment('sleep', '13:30', '14:15', 'Slapen'),
  moment('bottle', '15:05', null, 'Fles', { entries: ['130 cc'] }),
  moment('activity', '15:30', '16:30', 'Buiten spelen'),
];

/** The last bottle and sleep of today. */
export const todaysRhythm = (): TodayRhythm[] => [
  {
    child: 'n',
    childName: 'Noortje',
    bottle: RHYTHM.filter(({ kind }) => kind === 'bottle').at(-1) ?? null,
    sleep: RHYTHM.filter(({ kind }) => kind === 'sleep').at(-1) ?? null,
  },
];

const SHORT =
  '<p>Noortje heeft vandaag heerlijk in de zandbak gespeeld. Ze maakte taartjes voor iedereen en deelde ze uit. 🍰</p>';
const LONG =
  '<p>Wat een dag! Vanochtend zijn we met <strong>alle Hamsters</strong> naar de kinderboerderij gelopen. Noortje liep het hele eind zelf en hield goed de hand van Saar vast. Onderweg telden we de bussen: het waren er zeven.</p><p>Bij de geiten was ze eerst een beetje verlegen, maar toen een klein geitje aan haar jas begon te knabbelen moest ze zo hard lachen dat iedereen meedeed. Daarna mocht ze met een borstel helpen.</p><ul><li>geitjes geaaid</li><li>een ei gevonden</li><li>op de tractor gezeten</li></ul><p>Terug op de groep hebben we soep gegeten. Ze nam twee keer! Daarna heeft ze lekker geslapen en in de middag hebben we geverfd. Het schilderij hangt te drogen en gaat morgen mee naar huis.</p><p>Tot donderdag!</p>';

const entry = (id: string, html: string, more: Partial<DiaryEntry> = {}): DiaryEntry => ({
  id,
  author: 'Marieke',
  authorKind: 'employee',
  html,
  text: html.replace(/<[^>]+>/g, ' '),
  rhythm: [],
  photos: [],
  attachments: [],
  edited: false,
  ...more,
});

/** Two years of days, newest first. */
export function cardsOfTwoYears(now: Date): TimelineCard[] {
  const cards: TimelineCard[] = [];
  for (let back = 0; back < 730; back += 1) {
    const date = new Date(now.getTime() - back * 24 * 3600_000);
    if ([0, 3, 6].includes(date.getUTCDay()) && back > 1) continue;
    const day = date.toISOString().slice(0, 10);
    cards.push(...cardsOf(day, cards.length));
  }
  return cards;
}

function cardsOf(day: string, at: number): TimelineCard[] {
  const card = (name: string, kind: TimelineCard['kind'], children: string[]): TimelineCard => ({
    id: `${name}-${day}`,
    day,
    kind,
    children: onCard(children),
    entry: null,
    photos: [],
  });
  const report = card('report', { kind: 'journal' }, ['n']);
  report.entry = entry(`j-${day}`, at % 3 === 0 ? LONG : SHORT, {
    rhythm: at % 2 === 0 ? RHYTHM : RHYTHM.slice(0, 5),
    photos: at % 4 === 0 ? photos(day, 40, 2, ['n']) : [],
    attachments: at % 6 === 0 ? [{ name: 'Weekmenu.pdf' }] : [],
    edited: at % 5 === 0,
  });
  const series = card('series', { kind: 'photos' }, at % 3 === 0 ? ['n', 't'] : ['t']);
  series.photos = photos(day, 0, [12, 1, 3, 4, 7, 2][Math.floor(at / 2) % 6] ?? 1, ['n']);
  const cards = [series, report];
  if (at === 4) {
    const own = card('own', { kind: 'journal' }, ['t']);
    own.entry = entry('own', '<p>Ties heeft een nieuwe fiets en wil er alles over vertellen!</p>', {
      author: 'Sanne de Vries',
      authorKind: 'parent',
    });
    cards.push(own, card('trigger', { kind: 'trigger' }, ['n']));
  }
  if (at === 8) cards.push(card('odd', { kind: 'unsupported', wire: 'poll' }, ['n']));
  return cards;
}
