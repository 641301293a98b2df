import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';

it('is as dark by the parent’s choice as by the system’s', () => {
  const tokens = readFileSync('src/lib/parts/tokens.css', 'utf8');
  const blocks = (selector: RegExp) =>
    [...tokens.matchAll(selector)].map(([, inside]) =>
      (inside ?? '').match(/--[a-z-]+: [^;]+;/g)?.map((line) => line.replace(/\s+/g, ' ')),
    );
  const bySystem = blocks(/:where\(:not\(\[data-theme='light'\]\)\) \{([^}]*)\}/g);
  const byChoice = blocks(/:where\(\[data-theme='dark'\]\) \{([^}]*)\}/g);
  expect(bySystem).toHaveLength(2);
  expect(byChoice).toEqual(bySystem);
});

// What the window runs before the page's own script.
const script = readFileSync('../src-tauri/src/looks.js', 'utf8');

function run(chosen: object) {
  (0, eval)(script.replace('CHOSEN', JSON.stringify(chosen)));
}

afterEach(() => {
  document.documentElement.removeAttribute('style');
  delete document.documentElement.dataset.contrast;
  delete document.documentElement.dataset.theme;
});

it('shows the very first picture as it was chosen', () => {
  run({ textSize: 150, contrast: true, theme: 'dark' });
  expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.5');
  expect(document.documentElement.dataset.contrast).toBe('more');
  expect(document.documentElement.dataset.theme).toBe('dark');
});

it('waits for a page that is not there yet', async () => {
  const root = document.documentElement;
  root.remove();
  run({ textSize: 130, contrast: false, theme: 'system' });
  document.append(root);
  await Promise.resolve();
  expect(root.style.getPropertyValue('--text-scale')).toBe('1.3');
  expect(root.dataset.contrast).toBe('usual');
});
