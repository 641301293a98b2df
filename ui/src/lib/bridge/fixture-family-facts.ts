import type { Consent, Fact, FactKind } from '$lib/bindings';

const at = '2026-03-02T09:00:00Z';

const consent = (id: string, child: string, more: Partial<Consent>): Consent => ({
  id,
  child,
  declaration: false,
  title: 'Foto’s in het schriftje',
  text: 'Medewerkers delen foto’s waarop je kind staat met de ouders van de groep.\n\nJe kunt dit altijd weer intrekken.',
  answer: 'given',
  askedAt: null,
  askedDay: null,
  open: false,
  changeable: true,
  reason: null,
  history: [
    { answer: 'given', at, by: 'Sanne de Vries' },
    { answer: 'refused', at: '2025-08-12T09:00:00Z', by: 'Bram de Vries' },
  ],
  etag: `"${id}"`,
  ...more,
});

const CONSENTS: Consent[] = [
  consent('c1', 'n', {}),
  consent('c2', 'n', {
    title: 'Uitstapje naar de kinderboerderij',
    answer: null,
    askedAt: at,
    askedDay: '2026-03-02',
    open: true,
    history: [],
  }),
  consent('c3', 't', {
    declaration: true,
    title: 'Mijn kind mag alleen naar huis',
    changeable: false,
    reason: 'Vraag dit aan de groep.',
  }),
];

/** What the invented organisation knows of the family. */
export function familyFact(kind: FactKind): Fact | null {
  switch (kind.fact) {
    case 'ownDetails':
      return {
        fact: 'ownDetails',
        is: {
          username: 'sanne@example.org',
          fields: (
            [
              ['name', 'Sanne de Vries', false],
              ['email', 'sanne@example.org', true],
              ['phone', '06 - 55 50 10 10', true],
              ['street', 'Lindenstraat 4', true],
              ['postalCode', '2013 CD', true],
              ['city', 'Haarlem', true],
            ] as const
          ).map(([field, value, changeable]) => ({ field, value, changeable })),
          leastCharacters: 10,
          passwordRules: ['Minstens 10 tekens', 'Niet je gebruikersnaam'],
          etag: '"own-1"',
        },
      };
    case 'children':
      return {
        fact: 'children',
        is: [
          {
            id: 'n',
            name: 'Noortje de Vries',
            dateOfBirth: '2024-02-11',
            group: 'Hamsters verticaal',
            mentor: 'Marieke de Wit',
            placements: [
              {
                name: 'Dagopvang',
                group: 'Hamsters verticaal',
                location: 'De Hamsters, Bosrand',
                weekdays: [1, 2, 4],
                from: '2024-06-01',
                until: null,
              },
            ],
            allergies: ['Pinda’s: ook geen sporen'],
            notes: ['Slaapt met een blauw doekje'],
          },
          {
            id: 't',
            name: 'Ties de Vries',
            dateOfBirth: '2019-05-30',
            group: 'BSO Haarlem',
            mentor: null,
            placements: [],
            allergies: [],
            notes: [],
          },
        ],
      };
    case 'consents':
      return { fact: 'consents', is: CONSENTS };
    case 'notices':
      return {
        fact: 'notices',
        is: {
          email: 'sanne@example.org',
          items: [
            { id: 'photos', name: 'Foto’s', email: false, push: true },
            { id: 'messages', name: 'Berichten', email: true, push: true },
            { id: 'newsletters', name: 'Nieuwsbrieven', email: true, push: null },
            { id: 'lost', name: 'Gevonden voorwerpen', email: null, push: false },
          ],
          etag: '"notices-1"',
        },
      };
    case 'observations':
      return { fact: 'observations', is: [HEAD] };
    case 'observation':
      return kind.id === HEAD.id ? { fact: 'observation', is: { head: HEAD, sections } } : null;
    default:
      return null;
  }
}

const HEAD = {
  id: 'o1',
  child: 'n',
  title: 'Welbevinden en betrokkenheid',
  day: '2026-02-20',
  by: 'Marieke de Wit',
};

const sections = [
  {
    title: 'Welbevinden',
    text: 'Zo gaat het met Noortje op de groep.',
    questions: [
      {
        question: 'Voelt Noortje zich thuis op de groep?',
        answer: {
          kind: 'scale' as const,
          value: 4,
          from: 1,
          to: 5,
          fromLabel: 'nog niet',
          toLabel: 'helemaal',
        },
        remark: 'Ze loopt ’s ochtends zelf naar binnen.',
      },
      {
        question: 'Waar speelt ze het liefst?',
        answer: {
          kind: 'choice' as const,
          chosen: ['de zandbak'],
          options: ['de bouwhoek', 'de zandbak', 'de poppenhoek'],
        },
        remark: null,
      },
      { question: 'Eet ze goed?', answer: { kind: 'open' as const }, remark: null },
      {
        question: 'Hoeveel sterren?',
        answer: { kind: 'unknown' as const, text: 'Drie van de vijf sterren' },
        remark: null,
      },
      {
        question: 'Wat valt op?',
        answer: { kind: 'text' as const, text: 'Ze troost andere kinderen.' },
        remark: null,
      },
    ],
  },
];
