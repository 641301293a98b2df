import type { Conversation } from '$lib/bindings';
import { names } from '$lib/language/amounts';
import * as m from '$lib/paraglide/messages';
import { session } from '$lib/state/session.svelte';

export const subjectOf = ({ subject }: Pick<Conversation, 'subject'>) =>
  subject || m.conversation_no_subject();

/** Which children and which group it is about, as far as that is known. */
export function aboutOf({ childNames, group }: Conversation): string {
  return [names(childNames), group].filter(Boolean).join(' · ');
}

/** The beginning of what was written last, and by whom, as far as that is known. */
export function snippetOf({ snippet, lastAuthor, lastFromParent }: Conversation): string {
  const own = lastAuthor !== null && lastAuthor === session.account?.parentName;
  const author = own ? m.you() : (lastAuthor ?? (lastFromParent ? m.a_parent() : null));
  return author ? m.said({ author, text: snippet }) : snippet;
}

export const pathOf = (id: string) => `/berichten/${encodeURIComponent(id)}`;
