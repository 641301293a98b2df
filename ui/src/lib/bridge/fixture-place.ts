import type { Fact, FactKind } from '$lib/bindings';

const PAGES: [string, string, string][] = [
  ['p1', 'Ziekte en medicijnen', 'Wanneer je kind thuis blijft, en wat je ons meegeeft.'],
  ['p2', 'Wennen', 'Zo verlopen de eerste dagen.'],
];

/** Where the invented children go. */
export function placeFact(kind: FactKind): Fact | null {
  switch (kind.fact) {
    case 'places':
      return {
        fact: 'places',
        is: {
          name: 'Kinderdagverblijf De Hamsters',
          contact: {
            phone: '023 - 555 01 00',
            email: 'info@dehamsters.example',
            website: 'https://dehamsters.example/',
          },
          locations: [
            {
              name: 'De Hamsters, Bosrand',
              street: 'Beukenlaan 12',
              town: '2012 AB  Haarlem',
              contact: {
                phone: '023 - 555 01 34',
                email: 'bosrand@dehamsters.example',
                website: null,
              },
              openingHours: [1, 2, 3, 4, 5].map((weekday) => ({
                weekday,
                opens: '07:30',
                closes: weekday === 5 ? '18:00' : '18:30',
              })),
              note: 'De achterdeur aan het plein is open tot half tien.',
              groups: [
                { name: 'Hamsters verticaal', phone: '06 - 55 50 11 22', children: ['n'] },
                { name: 'BSO Haarlem', phone: null, children: ['t'] },
              ],
            },
          ],
        },
      };
    case 'team':
      return {
        fact: 'team',
        is: [
          ['m1', 'Marieke de Wit', 'Pedagogisch medewerker', 'Hamsters verticaal'],
          ['m2', 'Samira el Amrani', 'Pedagogisch medewerker', 'Hamsters verticaal'],
          ['m3', 'Joost Hendriks', 'Groepsleider', 'BSO Haarlem'],
        ].map(([id = '', name = '', role = '', group = ''], index) => ({
          id,
          name,
          role,
          groups: [group],
          text:
            index === 1
              ? null
              : 'Ik werk hier al twaalf jaar en ben het liefst buiten.\n\nVraag me naar de moestuin!',
          picture: index === 0 ? 'avatar-n' : null,
        })),
      };
    case 'pages':
      return {
        fact: 'pages',
        is: PAGES.map(([id, title, summary]) => ({
          id,
          title,
          summary,
          changedAt: '2026-03-02T09:00:00Z',
        })),
      };
    case 'page': {
      const [, title, summary] = PAGES.find(([id]) => id === kind.id) ?? [];
      if (!title) return null;
      const html = `<p>${summary}</p><p><b>Wat je meegeeft</b></p><ul><li>De verpakking</li><li>Een briefje</li></ul>`;
      return { fact: 'page', is: { title, changedAt: '2026-03-02T09:00:00Z', html, files: [] } };
    }
    case 'newsAbout':
      return { fact: 'newsAbout', is: [{ id: 'n1', files: 1 }] };
    case 'newsFiles':
      return {
        fact: 'newsFiles',
        is: kind.id === 'n1' ? [{ id: 'file-1', name: 'Weekmenu.pdf', bytes: 48_200 }] : [],
      };
    default:
      return null;
  }
}
