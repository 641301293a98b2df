import type { AccountId, CardChild, PhotoId } from '$lib/bindings';
import { getContext, setContext } from 'svelte';

/** A card of another account than the one in use: to look at, and to open there. */
export interface Visit {
  account: AccountId;
  /** Whose it is, in a word: the organisation, and the parent where that says too little. */
  whose: string;
  /** The children on the card. */
  children: CardChild[];
  /** Uses its account and opens it there, at this photo if one was tapped. */
  open: (photo?: PhotoId) => void;
}

const KEY = Symbol('visit');

/** What is drawn below is such a card. */
export function provideVisit(visit: () => Visit) {
  setContext(KEY, visit);
}

/** Such a card around what is drawn; none in the account in use. */
export function useVisit(): () => Visit | null {
  return getContext<() => Visit>(KEY) ?? (() => null);
}
