import type {
  Added,
  AppError,
  Draft,
  DraftPlace,
  DraftWithFiles,
  OutFile,
  Tag,
  TimelineCard,
  Write,
  WriteState,
  WriteWhat,
  Writing,
} from '$lib/bindings';
import { familyChildren } from './fixture-family';
import { message, type Exchange } from './fixture-messages';
import type { Commands, Transport } from './transport';

interface WritingDesk {
  commands: WritingCommands;
  addFile: Transport['addFile'];
  /** Puts what was written elsewhere into the send queue. */
  take(write: Write): void;
  /** Everything that was written and does not stand in what is read. */
  written(): Write[];
}

type WritingCommands = Pick<
  Commands,
  | 'unread'
  | 'writing'
  | 'draft'
  | 'saveDraft'
  | 'discardDraft'
  | 'removeFile'
  | 'sendDraft'
  | 'outbox'
  | 'withdrawWrite'
  | 'editWrite'
  | 'retryWrite'
  | 'decideWrite'
  | 'unsent'
  | 'pickPictures'
  | 'addDropped'
  | 'stopAdding'
>;

interface Desk {
  /** Everything waits: nothing goes out. */
  offline: boolean;
  /** The portal takes nothing from this app. */
  plain: boolean;
  /** Begin with something in every state. */
  filled: boolean;
  exchanges: Exchange[];
  cards: TimelineCard[];
  change(tags: Tag[]): void;
}

const STEP_MS = 350;
const ok = <T>(data: T) => Promise.resolve({ status: 'ok' as const, data });
const failed = (code: AppError['code']) =>
  Promise.resolve({
    status: 'error' as const,
    error: { code, message: code, retryable: true, portalSays: null, blockedUntil: null },
  });

const file = (id: string, more: Partial<OutFile> = {}): OutFile => ({
  id,
  name: `IMG_${id.replace(/\D/g, '').padStart(4, '0')}.jpg`,
  mime: 'image/jpeg',
  kind: 'photo',
  bytes: 1_840_000,
  sent: 0,
  ...more,
});

function write(id: string, what: WriteWhat, state: WriteState, more: Partial<Write> = {}): Write {
  return {
    id,
    what,
    state,
    reason: null,
    reasonCode: null,
    attempts: 0,
    writtenAt: new Date(Date.now() - 40 * 60_000).toISOString(),
    sentAt: null,
    remote: null,
    files: [],
    ...more,
  };
}

const today = () => new Date().toISOString().slice(0, 10);

const FILLED = (): Write[] => [
  write(
    'w1',
    { what: 'reply', conversation: 'c-fiets', text: 'Maandag brengt opa hem nog een keertje.' },
    'queued',
  ),
  write(
    'w2',
    {
      what: 'diary',
      children: ['n', 't'],
      day: today(),
      text: 'Samen pannenkoeken gebakken. Noortje roerde, Ties bakte. Er ging er maar één mis!',
    },
    'queued',
    {
      files: [
        file('f-1', { sent: 1_840_000 }),
        file('f-2', { sent: 700_000 }),
        file('f-3', { kind: 'video', mime: 'video/mp4', bytes: 24_000_000 }),
      ],
    },
  ),
  write(
    'w3',
    {
      what: 'message',
      child: 't',
      group: null,
      subject: 'Ophalen door oma',
      text: 'Woensdag haalt oma Ties op. Ze neemt haar legitimatie mee.',
    },
    'refused',
    { reason: 'De groep van dit kind neemt op dit moment geen berichten aan.' },
  ),
  write(
    'w4',
    {
      what: 'reply',
      conversation: 'c-slapen',
      text: 'Wat een heerlijke foto’s, dank jullie wel!',
    },
    'unconfirmed',
  ),
];

