import '@testing-library/jest-dom/vitest';
import { configure } from '@testing-library/svelte';
import { vi } from 'vitest';

// Dutch first, whatever jsdom says of itself.
Object.defineProperty(navigator, 'language', { value: 'nl-NL', configurable: true });

// A busy machine is slow, and that is no fault.
configure({ asyncUtilTimeout: 20_000 });

// What a browser has and jsdom does not; none of it is what a test is about.
class Watcher {
  observe() {}
  unobserve() {}
  disconnect() {}
}
vi.stubGlobal('ResizeObserver', Watcher);
vi.stubGlobal('IntersectionObserver', Watcher);
Element.prototype.scrollTo = () => {};
Element.prototype.scrollIntoView = () => {};
Element.prototype.animate ??= () => ({ cancel() {}, finished: Promise.resolve() }) as never;
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
window.matchMedia ??= ((media: string) => ({
  media,
  matches: false,
  addEventListener() {},
  removeEventListener() {},
})) as never;

vi.mock('$app/navigation', () => ({ goto: vi.fn(), afterNavigate: vi.fn() }));
vi.mock('$app/state', () => ({
  page: { url: new URL('http://localhost/mijn-kind'), params: {} },
}));
