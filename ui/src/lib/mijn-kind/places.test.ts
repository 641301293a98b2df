import type { Cached, Photo } from '$lib/bindings';
import { useTransport } from '$lib/bridge';
import { fixture } from '$lib/bridge/fixture';
import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Photos from './Photos.svelte';

const photo = (at: number, cached: Cached): Photo => ({
  id: `p${at}`,
  day: '2026-03-14',
  kind: at === 1 ? 'video' : 'photo',
  caption: null,
  machineDescription: null,
  ownChildren: [],
  cached,
  saveable: { answer: 'yes' },
});
const series = (count: number, cached: Cached) =>
  Array.from({ length: count }, (_, at) => photo(at, cached));

const tiles = () => screen.getAllByTestId('photo-tile');
const pictures = () => [...document.querySelectorAll('img')];

/** Everything a tile's box can depend on: its own measures, and those of what holds it. */
function boxes() {
  const measures = (element: Element | null) => {
    if (!element) throw new Error('a tile stands in something');
    const { display, position, width, height, aspectRatio, gridColumn, gridRow, overflow } =
      getComputedStyle(element);
    return { display, position, width, height, aspectRatio, gridColumn, gridRow, overflow };
  };
  return tiles().map((tile) => [
    measures(tile),
    measures(tile.parentElement),
    measures(tile.parentElement?.parentElement ?? null),
  ]);
}

/** What stands in a tile and could push it apart. */
const pushing = () =>
  tiles().flatMap((tile) =>
    [...tile.children].filter((inside) => getComputedStyle(inside).position !== 'absolute'),
  );

beforeEach(() => {
  useTransport(fixture('family'));
  vi.stubGlobal('fetch', () => Promise.resolve({ status: 422 } as Response));
});
afterEach(() => vi.unstubAllGlobals());

describe('nothing jumps while photos arrive', () => {
  for (const count of [1, 2, 3, 4, 12]) {
    it(`the box of each of ${count} is the same without its picture, with it, and broken`, async () => {
      const { rerender } = render(Photos, { photos: series(count, 'nothing') });
      const before = boxes();
      expect(before).toHaveLength(count);
      expect(before[0]?.[0]).toMatchObject({ position: 'relative', height: '100%' });
      expect(pushing()).toEqual([]);

      for (const picture of pictures()) await fireEvent.load(picture);
      await rerender({ photos: series(count, 'medium') });
      expect(boxes()).toEqual(before);
      expect(pushing()).toEqual([]);

      for (const picture of pictures()) await fireEvent.error(picture);
      expect(await screen.findAllByText('Niet te lezen')).toHaveLength(count);
      expect(boxes()).toEqual(before);
      expect(pushing()).toEqual([]);
    });
  }

  it('the shape of what holds the tiles is given, not taken from the pictures', () => {
    render(Photos, { photos: series(3, 'nothing') });
    const mosaic = tiles()[0]?.parentElement?.parentElement;
    expect(mosaic?.style.aspectRatio).toBe('3 / 2');
    expect(mosaic?.style.gridTemplateRows).toBe('repeat(2, minmax(0, 1fr))');
  });

  it('a strip gives each tile its shape', () => {
    render(Photos, { photos: series(12, 'nothing') });
    const place = tiles()[0]?.parentElement;
    if (!place) throw new Error('a tile stands in something');
    const { aspectRatio, flexShrink, flexGrow } = getComputedStyle(place);
    expect([aspectRatio, flexGrow, flexShrink]).toEqual(['1', '0', '0']);
  });
});