/** Everything a parent writes, at an invented portal that takes it. */
export function writingDesk(desk: Desk): WritingDesk {
  const limits: Writing = {
    messages: !desk.plain,
    diary: !desk.plain,
    photos: !desk.plain,
    videos: !desk.plain,
    subjectCharacters: 120,
    textCharacters: 10_000,
    files: 20,
    fileBytes: 104_857_600,
    webPortal: 'https://dehamsters.ouderportaal.nl/parent/',
  };
  const drafts = new Map<string, DraftWithFiles>();
  let queue: Write[] = desk.filled ? FILLED() : [];
  let number = 100;

  const at = (place: DraftPlace): DraftWithFiles =>
    drafts.get(JSON.stringify(place)) ?? {
      draft: {
        place,
        children: [],
        group: null,
        subject: '',
        text: '',
        day: null,
        keepPlace: false,
      },
      files: [],
    };
  const keep = (kept: DraftWithFiles) => drafts.set(JSON.stringify(kept.draft.place), kept);
  const add = (place: DraftPlace, files: OutFile[]): Added => {
    const kept = at(place);
    const all = [...kept.files, ...files];
    keep({ ...kept, files: all.slice(0, limits.files) });
    return {
      files: all.slice(0, limits.files),
      rejected: all.slice(limits.files).map(({ name }) => ({ name, why: 'tooMany' as const })),
    };
  };
  const put = (id: string, more: Partial<Write>) => {
    queue = queue.map((one) => (one.id === id ? { ...one, ...more } : one));
    desk.change(['outbox']);
    return queue.find((one) => one.id === id);
  };

  // The portal takes a file at a time, then the words; a little later they stand in what is read.
  function send(id: string) {
    if (desk.offline) return;
    const step = () => {
      const now = queue.find((one) => one.id === id);
      if (!now || (now.state !== 'queued' && now.state !== 'sending')) return;
      const next = now.files.find(({ sent, bytes }) => sent < bytes);
      if (next) {
        const sent = Math.min(next.bytes, next.sent + next.bytes / 3);
        put(id, { files: now.files.map((one) => (one === next ? { ...one, sent } : one)) });
      } else if (now.state === 'queued') {
        put(id, { state: 'sending', attempts: now.attempts + 1 });
      } else {
        put(id, { state: 'sent', sentAt: new Date().toISOString() });
        setTimeout(() => arrive(id), 4 * STEP_MS);
        return;
      }
      setTimeout(step, STEP_MS);
    };
    setTimeout(step, STEP_MS);
  }

  function arrive(id: string) {
    const arrived = queue.find((one) => one.id === id);
    if (!arrived) return;
    queue = queue.filter((one) => one.id !== id);
    stand(arrived, desk);
    desk.change(['outbox', 'agenda', arrived.what.what === 'diary' ? 'timeline' : 'messages']);
  }

  const commands: WritingCommands = {
    unread: () =>
      ok({
        messages: desk.exchanges.filter(({ conversation }) => conversation.unread).length,
        news: 0,
        newsletters: 0,
        outbox: queue.filter(({ state }) => state !== 'sent').length,
      }),
    writing: () => ok(limits),
    draft: (place) => ok(at(place)),
    saveDraft: (draft) => {
      keep({ ...at(draft.place), draft });
      return ok(null);
    },
    discardDraft: (place) => {
      drafts.delete(JSON.stringify(place));
      return ok(null);
    },
    pickPictures: async (place) => {
      await new Promise((done) => setTimeout(done, STEP_MS));
      return ok(
        add(
          place,
          [1, 2, 3].map(() => file(`f-${(number += 1)}`)),
        ),
      );
    },
    stopAdding: () => ok(null),
    addDropped: (place) => ok(add(place, [file(`f-${(number += 1)}`)])),
    removeFile: (place, id) => {
      const kept = at(place);
      const files = kept.files.filter((one) => one.id !== id);
      keep({ ...kept, files });
      return ok({ files, rejected: [] });
    },
    sendDraft: (place) => {
      if (desk.plain) return failed('writingNotOffered');
      const { draft, files } = at(place);
      if (draft.text.trim() === '' && files.length === 0) return failed('textEmpty');
      drafts.delete(JSON.stringify(place));
      const given = write(`w${(number += 1)}`, whatOf(draft), 'queued', {
        files,
        writtenAt: new Date().toISOString(),
      });
      queue = [...queue, given];
      desk.change(['outbox']);
      send(given.id);
      return ok(given);
    },
    outbox: () => ok(queue),
    withdrawWrite: (id) => {
      queue = queue.filter((one) => one.id !== id);
      desk.change(['outbox']);
      return ok(null);
    },
    editWrite: (id) => {
      const found = queue.find((one) => one.id === id);
      if (!found) return failed('notFound');
      if (found.state === 'sending' || found.state === 'sent') return failed('tooLate');
      queue = queue.filter((one) => one.id !== id);
      const back = draftOf(found.what);
      const there = at(back.place);
      const text = [back.text, there.draft.text].filter(Boolean).join('\n\n');
      const kept = { draft: { ...back, text }, files: [...found.files, ...there.files] };
      keep(kept);
      desk.change(['outbox']);
      return ok(kept);
    },
    retryWrite: (id) => {
      const again = put(id, { state: 'queued', reason: null });
      send(id);
      return again ? ok(again) : failed('notFound');
    },
    decideWrite: (id, decision) => {
      const decided = put(id, { state: decision === 'arrived' ? 'sent' : 'queued' });
      if (decision === 'sendAgain') send(id);
      else setTimeout(() => arrive(id), 4 * STEP_MS);
      return decided ? ok(decided) : failed('notFound');
    },
    unsent: () => {
      const writes = queue.filter(({ state }) => state !== 'sent');
      const half = [...drafts.values()].filter(
        ({ draft, files }) => `${draft.subject}${draft.text}`.trim() !== '' || files.length > 0,
      );
      return ok(
        writes.length + half.length > 0
          ? [{ account: 'a', writes, drafts: half, wishes: [], forms: [] }]
          : [],
      );
    },
  };
  return {
    commands,
    written: () => queue,
    take(write) {
      queue = [...queue, write];
      desk.change(['outbox']);
      // What was tried before waits for better times.
      if (write.attempts === 0) send(write.id);
    },
    addFile: (place, { name, size }) =>
      size === 0
        ? ok({ files: at(place).files, rejected: [{ name, why: 'empty' as const }] })
        : ok(add(place, [file(`f-${(number += 1)}`, { name, bytes: size })])),
  };
}

