const KEY = 'today-height';

/** The height in pixels the card of today had last time; none when it was not there. */
export function keptHeight(): number {
  const height = Number(localStorage.getItem(KEY));
  return Number.isFinite(height) ? Math.min(Math.max(height, 0), 600) : 0;
}

/** Keeps the height in pixels for the next start. */
export function keepHeight(height: number) {
  localStorage.setItem(KEY, String(height));
}
