import type { Added, AppError, Result } from '$lib/bindings';
import { invoke } from '@tauri-apps/api/core';
import type { Transport } from './transport';

/** A film is never in memory whole here, and a piece is small even where it must go as text. */
export const PIECE = 1024 * 1024;

// The generated commands speak JSON, in which a byte is a number of up to four characters.
export const addFile: Transport['addFile'] = async (place, file, wanted) => {
  const name = file.name || 'foto.png';
  const put = (from: number, last: boolean, bytes: Uint8Array) =>
    invoke<Added | null>('add_piece', bytes, {
      headers: {
        'schriftje-piece': encodeURIComponent(JSON.stringify({ place, name, from, last })),
      },
    });
  try {
    for (let from = 0; ; from += PIECE) {
      if (!wanted()) {
        // To begin anew with nothing is to forget what came.
        if (from > 0) await put(0, false, new Uint8Array());
        return { status: 'ok', data: null };
      }
      const until = Math.min(from + PIECE, file.size);
      const bytes = new Uint8Array(await file.slice(from, until).arrayBuffer());
      const last = until === file.size;
      const data = await put(from, last, bytes);
      if (last) return { status: 'ok', data };
    }
  } catch (thrown) {
    return failed(thrown);
  }
};

function failed(thrown: unknown): Result<never, AppError> {
  if (thrown instanceof Error) throw thrown;
  return { status: 'error', error: thrown as AppError };
}
