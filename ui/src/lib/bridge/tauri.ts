import { commands, events } from '$lib/bindings';
import type { Transport } from './transport';

// Windows and Android have no schemes of one's own; there the protocol hides behind a host name.
const HIDDEN_BEHIND_HOST = /Windows|Android/.test(navigator.userAgent);
const MEDIA = HIDDEN_BEHIND_HOST ? 'http://media.localhost' : 'media://localhost';

export const tauri: Transport = {
  commands,
  onChanged(heard) {
    const listening = events.changed.listen((event) => heard(event.payload));
    return () => void listening.then((stop) => stop());
  },
  mediaUrl: (account, size, id) =>
    `${MEDIA}/${encodeURIComponent(account)}/${size}/${encodeURIComponent(id)}`,
  desktop: !/Android|iPhone|iPad/.test(navigator.userAgent),
};
