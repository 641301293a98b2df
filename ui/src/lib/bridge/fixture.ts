import type {
  AccountId,
  AppError,
  Changed,
  Clearing,
  Dropped,
  OpenWhat,
  Opened,
  SaveJob,
  SaveWhat,
  Settings,
  TimelineCard,
} from '$lib/bindings';
import { agendaDesk } from './fixture-agenda';
import { documentDesk } from './fixture-documents';
import { requestDesk } from './fixture-requests';
import { factDesk } from './fixture-facts';
import { account, cardsOfTwoYears, familyChildren } from './fixture-family';
import { locationDesk } from './fixture-location';
import { lockDesk } from './fixture-lock';
import { exchangesOf, type Exchange } from './fixture-messages';
import { drawPicture } from './fixture-pictures';
import { searchIn } from './fixture-search';
import { cardsElsewhere, childElsewhere, othersOf, togetherDesk } from './fixture-together';
import { writingDesk } from './fixture-writing';
import type { Commands, Transport } from './transport';

/** What a fixture can be told to be, by the address: `?as=signed-out`, `?as=empty`, … */
export type Scene =
  | 'family'
  | 'signed-out'
  | 'no-store'
  | 'closed'
  | 'empty'
  | 'offline'
  | 'expired'
  | 'ended'
  | 'syncing'
  | 'fetching'
  | 'stopped'
  | 'two-accounts'
  | 'three-accounts'
  | 'changed'
  | 'plain'
  | 'outbox'
  | 'waiting'
  | 'metered'
  | 'locked';

const FOLDER = '/home/sanne/Afbeeldingen/Schriftje';

const ok = <T>(data: T) => Promise.resolve({ status: 'ok' as const, data });
const failed = (code: AppError['code'], more: Partial<AppError> = {}) =>
  Promise.resolve({ status: 'error' as const, error: trouble(code, more) });

export function trouble(code: AppError['code'], more: Partial<AppError> = {}): AppError {
  return { code, message: code, retryable: true, portalSays: null, blockedUntil: null, ...more };
}

/** A host that can be told what happens. */
export interface Fixture extends Transport {
  change(changed: Changed): void;
  opened(what: OpenWhat): void;
  dropped(dropped: Dropped): void;
}

