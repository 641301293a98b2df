import * as m from '$lib/paraglide/messages';
import { sync } from './sync.svelte';
import { isUnreachable } from './unreachable';
import { writing } from './writing.svelte';

/**
 * Why nothing that is kept at the portal can be changed now: the account has ended, or the portal
 * cannot be reached, which `offline` says; nothing when it can be.
 */
export function whyUnchangeable(offline: () => string): string | null {
  if (!writing.open) return m.archive_unchangeable();
  return isUnreachable(sync.trouble) ? offline() : null;
}
