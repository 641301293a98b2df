import { readFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';

// What the window runs before the page's own script.
const script = readFileSync('../src-tauri/src/looks.js', 'utf8');

function run(chosen: object) {
  (0, eval)(script.replace('CHOSEN', JSON.stringify(chosen)));
}

afterEach(() => {
  document.documentElement.removeAttribute('style');
  delete document.documentElement.dataset.contrast;
});

it('shows the very first picture as it was chosen', () => {
  run({ textSize: 150, contrast: true });
  expect(document.documentElement.style.getPropertyValue('--text-scale')).toBe('1.5');
  expect(document.documentElement.dataset.contrast).toBe('more');
});

it('waits for a page that is not there yet', async () => {
  const root = document.documentElement;
  root.remove();
  run({ textSize: 130, contrast: false });
  document.append(root);
  await Promise.resolve();
  expect(root.style.getPropertyValue('--text-scale')).toBe('1.3');
  expect(root.dataset.contrast).toBe('usual');
});
