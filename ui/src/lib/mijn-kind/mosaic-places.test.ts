import { describe, expect, it } from 'vitest';
import { mosaic, STRIP_FROM } from './mosaic-places';

const range = (lines: string) => lines.split(' / ').map(Number) as [number, number];

describe('places of photos', () => {
  for (let count = 1; count < STRIP_FROM; count += 1) {
    it(`gives each of ${count} a place of its own and leaves no hole`, () => {
      const { columns, rows, places } = mosaic(count);
      const taken = new Set<string>();
      for (const { column, row } of places) {
        const [left, right] = range(column);
        const [top, bottom] = range(row);
        for (let x = left; x < right; x += 1)
          for (let y = top; y < bottom; y += 1) {
            expect(taken.has(`${x}.${y}`)).toBe(false);
            taken.add(`${x}.${y}`);
          }
      }
      expect(places).toHaveLength(count);
      expect(taken.size).toBe(columns * rows);
    });
  }
});
