import type { RhythmMoment } from '$lib/bindings';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayLine, minutesLong, minutesOf, told } from './rhythm-layout';

const moment = (start: string | null, end: string | null = null): RhythmMoment => ({
  kind: 'sleep',
  start,
  end,
  title: 'Slapen',
  subtitle: null,
  entries: [],
  remarks: null,
});

describe('what a moment says', () => {
  const nap = { ...moment('12:36:00', '14:00:00'), subtitle: '(84 minutes)' };

  it('tells how long a nap was once, whatever words the portal has for it', () => {
    expect(told(nap)).toEqual({ long: 84, notes: [] });
    expect(told({ ...nap, subtitle: '1 uur en 24 minuten' })).toEqual({ long: 84, notes: [] });
    expect(told({ ...nap, subtitle: null })).toEqual({ long: 84, notes: [] });
  });

  it('keeps the portal’s words when the times do not tell', () => {
    expect(told({ ...nap, end: null })).toEqual({ long: null, notes: ['84 minutes'] });
  });

  it('shows what was noted without brackets around it', () => {
    const lunch = { ...moment('11:45:00'), kind: 'meal' as const, subtitle: '(Soep en brood)' };
    expect(told({ ...lunch, entries: ['2 boterhammen'] })).toEqual({
      long: null,
      notes: ['Soep en brood', '2 boterhammen'],
    });
  });
});

describe('the day on a line', () => {
  it('draws a nap as long as it was', () => {
    const line = dayLine([moment('10:00:00', '11:30:00')], 0.05);
    const hours = (line?.until ?? 0) - (line?.from ?? 0);
    expect(line?.placed[0]?.width).toBeCloseTo(1.5 / hours);
    expect(line?.placed[0]?.left).toBeCloseTo((10 - (line?.from ?? 0)) / hours);
  });

  it('draws no line when nothing has a time', () => {
    expect(dayLine([moment(null)], 0.05)).toBeNull();
  });

  it('does not believe an end before the beginning', () => {
    expect(minutesLong(moment('11:00:00', '10:00:00'))).toBeNull();
  });

  it('reads times and nothing else', () => {
    expect(minutesOf('07:05:00')).toBe(425);
    expect(minutesOf('later')).toBeNull();
  });

  it('never lets two moments cover each other', () => {
    const clock = fc
      .integer({ min: 0, max: 23 * 60 + 59 })
      .map(
        (at) =>
          `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}:00`,
      );
    const one = fc.tuple(clock, fc.option(clock)).map(([start, end]) => moment(start, end));
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 20 }), (moments) => {
        const line = dayLine(moments, 0.06);
        if (!line) return;
        expect(line.placed).toHaveLength(moments.length);
        for (const a of line.placed) {
          expect(a.left).toBeGreaterThanOrEqual(0);
          expect(a.left + a.width).toBeLessThanOrEqual(1 + 1e-9);
          for (const b of line.placed) {
            if (a === b || a.lane !== b.lane || a.left > b.left) continue;
            if (a.left === b.left) expect(a).toBe(b);
            expect(a.left + Math.max(a.width, 0.06)).toBeLessThanOrEqual(b.left + 1e-6);
          }
        }
      }),
    );
  });
});
