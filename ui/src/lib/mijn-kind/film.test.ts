import { afterEach, describe, expect, it, vi } from 'vitest';
import { readWhole } from './film';

/** A host that gives at most `most` bytes of `bytes` at a time. */
function host(bytes: string, most: number) {
  const asked: number[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    const start = Number(new URL(address).searchParams.get('start'));
    asked.push(start);
    const piece = bytes.slice(start, start + most);
    const range = `bytes ${start}-${start + piece.length - 1}/${bytes.length}`;
    const headers = new Headers({ 'content-range': range });
    return Promise.resolve({ ok: true, headers, blob: async () => new Blob([piece]) });
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

describe('a film read in pieces', () => {
  it('is whole, each byte once', async () => {
    const asked = host('abcdefghij', 4);
    const film = await readWhole('media://localhost/a/full/v', () => true);
    expect(film.size).toBe(10);
    expect(asked).toEqual([0, 4, 8]);
  });

  it('is not read on when nobody watches', async () => {
    const asked = host('abcdefghij', 4);
    await expect(readWhole('media://localhost/a/full/v', () => asked.length < 1)).rejects.toThrow();
    expect(asked).toEqual([0]);
  });

  it('does not wait for ever for a host that gives nothing', async () => {
    host('', 4);
    await expect(readWhole('media://localhost/a/full/v', () => true)).rejects.toThrow();
  });
});