/** An invented family, for looking at the interface without a portal. Never part of what ships. */
export function fixture(scene?: Scene): Fixture {
  const as = scene ?? ((new URLSearchParams(location.search).get('as') as Scene) || 'family');
  const heard = new Set<(changed: Changed) => void>();
  const change = (changed: Changed) => heard.forEach((listener) => listener(changed));
  const heardOpened = new Set<(opened: Opened) => void>();
  const heardDropped = new Set<(dropped: Dropped) => void>();

  let signedIn = as !== 'signed-out' && as !== 'no-store';
  let opens = as !== 'closed';
  let settings: Settings = {
    language: null,
    folder: null,
    theme: 'system',
    textSize: 100,
    contrast: false,
    offlineGigabytes: 5,
    allOnMetered: false,
    lockAfter: 5,
    fingerprint: false,
    autostart: false,
    trayExplained: false,
    notifications: {
      photos: true,
      diary: true,
      messages: true,
      requests: true,
      consents: true,
      observations: true,
      news: true,
      newsletters: true,
      private: false,
      sound: true,
      quiet: false,
      quietFrom: 20 * 60,
      quietUntil: 7 * 60,
    },
  };
  let inUse = 'a';
  const children = as === 'empty' ? familyChildren().slice(0, 1) : familyChildren();
  const cards: TimelineCard[] = as === 'empty' ? [] : cardsOfTwoYears(new Date());
  const exchanges: Exchange[] = as === 'empty' ? [] : exchangesOf(new Date());
  const desk = writingDesk({
    offline: as === 'offline',
    plain: as === 'plain',
    filled: as === 'outbox',
    exchanges,
    cards,
    change: (tags) => change({ tags }),
  });
  const planning = agendaDesk({
    now: new Date(),
    offline: as === 'offline',
    plain: as === 'plain',
    empty: as === 'empty',
    waiting: as === 'waiting',
    put: desk.take,
    outbox: desk.written,
    change: (tags) => change({ tags }),
  });
  const { unreadBulletins, ...bulletins } = locationDesk({
    now: new Date(),
    offline: as === 'offline',
    empty: as === 'empty',
    change: (tags) => change({ tags }),
  });
  const facts = factDesk({
    plain: as === 'plain',
    offline: as === 'offline',
    empty: as === 'empty',
    trouble: trouble('offline'),
  });
  let jobs: SaveJob[] = [];
  const photos = cards.flatMap((card) => [...card.photos, ...(card.entry?.photos ?? [])]);

  const mine = () => ({
    ...account,
    session:
      as === 'expired'
        ? ('expired' as const)
        : as === 'ended'
          ? ('ended' as const)
          : account.session,
    untilClosed: as === 'no-store',
  });
  const accounts = () => (signedIn ? [mine(), ...othersOf(as)] : []);
  const there = othersOf(as).length > 0 ? cardsElsewhere(new Date()) : [];
  const cardsInUse = () => (inUse === 'b' ? there : inUse === 'a' ? cards : []);
  const freshAt = () =>
    new Date(Date.now() - (as === 'offline' ? 20 * 3600_000 : 120_000)).toISOString();
  let clearing: Clearing | null = null;
  let stopClearing = () => {};
  const status = () => ({
    phase:
      as === 'syncing'
        ? ('backfill' as const)
        : as === 'fetching'
          ? ('media' as const)
          : ('idle' as const),
    freshAt: freshAt(),
    messagesFreshAt: freshAt(),
    messagesComplete: as !== 'metered',
    messagesTrouble: null,
    trouble:
      as === 'offline' ? trouble('offline') : as === 'changed' ? trouble('portalChanged') : null,
    complete: as !== 'syncing' && as !== 'stopped' && as !== 'metered',
    cards: cards.length,
    photos: photos.length,
    thumbs: as === 'syncing' || as === 'fetching' ? 312 : photos.length,
    oldest: cards.at(-1)?.day ?? null,
    seconds: 42,
    secondsLeft: as === 'fetching' ? 170 : null,
    stopped: as === 'stopped',
    heldBack: as === 'metered' && !settings.allOnMetered,
    clearing,
  });

  let lastJob = 0;
  function save(of: AccountId, what: SaveWhat, folder: string | null) {
    const papers = ['documents', 'allDocuments', 'attached'].includes(what.what);
    const total =
      what.what === 'photos' || what.what === 'documents'
        ? what.ids.length
        : what.what === 'attached'
          ? 1
          : what.what === 'card'
            ? 6
            : papers
              ? 18
              : 64;
    const job: SaveJob = {
      id: ++lastJob,
      account: of,
      about: papers ? 'documents' : 'photos',
      state: 'running',
      folder: folder ?? `${settings.folder ?? FOLDER}${papers ? '/Documenten' : ''}`,
      total,
      saved: 0,
      reduced: 0,
      already: what.what === 'range' ? 12 : 0,
      refused: [],
      failed: 0,
      bytes: 0,
      trouble: null,
    };
    jobs = [...jobs, job];
    run(job);
    return ok(job);
  }

  function run(job: SaveJob) {
    const step = () => {
      const current = jobs.find(({ id }) => id === job.id);
      if (!current || current.state !== 'running') return;
      const left = current.total - current.saved - current.already;
      const next = { ...current, saved: current.saved + Math.min(left, 3) };
      if (left <= 3) next.state = 'done';
      jobs = jobs.map((other) => (other.id === job.id ? next : other));
      change({ tags: ['saves'] });
      if (next.state === 'running') setTimeout(step, 250);
    };
    setTimeout(step, 250);
  }

  async function thread(id: string, why: AppError | null = null) {
    const found = exchanges.find(({ conversation }) => conversation.id === id);
    if (!found) return failed('notFound');
    const outbox = await desk.commands.outbox();
    const writes = outbox.status === 'ok' ? outbox.data : [];
    return ok({
      conversation: found.conversation,
      messages: found.messages,
      writes: writes.filter(({ what }) => what.what === 'reply' && what.conversation === id),
      trouble: why,
    });
  }

  const locking = lockDesk(as === 'locked');

  const commands: Commands = {
    ...locking,
    forgetPin: () => {
      signedIn = false;
      return locking.forgetPin();
    },
    overview: () => {
      if (!opens) return failed('noCredentialStore');
      return ok({
        account: accounts().find(({ id }) => id === inUse) ?? null,
        accounts: accounts(),
        settings,
        credentialStore: as === 'no-store' ? ('missing' as const) : ('available' as const),
        defaultFolder: settings.folder ?? FOLDER,
        metered: as === 'metered' ? ('yes' as const) : ('unknown' as const),
        version: '0.1.0',
      });
    },
    portalLinks: (portal) =>
      portal.includes('.')
        ? ok({
            portal: `https://${portal}`,
            signInPage: `https://${portal}/auth/login`,
            privacy: 'https://example.org/privacy',
            disclosure: 'https://example.org/disclosure',
          })
        : failed('addressInvalid'),
    signIn: (form) => {
      if (form.password === 'fout') return failed('wrongPassword');
      if (form.password === 'vaak')
        return failed('lockedOut', { blockedUntil: new Date(Date.now() + 600_000).toISOString() });
      signedIn = true;
      opens = true;
      return ok(mine());
    },
    signOut: (account) => {
      signedIn = false;
      jobs = jobs.filter((job) => job.account !== account);
      return ok(null);
    },
    signOutAll: () => {
      signedIn = false;
      opens = true;
      return ok(null);
    },
    switchAccount: (account) => {
      inUse = account;
      return ok(null);
    },
    children: () =>
      ok(
        (inUse === 'b' ? [childElsewhere] : children).map((child) => ({
          child,
          cards: cardsInUse().filter((card) => card.children.some(({ id }) => id === child.id))
            .length,
        })),
      ),
    timeline: (query) => {
      const wanted = query.children ?? [];
      const some = cardsInUse().filter(
        (card) => wanted.length === 0 || card.children.some(({ id }) => wanted.includes(id)),
      );
      const from = query.after ? Number(query.after) : 0;
      const until = from + (query.limit ?? 50);
      return ok({
        cards: some.slice(from, until),
        next: until < some.length ? String(until) : null,
      });
    },
    sawCards: () => ok(null),
    card: (id) => {
      const card = cardsInUse().find((known) => known.id === id);
      return card ? ok(card) : failed('notFound');
    },
    syncStatus: () => ok(status()),
    syncNow: async () => {
      await new Promise((done) => setTimeout(done, 600));
      return as === 'offline' ? failed('offline') : ok(status());
    },
    stopClearing: () => {
      stopClearing();
      return ok(null);
    },
    syncStop: () => ok(null),
    save: (what, folder) => save(inUse, what, folder),
    saveFor: save,
    saves: () => ok(jobs),
    cancelSave: (id) => {
      jobs = jobs.map((job) => (job.id === id ? { ...job, state: 'cancelled' as const } : job));
      const job = jobs.find((other) => other.id === id);
      return job ? ok(job) : failed('notFound');
    },
    dismissSave: (id) => {
      jobs = jobs.filter((job) => job.id !== id);
      return ok(null);
    },
    ...desk.commands,
    ...bulletins,
    ...facts,
    unread: async () => {
      const counted = await desk.commands.unread();
      return counted.status === 'ok' ? ok({ ...counted.data, ...unreadBulletins() }) : counted;
    },
    ...togetherDesk({
      scene: as,
      now: new Date(),
      accounts,
      inUse: () => inUse,
      unread: () => commands.unread(),
      cards,
      trouble,
    }),
    ...planning,
    ...documentDesk({
      now: new Date(),
      offline: as === 'offline',
      empty: as === 'empty',
      change: (tags) => change({ tags }),
    }),
    ...requestDesk({
      offline: as === 'offline',
      planning,
      put: desk.take,
      drop: (id) => void desk.commands.withdrawWrite(id),
      outbox: desk.written,
      change: (tags) => change({ tags }),
    }),
    conversations: (after, limit) => {
      const from = after ? Number(after) : 0;
      const until = from + limit;
      return ok({
        conversations: exchanges.slice(from, until).map(({ conversation }) => conversation),
        next: until < exchanges.length ? String(until) : null,
      });
    },
    sawConversations: () => ok(null),
    conversation: (id) => thread(id),
    openConversation: async (id) => {
      await new Promise((done) => setTimeout(done, 300));
      if (as === 'offline') return thread(id, trouble('offline'));
      const found = exchanges.find(({ conversation }) => conversation.id === id);
      if (found?.conversation.unread) {
        found.conversation = { ...found.conversation, unread: false };
        change({ tags: ['messages'] });
      }
      return thread(id);
    },
    refreshConversations: () => (as === 'offline' ? failed('offline') : ok(null)),
    search: (query) => ok(searchIn(cards, exchanges, query)),
    takeOpened: () => ok(null),
    storageUse: () =>
      ok({
        texts: 3_400_000,
        media: 1_260_000_000,
        offline: 1_180_000_000,
        others: as === 'two-accounts' ? 640_000_000 : 0,
        cards: cards.length,
        photos: photos.length,
        mediums: photos.length,
        documents: 2,
      }),
    clearCache: async () => {
      if (as === 'offline') return failed('offline');
      clearing = { seen: 120, of: 312 };
      change({ tags: ['sync'] });
      const stopped = await new Promise<boolean>((done) => {
        stopClearing = () => done(true);
        setTimeout(() => done(false), 2000);
      });
      clearing = null;
      change({ tags: ['sync'] });
      return stopped ? failed('cancelled') : ok(status());
    },
    setSettings: (wanted) => {
      settings = wanted;
      return ok(settings);
    },
    diagnostics: () => ok('schriftje 0.1.0\nportal: plain\ncards: 312'),
    saveDiagnostics: () => ok('/home/sanne/Documenten/schriftje-gegevens-voor-hulp.txt'),
    pickFolder: () => ok('/media/usb/Foto’s'),
    openFolder: () => ok(null),
    openLink: () => ok(null),
    copyImage: () => ok(null),
    copyText: () => ok(null),
    startDrag: () => ok(true),
    letGoOfDrag: () => ok(null),
    resolveLanguage: () =>
      ok(new URLSearchParams(location.search).get('language') === 'en' ? 'en' : 'nl'),
    quit: () => ok(null),
    suggestedPortal: () => ok(null),
    benchMark: () => ok(null),
  };

  return {
    commands,
    addFile: desk.addFile,
    desktop: true,
    onChanged(listener) {
      heard.add(listener);
      return () => heard.delete(listener);
    },
    onOpened(listener) {
      heardOpened.add(listener);
      return () => heardOpened.delete(listener);
    },
    onDropped(listener) {
      heardDropped.add(listener);
      return () => heardDropped.delete(listener);
    },
    mediaUrl: (_, size, id) => drawPicture(id, size),
    change,
    opened: (what) => heardOpened.forEach((listener) => listener({ what })),
    dropped: (dropped) => heardDropped.forEach((listener) => listener(dropped)),
  };
}
