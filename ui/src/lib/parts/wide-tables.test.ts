import { afterEach, expect, it, vi } from 'vitest';
import { wideTables } from './wide-tables';

afterEach(() => vi.unstubAllGlobals());

it('a table that scrolls is reached by the keyboard, and one that fits is no stop', () => {
  let grown = () => {};
  class Watch {
    constructor(look: () => void) {
      grown = look;
    }
    observe() {}
    disconnect() {}
  }
  vi.stubGlobal('ResizeObserver', Watch);
  const text = document.createElement('div');
  text.innerHTML = '<table></table><table></table>';
  const [wide, narrow] = text.querySelectorAll('table');
  if (!wide || !narrow) throw new Error('there are two tables');
  const scrollWidth = vi.spyOn(wide, 'scrollWidth', 'get').mockReturnValue(500);
  wideTables(text);
  grown();
  expect([wide.tabIndex, narrow.hasAttribute('tabindex')]).toEqual([0, false]);
  scrollWidth.mockReturnValue(0);
  grown();
  expect(wide.hasAttribute('tabindex')).toBe(false);
});
