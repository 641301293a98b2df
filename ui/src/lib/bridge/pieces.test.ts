import { invoke } from '@tauri-apps/api/core';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { addFile, PIECE } from './pieces';

vi.mock('@tauri-apps/api/core');

const PLACE = { place: 'diary' } as const;
const ADDED = { files: [], rejected: [] };
const called = vi.mocked(invoke);

/** A file of so many bytes as a web view gives it; the one of the tests cannot be read. */
function file(name: string, size: number): File {
  const slice = (from: number, until: number) => ({
    arrayBuffer: () => Promise.resolve(new ArrayBuffer(until - from)),
  });
  return Object.assign(Object.defineProperty(new File([], name), 'size', { value: size }), {
    slice: slice as unknown as File['slice'],
  });
}

function sent() {
  return called.mock.calls.map(([command, bytes, options]) => {
    const headers = options?.headers as Record<string, string>;
    const about = JSON.parse(decodeURIComponent(headers['schriftje-piece'] ?? '')) as object;
    return { command, size: bytes instanceof Uint8Array ? bytes.length : null, ...about };
  });
}

beforeEach(() => {
  called.mockReset();
  called.mockResolvedValue(ADDED);
});

describe('a file that is handed to the app', () => {
  it('goes as bytes, in pieces of at most a mebibyte', async () => {
    const answer = await addFile(PLACE, file('één 🍰.mp4', 2 * PIECE + 5), () => true);
    expect(answer).toEqual({ status: 'ok', data: ADDED });
    const piece = { command: 'add_piece', place: PLACE, name: 'één 🍰.mp4' };
    expect(sent()).toEqual([
      { ...piece, size: PIECE, from: 0, last: false },
      { ...piece, size: PIECE, from: PIECE, last: false },
      { ...piece, size: 5, from: 2 * PIECE, last: true },
    ]);
  });

  it('ends with its last byte', async () => {
    await addFile(PLACE, file('precies.jpg', PIECE), () => true);
    expect(sent()).toMatchObject([{ size: PIECE, last: true }]);
  });

  it('is told of also when it is empty', async () => {
    await addFile(PLACE, file('', 0), () => true);
    expect(sent()).toMatchObject([{ size: 0, name: 'foto.png', from: 0, last: true }]);
  });

  it('stops halfway when it is no longer wanted, and is forgotten', async () => {
    const answer = await addFile(
      PLACE,
      file('film.mp4', 9 * PIECE),
      () => called.mock.calls.length < 2,
    );
    expect(answer).toEqual({ status: 'ok', data: null });
    expect(sent().at(-1)).toMatchObject({ size: 0, from: 0, last: false });
    expect(called).toHaveBeenCalledTimes(3);
  });

  it('says why the app did not take it', async () => {
    const error = { code: 'diskFull' };
    called.mockRejectedValue(error);
    expect(await addFile(PLACE, file('a.jpg', 1), () => true)).toEqual({ status: 'error', error });
  });
});
