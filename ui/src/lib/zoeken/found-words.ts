import type { FindKind, Found } from '$lib/bindings';
import { names } from '$lib/language/amounts';
import * as m from '$lib/paraglide/messages';
import { session } from '$lib/state/session.svelte';

// A record and not a switch: a kind that Rust gains and this forgets does not compile.
const KINDS: Record<FindKind, () => string> = {
  diary: () => m.kind_diary(),
  message: () => m.kind_messages(),
  caption: () => m.kind_captions(),
  news: () => m.kind_news(),
  newsletter: () => m.kind_newsletters(),
};

export const KINDS_FOUND = Object.keys(KINDS) as FindKind[];
export const kindWord = (kind: FindKind) => KINDS[kind]();

/** Where something found stands, so that it opens in its place. */
export function placeOf({ place }: Found): string {
  switch (place.where) {
    case 'card':
      return `/mijn-kind/${encodeURIComponent(place.card)}`;
    case 'photo':
      return `/mijn-kind/${encodeURIComponent(place.card)}?foto=${encodeURIComponent(place.photo)}`;
    case 'conversation':
      return `/berichten/${encodeURIComponent(place.conversation)}${
        place.message ? `?bericht=${encodeURIComponent(place.message)}` : ''
      }`;
    case 'news':
      return `/mijn-locatie/nieuws/${encodeURIComponent(place.article)}`;
    case 'newsletter':
      return `/mijn-locatie/nieuwsbrieven/${encodeURIComponent(place.newsletter)}`;
  }
}

/** What something found is, in a few words. */
export function foundTitle({ kind, title, childNames }: Found): string {
  const who = names(childNames);
  if (kind === 'message') return title || m.conversation_no_subject();
  if (kind === 'news') return title || m.news_untitled();
  if (kind === 'newsletter') return title || m.newsletter_untitled();
  if (kind === 'caption') return who ? m.photos_of({ names: who }) : m.photos_of_group();
  const own = title !== null && title === session.account?.parentName;
  if (own && who) return m.written_by_parent({ names: who });
  return who ? m.report_of({ names: who }) : m.report_of_group();
}

/** What stands under the title: who wrote it, or about whom it is. */
export function foundSource({ kind, title, childNames }: Found): string {
  if (kind === 'diary') return title ? m.by_author({ author: title }) : '';
  return kind === 'message' ? names(childNames) : '';
}
