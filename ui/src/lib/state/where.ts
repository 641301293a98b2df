import { agenda } from './agenda.svelte';
import { session } from './session.svelte';

/** Where a parent finds something: in the app, in the portal itself, or nowhere since it is not used. */
export type Where = 'here' | 'portal' | 'unused';

/** What an organisation may do without; a portal of ours that leaves it out says that it does. */
export type Use = 'always' | 'perhaps';

/** Where that stands which the portal tells or does not tell; nothing while nobody knows. */
export function where(offered: boolean | null, use: Use): Where | null {
  if (offered !== false) return offered && 'here';
  return use === 'always' ? 'portal' : notHere();
}

export function whereCreditsAre(): Where | null {
  const offers = agenda.state?.offers;
  if (!offers) return null;
  if (offers.credits) return 'here';
  // Before the rules were read it is not known whether there are any.
  return offers.plain || offers.rules ? notHere() : null;
}

/** Whether a parent still gets in at the portal. */
export const mayGoThere = () => session.account?.session !== 'ended';

function notHere(): Where | null {
  if (!agenda.state) return null;
  return agenda.state.offers.plain ? 'portal' : 'unused';
}
