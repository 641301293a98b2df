import type {
  AppError,
  Article,
  ArticlePart,
  Newsletter,
  Tag,
  WholeArticle,
  WholeNewsletter,
} from '$lib/bindings';
import { failed } from './fixture-failed';
import type { Commands } from './transport';

const DAY = 24 * 3600_000;

const OFFLINE: AppError = {
  code: 'offline',
  message: 'offline',
  retryable: true,
  portalSays: null,
  blockedUntil: null,
};

const ok = <T>(data: T) => Promise.resolve({ status: 'ok' as const, data });

const NEWS: [string, string, string][] = [
  [
    'Herfstwandeling',
    'Zaterdag lopen we met alle gezinnen door het Bosrandbos.',
    'We verzamelen om tien uur bij de kastanje. Laarzen aan, tasje mee voor alles wat er te vinden is.',
  ],
  [
    'Even voorstellen: onze nieuwe kok',
    'Vanaf deze maand koken we elke dag vers op de locatie.',
    'Op het prikbord hangt het weekmenu. Heeft je kind een allergie? Geef het dan nog eens door aan de groep.',
  ],
  [
    'Op blote voeten',
    'Nu het warm is spelen we de hele dag buiten, met water en schaduw.',
    'Wil je een zonnehoed en reservekleren meegeven? Wij zorgen voor zonnebrand.',
  ],
  [
    'Zomerrooster',
    'In de zomervakantie voegen we op rustige dagen groepen samen.',
    'Je kind blijft zo veel mogelijk bij de eigen vaste gezichten.',
  ],
  [
    'De moestuin gaat open',
    'Schoffels, gieters en heel veel laarzen: de moestuin is klaar voor het voorjaar.',
    'Elke groep heeft een eigen bak. Zaadjes van thuis zijn welkom.',
  ],
];

const LETTERS: [string, string][] = [
  ['Samen aan tafel', 'Wat we eten, en waarom we er de tijd voor nemen.'],
  ['Spelen met niks', 'Waarom een kartonnen doos het beste speelgoed is.'],
  ['Buiten is binnen', 'Van de modderkeuken tot het slaaphuisje in de tuin.'],
  ['Voorlezen, voorlezen, voorlezen', 'De lievelingsboeken van onze groepen op een rij.'],
];

/** A newsletter as it comes out of the cleaning. */
const letterOf = (subject: string, lead: string) => `
<div data-style="background-color:#f4f1e8;margin:0;padding:16px">
<table width="600" align="center" cellpadding="0" cellspacing="0" data-style="background-color:#ffffff;width:600px;max-width:100%"><tbody>
<tr><td data-style="padding:24px;background-color:#2f6f4f;color:#ffffff;text-align:center"><h1 data-style="margin:0;font-size:28px;font-family:Georgia,serif">${subject}</h1></td></tr>
<tr><td data-style="padding:0"><img alt="Kinderen in de tuin" width="600" height="300" data-picture="00000000000000a1"></td></tr>
<tr><td data-style="padding:24px;font-family:Arial,sans-serif;font-size:16px;line-height:1.6"><p data-style="margin:0 0 16px">Beste ouders,</p><p data-style="margin:0 0 16px">${lead}</p>
<table cellpadding="0" cellspacing="0" width="100%"><tbody><tr><td width="50%" valign="top" data-style="padding:12px;background-color:#eaf3ee"><h2 data-style="margin:0 0 8px">Ochtend</h2>Fruit aan de lange tafel, en daarna naar buiten.</td><td width="50%" valign="top" data-style="padding:12px;background-color:#fbf1dd"><h2 data-style="margin:0 0 8px">Middag</h2>Een warme maaltijd, en rust voor wie dat wil.</td></tr></tbody></table>
<p data-style="margin:16px 0">Lees meer op <a href="https://www.kdv-debosrand.example/tafel" rel="noopener noreferrer">onze website</a>.</p><p data-style="margin:0">Het team van De Bosrand</p></td></tr>
</tbody></table></div>`;

type LocationCommands = Pick<
  Commands,
  | 'location'
  | 'refreshLocation'
  | 'articles'
  | 'article'
  | 'openArticle'
  | 'newsletters'
  | 'newsletter'
  | 'openNewsletter'
  | 'showNewsletterPictures'
>;