function whatOf({ place, children, group, subject, text, day }: Draft): WriteWhat {
  if (place.place === 'reply') return { what: 'reply', conversation: place.conversation, text };
  if (place.place === 'diary') return { what: 'diary', children, day: day ?? today(), text };
  return { what: 'message', child: children[0] ?? '', group, subject, text };
}

function draftOf(what: WriteWhat): Draft {
  const none = { children: [], group: null, subject: '', day: null, keepPlace: false };
  switch (what.what) {
    case 'message': {
      const { child, group, subject, text } = what;
      return { ...none, place: { place: 'newMessage' }, children: [child], group, subject, text };
    }
    case 'reply':
      return {
        ...none,
        place: { place: 'reply', conversation: what.conversation },
        text: what.text,
      };
    case 'diary': {
      const { children, day, text } = what;
      return { ...none, place: { place: 'diary' }, children, day, text };
    }
    default:
      return { ...none, place: { place: 'diary' }, text: what.form.remark };
  }
}

/** What was sent stands where it is read. */
function stand({ id, what, writtenAt, files }: Write, { exchanges, cards }: Desk) {
  if ('form' in what) return;
  const photos = files.map((one) => ({
    id: one.id,
    day: today(),
    kind: one.kind,
    caption: null,
    machineDescription: null,
    ownChildren: [],
    cached: 'medium' as const,
    saveable: { answer: 'yes' as const },
  }));
  if (what.what === 'diary') {
    const about = familyChildren().filter((child) => what.children.includes(child.id));
    cards.unshift({
      id: `own-${id}`,
      day: what.day,
      kind: { kind: 'journal' },
      children: about.map((child) => ({
        id: child.id,
        firstName: child.firstName,
        group: child.groups[0] ?? null,
        avatar: child.avatar,
      })),
      entry: {
        id,
        author: 'Sanne de Vries',
        authorKind: 'parent',
        html: message(id, 'ik', writtenAt, what.text).html,
        text: what.text,
        rhythm: [],
        photos,
        attachments: [],
        edited: false,
      },
      photos: [],
    });
    return;
  }
  const said = message(id, 'ik', writtenAt, what.text, { photos });
  const last = { snippet: what.text.slice(0, 120), lastWritten: writtenAt, lastFromParent: true };
  if (what.what === 'reply') {
    const found = exchanges.find(({ conversation }) => conversation.id === what.conversation);
    if (!found) return;
    found.messages = [...found.messages, said];
    found.conversation = { ...found.conversation, ...last, lastAuthor: said.author };
    exchanges.splice(exchanges.indexOf(found), 1);
    exchanges.unshift(found);
    return;
  }
  const child = familyChildren().find((one) => one.id === what.child);
  exchanges.unshift({
    messages: [said],
    conversation: {
      id: `c-${id}`,
      subject: what.subject,
      beganAt: writtenAt,
      unread: false,
      lastAuthor: said.author,
      childNames: child ? [child.firstName] : [],
      children: [what.child],
      group: what.group,
      closed: false,
      readHere: true,
      ...last,
    },
  });
}
