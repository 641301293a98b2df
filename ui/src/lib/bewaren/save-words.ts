import { things, type Content } from '$lib/language/amounts';
import * as m from '$lib/paraglide/messages';

/** What the button under photos says; when not all may be saved, how many it is about. */
export function saveWord(saveable: number, total: number, content: Content): string {
  if (total === 1) return m.download();
  if (saveable < total) return m.download_some({ count: saveable, things: things(total, content) });
  return m.download_series({ things: things(saveable, content) });
}
