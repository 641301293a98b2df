import type { RequestKind } from '$lib/bindings';

const PAGES: Record<RequestKind, string> = {
  extra: '/agenda/dag',
  swap: '/agenda/ruilen',
  absence: '/agenda/afwezig',
};

/** Where a form of that kind is filled in. */
export const formPage = (kind: RequestKind) => PAGES[kind];
