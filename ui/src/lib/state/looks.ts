import type { Settings } from '$lib/bindings';

let contrast = false;

function show() {
  const clearer = contrast || matchMedia('(prefers-contrast: more)').matches;
  document.documentElement.dataset.contrast = clearer ? 'more' : 'usual';
}

/** Shows the interface as large, as clear, and as light or dark as was chosen. */
export function applyLooks(settings: Settings | undefined) {
  const scale = (settings?.textSize ?? 100) / 100;
  document.documentElement.style.setProperty('--text-scale', String(scale));
  document.documentElement.dataset.theme = settings?.theme ?? 'system';
  contrast = settings?.contrast ?? false;
  show();
}

/** Follows the system where it asks for more contrast. */
export function followSystem(): () => void {
  const asked = matchMedia('(prefers-contrast: more)');
  asked.addEventListener('change', show);
  return () => asked.removeEventListener('change', show);
}
