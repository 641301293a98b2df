import { bridge } from '$lib/bridge';
import * as m from '$lib/paraglide/messages';
import { notice } from './notice.svelte';
import { session } from './session.svelte';

/** Opens a link in the system's own program; where there is none, says so and offers it to copy. */
export async function openLink(url: string) {
  const answer = await bridge.commands.openLink(url);
  if (answer.status === 'error') notice.say(...instead(url));
}

/** The organisation's own portal for parents, of the account in use. */
export const parentPortal = () =>
  session.account ? `${session.account.portal.replace(/\/$/, '')}/parent/` : null;

export function openParentPortal() {
  const portal = parentPortal();
  if (portal) void openLink(portal);
}

/** What to say of a link that did not open, and what of it a parent can use elsewhere. */
function instead(url: string): [words: string, copy: string] {
  const [, scheme, rest] = /^(tel|mailto):([^?]*)/i.exec(url) ?? [];
  if (!scheme || !rest) return [m.link_not_opened(), url];
  const told = readable(rest);
  return scheme.toLowerCase() === 'tel'
    ? [m.link_not_called({ number: told }), told]
    : [m.link_not_mailed({ address: told }), told];
}

function readable(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}
