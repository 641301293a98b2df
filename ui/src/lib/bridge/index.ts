import type { AppError, Result } from '$lib/bindings';
import { tauri } from './tauri';
import type { Commands, Transport } from './transport';

export type { Transport, MediaSize } from './transport';

let host: Transport = tauri;

/** Puts another host in place: a browser during development, or a test. */
export function useTransport(transport: Transport) {
  host = transport;
}

export const bridge = {
  get commands(): Commands {
    return host.commands;
  },
  get desktop() {
    return host.desktop;
  },
  addFile: (...args: Parameters<Transport['addFile']>) => host.addFile(...args),
  onChanged: (...args: Parameters<Transport['onChanged']>) => host.onChanged(...args),
  onOpened: (...args: Parameters<Transport['onOpened']>) => host.onOpened(...args),
  onDropped: (...args: Parameters<Transport['onDropped']>) => host.onDropped(...args),
  mediaUrl: (...args: Parameters<Transport['mediaUrl']>) => host.mediaUrl(...args),
};

/** A command that failed, with the code that says how. */
export class Trouble extends Error {
  constructor(readonly error: AppError) {
    super(error.message);
    this.name = 'Trouble';
  }
}

/** Waits for a command; throws {@link Trouble} when it failed. */
export async function ask<T>(answer: Promise<Result<T, AppError>>): Promise<T> {
  const result = await answer;
  if (result.status === 'error') throw new Trouble(result.error);
  return result.data;
}

/** What failed, also when it was not a command. */
export function troubleOf(thrown: unknown): AppError {
  if (thrown instanceof Trouble) return thrown.error;
  const message = thrown instanceof Error ? thrown.name : 'unknown';
  return { code: 'internal', message, retryable: true, portalSays: null, blockedUntil: null };
}
