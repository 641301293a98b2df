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
  asks: null,
  changeable: true,
  reason: null,
  history: [
    { answer: 'given', at, by: 'Sanne de Vries', words: null },
    { answer: 'refused', at: '2025-08-12T09:00:00Z', by: 'Bram de Vries', words: null },
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
  consent('c4', 't', {
    declaration: true,
    title: 'Huisarts',
    text: 'Je verklaart dat we deze huisarts mogen bellen.',
    asks: 'Bij welke huisarts hoort Ties?',
    history: [
      { answer: 'given', at, by: 'Sanne de Vries', words: 'Huisarts Vermeer, 023 555 01 41' },
    ],
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
    default:
      return null;
  }
}
