import { openOutside } from '$lib/mijn-kind/prose-links';
import type { Attachment } from 'svelte/attachments';

const SAFE_STYLE = /^[a-z-]+$/;

/**
 * A newsletter in a root of its own, so that neither its looks nor ours reach the other. What it
 * holds was cleaned before it was stored and fetches nothing; its pictures get an address of our
 * own, and only when the parent asked. Styles are set property by property: the window forbids
 * every other way, which is as well.
 */
export function letter(
  html: string,
  pictureUrl: ((name: string) => string) | null,
): Attachment<HTMLElement> {
  return (host) => {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const sheet = document.createElement('div');
    // The sender wrote sizes in pixels, which know of no text size: the whole sheet grows instead,
    // and what has no size of its own not twice.
    sheet.style.setProperty('zoom', 'var(--text-scale, 1)');
    sheet.style.setProperty('font-size', 'calc(1em / var(--text-scale, 1))');
    sheet.append(...new DOMParser().parseFromString(html, 'text/html').body.childNodes);
    for (const element of sheet.querySelectorAll<HTMLElement>('[data-style]')) dress(element);
    for (const box of sheet.querySelectorAll<HTMLElement>('table, td, th, div, p')) fit(box);
    for (const image of sheet.querySelectorAll('img')) show(image, pictureUrl);
    root.replaceChildren(sheet);
    return openOutside(sheet);
  };
}

function dress(element: HTMLElement) {
  for (const declaration of (element.dataset.style ?? '').split(';')) {
    const colon = declaration.indexOf(':');
    const property = declaration.slice(0, colon);
    if (colon > 0 && SAFE_STYLE.test(property))
      element.style.setProperty(property, declaration.slice(colon + 1));
  }
  delete element.dataset.style;
}

const FIXED = /^\d+(\.\d+)?(px|pt)$/;

/** A box as wide as its sender wrote where there is room, and no wider than the sheet anywhere. */
function fit(box: HTMLElement) {
  box.style.minWidth = '';
  const given = box.getAttribute('width') ?? '';
  const width = box.style.width || (/^\d+$/.test(given) ? `${given}px` : given);
  const isCell = box instanceof HTMLTableCellElement;
  // A table never is less wide than the pixels it was given, and cells share what there is.
  if (FIXED.test(width) && !isCell) {
    box.style.width = '100%';
    box.style.maxWidth = width;
  } else {
    box.style.maxWidth = '100%';
  }
}

function show(image: HTMLImageElement, pictureUrl: ((name: string) => string) | null) {
  const name = image.dataset.picture;
  if (!name || !pictureUrl) {
    // A hole of its size would only be in the way.
    image.removeAttribute('height');
    image.style.removeProperty('height');
    if (!image.alt) image.style.display = 'none';
    return;
  }
  image.style.maxWidth = '100%';
  image.style.height = 'auto';
  image.src = pictureUrl(name);
}
