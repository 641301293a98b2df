import { expect, it, vi } from 'vitest';
import { letter } from './letter';

it('a newsletter made for a wide screen is as narrow as a phone, and no wider than it was made', () => {
  const host = document.createElement('div');
  letter(
    '<table width="600"><tbody><tr><td width="300"></td></tr></tbody></table>' +
      '<div data-style="width:560px;min-width:560px"></div><table width="90%"></table>',
    null,
  )(host);
  const found = (what: string) => host.shadowRoot?.querySelector<HTMLElement>(what)?.style;
  expect(found('table')).toMatchObject({ width: '100%', maxWidth: '600px' });
  expect(found('div > div')).toMatchObject({ width: '100%', maxWidth: '560px', minWidth: '' });
  expect(found('table[width="90%"]')).toMatchObject({ width: '', maxWidth: '100%' });
  expect(found('td')).toMatchObject({ width: '', maxWidth: '100%' });
});

it('a newsletter grows with the text size, whatever sizes its sender wrote', () => {
  const host = document.createElement('div');
  const set = vi.spyOn(CSSStyleDeclaration.prototype, 'setProperty');
  letter('<p data-style="font-size:12px">Zomerfeest</p><p>Kom je ook?</p>', null)(host);
  expect(set).toHaveBeenCalledWith('zoom', 'var(--text-scale, 1)');
  // What has no size of its own follows the page already, and grows once.
  expect(set).toHaveBeenCalledWith('font-size', 'calc(1em / var(--text-scale, 1))');
  expect(host.shadowRoot?.querySelector('p')?.style.fontSize).toBe('12px');
});
