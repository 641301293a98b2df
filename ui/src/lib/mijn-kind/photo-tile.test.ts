import type { Photo } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import PhotoTile from './PhotoTile.svelte';

const photo = (id: string, more: Partial<Photo> = {}): Photo => ({
  id,
  day: '2026-03-14',
  kind: 'photo',
  caption: 'In de zandbak',
  machineDescription: null,
  ownChildren: [],
  cached: 'nothing',
  saveable: { answer: 'yes' },
  ...more,
});

const tile = (shown: Photo, onopen = () => {}) =>
  render(PhotoTile, { photo: shown, position: 1, total: 1, onopen });

const picture = () => {
  const image = document.querySelector('img');
  if (!image) throw new Error('a tile shows a picture');
  return image;
};

const answers = (status: number) =>
  vi.stubGlobal('fetch', () => Promise.resolve({ status } as Response));

beforeEach(() => useTransport(fixture('family')));
afterEach(() => vi.unstubAllGlobals());

describe('a picture that does not show', () => {
  it('is not fetched yet, as long as nobody knows better', async () => {
    answers(503);
    tile(photo('one'));
    await fireEvent.error(picture());
    expect(await screen.findByText('Nog niet opgehaald')).toBeVisible();
  });

  it('is said to be broken when it is, also when that comes out only now', async () => {
    answers(422);
    tile(photo('two'));
    await fireEvent.error(picture());
    expect(await screen.findByText('Niet te lezen')).toBeVisible();
  });
});

describe('a click on a photo', () => {
  const click = (detail: number) => fireEvent.click(screen.getByTestId('photo-tile'), { detail });

  async function drag(begins: boolean) {
    const host = fixture('family');
    host.commands.startDrag = () => Promise.resolve({ status: 'ok', data: begins });
    useTransport(host);
    const onopen = vi.fn();
    tile(photo('three'), onopen);
    await fireEvent.pointerDown(screen.getByTestId('photo-tile'));
    await fireEvent.dragStart(screen.getByTestId('photo-tile'));
    return onopen;
  }

  it('that only lets go of a drag opens nothing', async () => {
    const onopen = await drag(false);
    await click(1);
    expect(onopen).not.toHaveBeenCalled();
    await fireEvent.pointerDown(screen.getByTestId('photo-tile'));
    await click(1);
    expect(onopen).toHaveBeenCalledOnce();
  });

  it('after it was dropped elsewhere opens it at once', async () => {
    const onopen = await drag(true);
    await new Promise((done) => setTimeout(done));
    await click(1);
    expect(onopen).toHaveBeenCalledOnce();
  });
});
