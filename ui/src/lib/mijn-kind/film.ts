import type { Photo } from '$lib/bindings';
import { bridge } from '$lib/bridge';
import * as m from '$lib/paraglide/messages';
import { children } from '$lib/state/children.svelte';
import { session } from '$lib/state/session.svelte';
import { altText } from './card-words';

/** What is known of a film on the screen, or about to be. */
interface Film {
  source: string;
  /** It is the one in view. */
  watched: boolean;
  /** The player cannot read the source by itself. */
  refused: boolean;
  /** The film as a whole, in memory. */
  whole: string | null;
}

const films = new WeakMap<HTMLElement, Film>();

/** A film in the full-screen viewer. */
export function filmElement(photo: Photo): HTMLDivElement {
  const account = session.account?.id ?? '';
  const source = bridge.mediaUrl(account, 'full', photo.id);
  const box = document.createElement('div');
  box.className = 'viewer-film';
  films.set(box, { source, watched: false, refused: false, whole: null });
  const player = document.createElement('video');
  player.controls = true;
  player.playsInline = true;
  player.preload = 'metadata';
  player.poster = bridge.mediaUrl(account, 'thumb', photo.id);
  player.setAttribute('aria-label', altText(photo, children.namesOf(photo.ownChildren)));
  player.addEventListener('error', () => refuse(box), { once: true });
  player.src = source;
  box.append(player);
  return box;
}

function refuse(box: HTMLElement) {
  const film = films.get(box);
  if (!film) return;
  film.refused = true;
  if (film.watched) void playWhole(box, film);
}

// Some web views hand films to a player that cannot read the app's own scheme. There the film is
// read in pieces and given whole, once somebody watches it.
async function playWhole(box: HTMLElement, film: Film) {
  const player = box.querySelector('video');
  if (!player || film.whole !== null) return;
  try {
    film.whole = URL.createObjectURL(await readWhole(film.source, () => film.watched));
    player.addEventListener('error', () => sayUnavailable(box), { once: true });
    player.src = film.whole;
  } catch {
    if (film.watched) sayUnavailable(box);
  }
}

function sayUnavailable(box: HTMLElement) {
  if (box.querySelector('p')) return;
  const words = document.createElement('p');
  words.textContent = m.video_offline();
  words.setAttribute('role', 'status');
  box.append(words);
}

/** Reads a film piece by piece, as long as it is wanted. */
export async function readWhole(source: string, wanted: () => boolean): Promise<Blob> {
  const pieces: Blob[] = [];
  let length = 0;
  let total = Infinity;
  while (length < total) {
    if (!wanted()) throw new Error('nobody watches any more');
    const answer = await fetch(`${source}?start=${length}`);
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const piece = await answer.blob();
    if (piece.size === 0) throw new Error('an empty piece');
    pieces.push(piece);
    length += piece.size;
    total = Number(/\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1] ?? length);
  }
  return new Blob(pieces, { type: pieces[0]?.type });
}

/** A film comes into view. */
export function watchFilm(element: HTMLElement | undefined) {
  const film = element && films.get(element);
  if (!film) return;
  film.watched = true;
  element.querySelector('p')?.remove();
  if (film.refused) void playWhole(element, film);
}

/** A film is no longer in view. */
export function stopFilm(element: HTMLElement | undefined) {
  const film = element && films.get(element);
  if (!film) return;
  film.watched = false;
  element.querySelector('video')?.pause();
}

/** Lets go of a film for good. */
export function releaseFilm(element: HTMLElement | undefined) {
  const film = element && films.get(element);
  if (!film) return;
  stopFilm(element);
  if (film.whole) URL.revokeObjectURL(film.whole);
  films.delete(element);
}
