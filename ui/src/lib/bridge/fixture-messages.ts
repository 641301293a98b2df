import type { Conversation, Message, Photo } from '$lib/bindings';

/** A conversation with everything in it, as the invented portal has it. */
export interface Exchange {
  conversation: Conversation;
  messages: Message[];
}

interface Told {
  id: string;
  subject: string;
  children: ('n' | 't')[];
  group?: string;
  unread?: boolean;
  closed?: boolean;
  /** Hours ago, author, text; the author "ik" is this parent. */
  said: [hours: number, author: string, text: string, more?: Partial<Message>][];
}

const ME = 'Sanne de Vries';
const NAMES = { n: 'Noortje', t: 'Ties' };

const photo = (id: string, caption: string | null): Photo => ({
  id: `message-${id}`,
  day: '2026-11-24',
  kind: 'photo',
  caption,
  machineDescription: null,
  ownChildren: ['n'],
  cached: 'medium',
  saveable: { answer: 'yes' },
});

const TOLD: Told[] = [
  {
    id: 'c-zwem',
    subject: 'Zwemspullen mee op vrijdag',
    children: ['n'],
    group: 'Hamsters verticaal',
    unread: true,
    said: [
      [
        3,
        'Marieke Jansen',
        'Beste ouders,\n\nVrijdag gaan we met de groep naar het pierenbadje, als het weer meewerkt. Wil je zwemkleding en een handdoek meegeven? Graag met naam erin.\n\nGroetjes van de Hamsters',
        { attachments: [{ name: 'Uitje pierenbad – praktische informatie.pdf' }] },
      ],
    ],
  },
  {
    id: 'c-slapen',
    subject: 'Slaapje overdag',
    children: ['n'],
    group: 'Hamsters verticaal',
    unread: true,
    said: [
      [
        51,
        'ik',
        'Goedemorgen!\n\nNoortje slaapt thuis ’s middags bijna niet meer. Hoe gaat dat bij jullie? We denken erover het middagslaapje over te slaan.',
      ],
      [
        49,
        'Marieke Jansen',
        'Hoi Sanne, wat fijn dat je het vraagt. Bij ons slaapt ze nog steeds zo’n drie kwartier, vooral na een drukke ochtend buiten. Zullen we haar voortaan wat eerder wakker maken?',
      ],
      [28, 'ik', 'Graag! Uiterlijk half drie zou heel fijn zijn.'],
      [
        5,
        'Fatima El Amrani',
        'Gedaan: vandaag was ze om kwart over twee wakker en vrolijk. Kijk maar 😊',
        { photos: [photo('1', 'Net wakker'), photo('2', 'Meteen weer aan het bouwen')] },
      ],
    ],
  },
  {
    id: 'c-fiets',
    subject: 'Ties komt op de fiets',
    children: ['t'],
    group: 'BSO Haarlem',
    said: [
      [76, 'Joris', 'Mag Ties vanaf maandag zelf van school naar de BSO fietsen?'],
      [74, 'ik', 'Ja hoor, we hebben de route samen geoefend. Hij belt als er iets is.'],
    ],
  },
  {
    id: 'c-foto',
    subject: 'Schoolfotograaf komt langs: allebei tegelijk op de foto?',
    children: ['n', 't'],
    said: [[170, 'Kantoor De Hamsters', 'Wil je een broer-en-zusfoto? Laat het ons weten.']],
  },
  {
    id: 'c-luizen',
    subject: 'Luizencontrole',
    children: ['t'],
    group: 'BSO Haarlem',
    closed: true,
    said: [
      [420, 'Joris', 'Er zijn luizen gevonden op de groep. Wil je Ties vanavond nakijken?'],
      [415, 'ik', 'Gedaan, niets gevonden!'],
      [414, 'Joris', 'Top, dank je wel. Ik sluit dit gesprek.'],
    ],
  },
  {
    id: 'c-geen',
    subject: '',
    children: [],
    said: [[800, 'Marieke Jansen', 'Het mutsje met de beertjes ligt nog bij ons in de la.']],
  },
];

const paragraphs = (text: string) =>
  text
    .split('\n\n')
    .map((part) => `<p>${part.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`)
    .join('');

/** A message that this parent, or somebody of the group, wrote. */
export function message(
  id: string,
  author: string,
  at: string,
  text: string,
  more: Partial<Message> = {},
): Message {
  return {
    id,
    author: author === 'ik' ? ME : author,
    own: author === 'ik',
    at,
    childName: null,
    html: paragraphs(text),
    text,
    photos: [],
    attachments: [],
    ...more,
  };
}

function exchange(
  { id, subject, children, group, unread, closed, said }: Told,
  now: Date,
): Exchange {
  const when = (hours: number) => new Date(now.getTime() - hours * 3600_000).toISOString();
  const childNames = children.map((child) => NAMES[child]);
  const messages = said.map(([hours, author, text, more], at) =>
    message(`${id}-${at}`, author, when(hours), text, {
      childName: childNames.length === 1 ? (childNames[0] ?? null) : null,
      ...more,
    }),
  );
  const last = messages.at(-1);
  return {
    messages,
    conversation: {
      id,
      subject,
      snippet: (last?.text ?? '').replace(/\s+/g, ' ').slice(0, 120),
      beganAt: messages[0]?.at ?? null,
      lastWritten: last?.at ?? when(0),
      unread: unread ?? false,
      lastFromParent: last?.own ?? false,
      lastAuthor: last?.author ?? null,
      childNames,
      children,
      group: group ?? null,
      closed: closed ?? false,
      readHere: true,
    },
  };
}

/** A few conversations to look at, and enough older ones to scroll. */
export function exchangesOf(now: Date): Exchange[] {
  const older = Array.from({ length: 70 }, (_, at): Told => ({
    id: `c-old-${at}`,
    subject: ['Studiedag', 'Reservekleding', 'Ouderavond', 'Wie haalt op?'][at % 4] ?? '',
    children: at % 3 === 0 ? ['t'] : ['n'],
    said: [[900 + at * 130, 'Marieke Jansen', `Een bericht van een tijdje terug (${at + 1}).`]],
  }));
  return [...TOLD, ...older].map((told) => exchange(told, now));
}
