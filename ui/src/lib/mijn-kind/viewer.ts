import { pushState } from '$app/navigation';
import type { Photo } from '$lib/bindings';
import { bridge } from '$lib/bridge';
import * as m from '$lib/paraglide/messages';
import { children } from '$lib/state/children.svelte';
import { pictures } from '$lib/state/pictures.svelte';
import { session } from '$lib/state/session.svelte';
import { viewing } from '$lib/state/viewing.svelte';
import type PhotoSwipe from 'photoswipe';
import { mount, unmount } from 'svelte';
import { altText } from './card-words';
import { filmElement, releaseFilm, stopFilm, watchFilm } from './film';
import ViewerFooter from './ViewerFooter.svelte';

/** Width to height of pictures seen before: the portal does not tell, so the thumbnail does. */
const ratios = new Map<string, number>();
const USUAL_RATIO = 4 / 3;
const PATIENCE_MS = 400;

let open: PhotoSwipe | null = null;

/** Shows a series on the full screen, from `index` on; `tile` is where it grows out of. */
export async function openViewer(photos: Photo[], index: number, tile: HTMLElement) {
  if (open) return;
  const [{ default: Viewer }] = await Promise.all([
    import('photoswipe'),
    import('photoswipe/style.css'),
    import('./viewer.css'),
    measureAround(photos, index),
  ]);
  if (open) return;

  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const viewer = new Viewer({
    dataSource: photos.map((photo) => ({ photo })),
    index,
    mainClass: 'viewer',
    bgOpacity: 1,
    loop: false,
    wheelToZoom: true,
    showAnimationDuration: calm ? 0 : 260,
    hideAnimationDuration: calm ? 0 : 220,
    zoomAnimationDuration: calm ? 0 : 240,
    initialZoomLevel: 'fit',
    secondaryZoomLevel: ({ fit }) => fit * 2.5,
    maxZoomLevel: ({ fit }) => fit * 6,
    counter: false,
    closeTitle: m.close(),
    zoomTitle: m.viewer_zoom(),
    arrowPrevTitle: m.viewer_previous(),
    arrowNextTitle: m.viewer_next(),
    errorMsg: m.photo_offline(),
    paddingFn: () => ({ top: 0, bottom: 0, left: 0, right: 0 }),
  });
  open = viewer;

  viewer.addFilter('numItems', () => photos.length);
  viewer.addFilter('itemData', (_, at) => slideOf(photos[at]));
  viewer.addFilter('thumbEl', (found, _, at) => tileOf(photos[at]) ?? found ?? tile);
  viewer.addFilter('contentErrorElement', (_, content) => absent(photos[content.index]));
  showFilms(viewer, photos);
  fitWhenLoaded(viewer, photos);
  sharpenWhenZoomed(viewer, photos);
  addFooter(viewer, photos);

  viewer.on('keydown', (event) => keyed(event.originalEvent, photos[viewer.currIndex]));
  viewer.on('change', () => void measureAround(photos, viewer.currIndex));
  // The page must be back in reach before the focus returns to it.
  viewer.on('close', () => (viewing.open = false));
  viewer.on('destroy', () => {
    open = null;
    viewing.open = false;
    viewing.close = () => {};
  });
  viewer.on('bindEvents', () => {
    viewer.element?.setAttribute('aria-label', m.viewer_label());
    viewer.element?.setAttribute('aria-modal', 'true');
    viewer.element?.setAttribute('data-testid', 'viewer');
  });
  viewing.open = true;
  viewing.close = () => viewer.close();
  viewer.init();
  if (!bridge.desktop) closeOnBack(viewer);
}

// On a phone "back" closes the photo, not the page under it.
function closeOnBack(viewer: PhotoSwipe) {
  let gone = false;
  const back = () => {
    gone = true;
    viewer.close();
  };
  pushState('', {});
  window.addEventListener('popstate', back, { once: true });
  viewer.on('close', () => {
    window.removeEventListener('popstate', back);
    if (!gone) history.back();
  });
}

function slideOf(photo: Photo | undefined) {
  if (!photo) return {};
  const account = session.account?.id ?? '';
  const ratio = ratios.get(photo.id) ?? USUAL_RATIO;
  const long = Math.max(2400, window.innerWidth, window.innerHeight);
  const size = ratio > 1 ? { w: long, h: long / ratio } : { w: long * ratio, h: long };
  const alt = altText(photo, children.namesOf(photo.ownChildren));
  const msrc = bridge.mediaUrl(account, 'thumb', photo.id);
  if (photo.kind === 'video') return { ...size, alt, msrc, type: 'video' };
  return { ...size, alt, msrc, src: bridge.mediaUrl(account, 'medium', photo.id) };
}

function tileOf(photo: Photo | undefined): HTMLElement | null {
  return photo ? document.querySelector(`[data-photo="${CSS.escape(photo.id)}"] img`) : null;
}

