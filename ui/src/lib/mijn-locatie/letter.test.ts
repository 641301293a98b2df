import { expect, it, vi } from 'vitest';
import { letter } from './letter';

it('a newsletter grows with the text size, whatever sizes its sender wrote', () => {
  const host = document.createElement('div');
  const set = vi.spyOn(CSSStyleDeclaration.prototype, 'setProperty');
  letter('<p data-style="font-size:12px">Zomerfeest</p><p>Kom je ook?</p>', null)(host);
  expect(set).toHaveBeenCalledWith('zoom', 'var(--text-scale, 1)');
  // What has no size of its own follows the page already, and grows once.
  expect(set).toHaveBeenCalledWith('font-size', 'calc(1em / var(--text-scale, 1))');
  expect(host.shadowRoot?.querySelector('p')?.style.fontSize).toBe('12px');
});
