import { commands, events } from '$lib/bindings';
import { addFile } from './pieces';
import type { Transport } from './transport';

// Windows and Android have no schemes of one's own; there the protocol hides behind a host name.
const HIDDEN_BEHIND_HOST = /Windows|Android/.test(navigator.userAgent);
const MEDIA = HIDDEN_BEHIND_HOST ? 'http://media.localhost' : 'media://localhost';

/** Passes an event's contents on; the answer stops it. */
function hear<T>(
  listen: (heard: (event: { payload: T }) => void) => Promise<() => void>,
  heard: (payload: T) => void,
): () => void {
  const listening = listen(({ payload }) => heard(payload));
  return () => void listening.then((stop) => stop());
}

export const tauri: Transport = {
  commands,
  addFile,
  onChanged: (heard) => hear(events.changed.listen, heard),
  onOpened: (heard) => hear(events.opened.listen, heard),
  onDropped: (heard) => hear(events.dropped.listen, heard),
  mediaUrl: (account, size, id) =>
    `${MEDIA}/${encodeURIComponent(account)}/${size}/${encodeURIComponent(id)}`,
  desktop: !/Android|iPhone|iPad/.test(navigator.userAgent),
};