async function measureAround(photos: Photo[], index: number) {
  const near = [index, index + 1, index - 1, index + 2].flatMap((at) => photos[at] ?? []);
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
  await Promise.race([Promise.all(near.map(measure)), patience]);
}

function measure(photo: Photo): Promise<void> {
  if (ratios.has(photo.id)) return Promise.resolve();
  return new Promise((done) => {
    const image = new Image();
    image.onload = () => {
      if (image.naturalHeight > 0) ratios.set(photo.id, image.naturalWidth / image.naturalHeight);
      done();
    };
    image.onerror = () => done();
    image.src = bridge.mediaUrl(session.account?.id ?? '', 'thumb', photo.id);
  });
}

// The thumbnail's shape was a good guess; the picture itself knows better.
function fitWhenLoaded(viewer: PhotoSwipe, photos: Photo[]) {
  viewer.on('loadComplete', ({ content, isError }) => {
    const photo = photos[content.index];
    const image = content.element;
    if (isError || !photo || !(image instanceof HTMLImageElement) || !image.naturalHeight) return;
    const ratio = image.naturalWidth / image.naturalHeight;
    const guessed = ratios.get(photo.id) ?? USUAL_RATIO;
    if (Math.abs(ratio - guessed) / ratio < 0.02) return;
    ratios.set(photo.id, ratio);
    viewer.refreshSlideContent(content.index);
  });
}

// Whoever zooms in wants to see more: the original takes the medium size's place, when it can be had.
function sharpenWhenZoomed(viewer: PhotoSwipe, photos: Photo[]) {
  const tried = new Set<string>();
  viewer.on('zoomPanUpdate', ({ slide }) => {
    const photo = photos[slide.index];
    if (!photo || photo.kind === 'video' || tried.has(photo.id)) return;
    if (slide.currZoomLevel < slide.zoomLevels.fit * 1.4) return;
    tried.add(photo.id);
    const full = new Image();
    full.onload = () => {
      const shown = slide.content.element;
      if (shown instanceof HTMLImageElement) shown.src = full.src;
    };
    full.src = bridge.mediaUrl(session.account?.id ?? '', 'full', photo.id);
  });
}

function showFilms(viewer: PhotoSwipe, photos: Photo[]) {
  viewer.on('contentLoad', (event) => {
    const photo = photos[event.content.index];
    if (photo?.kind !== 'video') return;
    event.preventDefault();
    event.content.element = filmElement(photo);
    event.content.state = 'loaded';
    event.content.onLoaded();
  });
  viewer.on('contentActivate', ({ content }) => watchFilm(content.element));
  viewer.on('contentDeactivate', ({ content }) => stopFilm(content.element));
  viewer.on('contentDestroy', ({ content }) => releaseFilm(content.element));
  // Its controls are for pressing, not for swiping.
  viewer.on('pointerDown', (event) => {
    const target = event.originalEvent.target;
    if (!(target instanceof HTMLVideoElement)) return;
    const { bottom } = target.getBoundingClientRect();
    if (event.originalEvent.clientY > bottom - 72) event.preventDefault();
  });
}

function absent(photo: Photo | undefined): HTMLElement {
  const box = document.createElement('div');
  box.className = 'viewer-absent';
  if (photo) {
    const thumb = document.createElement('img');
    thumb.alt = '';
    thumb.src = bridge.mediaUrl(session.account?.id ?? '', 'thumb', photo.id);
    thumb.onerror = () => thumb.remove();
    box.append(thumb);
  }
  const words = document.createElement('p');
  words.textContent = absence(photo);
  box.append(words);
  if (photo) {
    const medium = bridge.mediaUrl(session.account?.id ?? '', 'medium', photo.id);
    void pictures.askWhy(photo, medium).then(() => (words.textContent = absence(photo)));
  }
  return box;
}

function absence(photo: Photo | undefined): string {
  if (photo && pictures.isBroken(photo))
    return `${m.error_picture_broken()} ${m.error_picture_broken_do()}`;
  return photo?.cached === 'evicted' ? m.photo_evicted() : m.photo_offline();
}

function addFooter(viewer: PhotoSwipe, photos: Photo[]) {
  viewer.on('uiRegister', () => {
    viewer.ui?.registerElement({
      name: 'footer',
      className: 'viewer-footer',
      order: 9,
      isButton: false,
      appendTo: 'root',
      onInit: (element) => {
        viewing.index = viewer.currIndex;
        const footer = mount(ViewerFooter, { target: element, props: { photos } });
        viewer.on('change', () => (viewing.index = viewer.currIndex));
        viewer.on('destroy', () => void unmount(footer));
      },
    });
  });
}

function keyed(event: KeyboardEvent, photo: Photo | undefined) {
  if (!photo || !(event.ctrlKey || event.metaKey)) return;
  if (event.key === 's') {
    event.preventDefault();
    viewing.command = { save: photo.id };
  } else if (event.key === 'c') {
    event.preventDefault();
    viewing.command = { copy: photo.id };
  }
}