/** What the invented organisation sends to all parents. */
export function locationDesk(how: {
  now: Date;
  offline: boolean;
  empty: boolean;
  change: (tags: Tag[]) => void;
}): LocationCommands & { unreadBulletins: () => { news: number; newsletters: number } } {
  const ago = (days: number) => new Date(how.now.getTime() - days * DAY).toISOString();
  const repeated = how.empty ? [] : [...NEWS, ...NEWS, ...NEWS, ...NEWS, ...NEWS, ...NEWS, ...NEWS];
  let news: Article[] = repeated.map(([title, snippet], index) => ({
    id: `n${index}`,
    title,
    snippet,
    published: ago(3 + index * 24),
    unread: index < 2,
    // The newest was not opened yet: without a network it is not there.
    readHere: index > 0,
  }));
  let letters: Newsletter[] = (how.empty ? [] : LETTERS).map(([subject, snippet], index) => ({
    id: `l${index}`,
    subject,
    snippet,
    sent: ago(9 + index * 60),
    unread: index === 0,
    readHere: !how.offline || index > 0,
  }));
  const asked = new Set<string>();

  function wholeArticle(id: string, why: AppError | null): Promise<Answer<WholeArticle>> {
    const article = news.find((one) => one.id === id);
    if (!article) return failed('notFound');
    const index = Number(id.slice(1));
    const [, snippet = '', rest = ''] = NEWS[index % NEWS.length] ?? [];
    const parts: ArticlePart[] = [
      { what: 'text', html: `<p>${snippet}</p><p>${rest}</p>` },
      {
        what: 'picture',
        photo: {
          id: `news-${index}`,
          day: article.published.slice(0, 10),
          kind: 'photo',
          caption: null,
          machineDescription: null,
          ownChildren: [],
          cached: 'nothing',
          saveable: { answer: 'yes' },
        },
      },
      { what: 'text', html: '<p>Tot dan!</p>' },
    ];
    return ok({
      article,
      parts: article.readHere ? parts : [],
      hasVideo: index === 2,
      trouble: why,
    });
  }

  function wholeLetter(id: string, why: AppError | null): Promise<Answer<WholeNewsletter>> {
    const newsletter = letters.find((one) => one.id === id);
    if (!newsletter) return failed('notFound');
    return ok({
      newsletter,
      html: newsletter.readHere ? letterOf(newsletter.subject, newsletter.snippet) : null,
      pictures: 1,
      picturesAsked: asked.has(id),
      trouble: why,
    });
  }

  const page = <T>(all: T[], after: string | null, limit: number) => {
    const from = Number(after ?? 0);
    const until = from + limit;
    return { some: all.slice(from, until), next: until < all.length ? String(until) : null };
  };
  const pause = () => new Promise((done) => setTimeout(done, 300));

  return {
    unreadBulletins: () => ({
      news: news.filter(({ unread }) => unread).length,
      newsletters: letters.filter(({ unread }) => unread).length,
    }),
    location: () =>
      ok({
        articles: news.slice(0, 3),
        moreArticles: news.length > 3,
        newsletters: letters.slice(0, 3),
        moreNewsletters: letters.length > 3,
        freshAt: ago(how.offline ? 1 : 0),
        trouble: how.offline ? OFFLINE : null,
      }),
    refreshLocation: async () => {
      await pause();
      return how.offline ? failed('offline') : ok(null);
    },
    articles: (after, limit) => {
      const { some, next } = page(news, after, limit);
      return ok({ articles: some, next });
    },
    article: (id) => wholeArticle(id, null),
    openArticle: async (id) => {
      await pause();
      if (how.offline) return wholeArticle(id, OFFLINE);
      news = news.map((one) => (one.id === id ? { ...one, unread: false, readHere: true } : one));
      how.change(['location']);
      return wholeArticle(id, null);
    },
    newsletters: (after, limit) => {
      const { some, next } = page(letters, after, limit);
      return ok({ newsletters: some, next });
    },
    newsletter: (id) => wholeLetter(id, null),
    openNewsletter: async (id) => {
      await pause();
      if (how.offline) return wholeLetter(id, OFFLINE);
      letters = letters.map((one) => (one.id === id ? { ...one, unread: false } : one));
      how.change(['location']);
      return wholeLetter(id, null);
    },
    showNewsletterPictures: (id) => {
      asked.add(id);
      return wholeLetter(id, null);
    },
  };
}

type Answer<T> = { status: 'ok'; data: T } | { status: 'error'; error: AppError };
