import { getContext, setContext } from 'svelte';

const KEY = Symbol('scroller');
type Scroller = () => HTMLElement | undefined;

/** Names the element that scrolls the page. */
export function provideScroller(scroller: Scroller) {
  setContext(KEY, scroller);
}

/** The element that scrolls the page, once it is there. */
export function useScroller(): Scroller {
  return getContext<Scroller>(KEY) ?? (() => undefined);
}
