import type { Draft, DraftPlace, Write, WriteWhat } from '$lib/bindings';
import { contentOf, names } from '$lib/language/amounts';
import { nurseryDay, shortDay } from '$lib/language/days';
import * as m from '$lib/paraglide/messages';
import { children } from '$lib/state/children.svelte';
import { conversations } from '$lib/state/conversations.svelte';
import { now } from '$lib/state/now.svelte';
import { session } from '$lib/state/session.svelte';
import { sync } from '$lib/state/sync.svelte';
import { isUnreachable } from '$lib/state/unreachable';

const A_MOMENT_MS = 10_000;
const NO_REASON = 'no-reason-given';
const FILE_NOT_TAKEN = 'file-not-taken';

type Written = Pick<Write, 'what'>;

/** What somebody wrote is, in a few words. */
export function writeTitle({ what }: Written): string {
  switch (what.what) {
    case 'message':
      return what.subject || m.conversation_no_subject();
    case 'reply': {
      const subject = conversations.all.find(({ id }) => id === what.conversation)?.subject;
      return subject ? m.write_reply_in({ subject }) : m.write_reply();
    }
    case 'diary': {
      const who = names(children.namesOf(what.children));
      return who ? m.written_by_parent({ names: who }) : m.write_diary();
    }
    case 'absence':
      return m.write_absence();
    case 'request':
      return what.form.kind === 'swap' ? m.write_swap() : m.write_extra();
  }
}

/** For whom it is: "Bericht over Noortje · Hamsters". */
export function writeSource({ what }: Written): string {
  switch (what.what) {
    case 'message': {
      const [name] = children.namesOf([what.child]);
      const about = name ? m.message_about({ names: name }) : m.message();
      return [about, what.group].filter(Boolean).join(' · ');
    }
    case 'reply':
      return m.write_answer();
    case 'diary':
      return m.write_diary_on({ day: shortDay(what.day) });
    case 'absence':
      return m.write_absence_on({ day: shortDay(what.form.from) });
    case 'request':
      return what.form.kind === 'swap' ? m.write_swap() : m.write_extra();
  }
}

/** The text a parent typed: of a request or an absence, its remark. */
export function typed({ what }: Written): string {
  return 'form' in what ? what.form.remark : what.text;
}

/** Everything a parent typed, to take elsewhere. */
export function writeText({ what }: Written): string {
  const subject = what.what === 'message' ? what.subject : '';
  return [subject, typed({ what })].filter((part) => part.trim()).join('\n\n');
}

/** How a write stands, in a few words; `all` is what else is on its way. */
export function stateWords(write: Write, all: Write[]): string {
  switch (write.state) {
    case 'queued':
      if (session.account?.session === 'expired') return m.write_waits_sign_in();
      if (uploading(write)) return uploadingWords(write);
      if (waitsForChoice(write, all)) return m.write_waits_choice();
      if (all.some((other) => other.state === 'sending' || uploading(other)))
        return m.write_waits_turn();
      if (sync.trouble && !offline()) return m.write_waits_portal();
      return justGivenIn(write) ? m.write_ready() : m.write_waits_connection();
    case 'sending':
      return offline() ? m.write_waits_answer() : m.write_sending();
    case 'sent':
      return m.write_sent();
    case 'refused':
      return nobodySaidWhy(write) ? m.write_not_taken() : m.write_refused();
    case 'unconfirmed':
      return m.write_unconfirmed();
  }
}

/** Why it was refused: in the portal's own words, or in ours where there are none. */
export function refusalWords({ reason, reasonCode }: Write): string {
  if (reason) return reason;
  switch (reasonCode) {
    case NO_REASON:
      return m.write_refused_no_reason();
    case FILE_NOT_TAKEN:
      return m.write_refused_file();
    case 'upload-too-large':
      return m.write_refused_too_large();
    default:
      return m.write_refused_unknown();
  }
}

const nobodySaidWhy = ({ reasonCode }: Write) =>
  reasonCode === NO_REASON || reasonCode === FILE_NOT_TAKEN;

function uploadingWords({ files }: Write): string {
  const words = {
    photos: m.uploading_photos,
    videos: m.uploading_videos,
    both: m.uploading_both,
  };
  return words[contentOf(files)]({ count: files.length });
}

/** Whether its photos are on their way; until they are there it can be edited and withdrawn. */
export function uploading({ state, files }: Write): boolean {
  return state === 'queued' && !offline() && sending(files);
}

const sending = (files: Write['files']) =>
  files.some(({ sent }) => sent > 0) && files.some(({ sent, bytes }) => sent < bytes);

/** Whether something before it, in the same place, waits for what the parent decides. */
const waitsForChoice = (write: Write, all: Write[]) =>
  all.some(
    (other) =>
      other.state === 'unconfirmed' &&
      targetOf(other.what) === targetOf(write.what) &&
      other.writtenAt <= write.writtenAt,
  );

// What is sent in order: the answers of a conversation, the messages about a child, the diary,
// absences, requests.
function targetOf(what: WriteWhat): string {
  if (what.what === 'reply') return `reply ${what.conversation}`;
  return what.what === 'message' ? `message ${what.child}` : what.what;
}

const offline = () => isUnreachable(sync.trouble);

// Nothing is wrong with the connection as far as is known: it goes out in a moment.
function justGivenIn({ writtenAt }: Write): boolean {
  return !offline() && now.current.getTime() - Date.parse(writtenAt) < A_MOMENT_MS;
}

/** What a draft would be once it is sent. */
export function whatOf({ place, children, group, subject, text, day }: Draft): WriteWhat {
  if (place.place === 'reply') return { what: 'reply', conversation: place.conversation, text };
  if (place.place === 'newMessage')
    return { what: 'message', child: children[0] ?? '', group, subject, text };
  return { what: 'diary', children, day: day ?? nurseryDay(now.current), text };
}

/** Where its draft belongs; what is filled in has a form, and no draft. */
export function draftPlaceOf(what: WriteWhat): DraftPlace | null {
  if ('form' in what) return null;
  if (what.what === 'message') return { place: 'newMessage' };
  if (what.what === 'diary') return { place: 'diary' };
  return { place: 'reply', conversation: what.conversation };
}

/** The page on which that draft is written. */
export function pageOf(what: WriteWhat): string {
  if (what.what === 'absence') return '/agenda/afwezig';
  if (what.what === 'request') return what.form.kind === 'swap' ? '/agenda/ruilen' : '/agenda/dag';
  if (what.what === 'message') return '/berichten/nieuw';
  if (what.what === 'diary') return '/mijn-kind/dagboek';
  return `/berichten/${encodeURIComponent(what.conversation)}`;
}
