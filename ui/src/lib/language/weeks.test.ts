import { describe, expect, it } from 'vitest';
import { isoWeek, isoWeekday, mondayOf, monthAfter, weekOf, weeksOfMonth } from './weeks';

describe('weeks as they are counted in the Netherlands', () => {
  it('begin on Monday, over both changes of the clock as well', () => {
    expect(isoWeekday('2026-11-29')).toBe(7);
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(weekOf('2026-03-29')).toEqual([
      '2026-03-23',
      '2026-03-24',
      '2026-03-25',
      '2026-03-26',
      '2026-03-27',
      '2026-03-28',
      '2026-03-29',
    ]);
    expect(weekOf('2026-10-25').at(-1)).toBe('2026-10-25');
  });

  it('have the number of ISO 8601, around the turn of the year too', () => {
    expect(isoWeek('2026-01-01')).toBe(1);
    expect(isoWeek('2026-12-31')).toBe(53);
    expect(isoWeek('2027-01-03')).toBe(53);
    expect(isoWeek('2027-01-04')).toBe(1);
    expect(isoWeek('2025-12-29')).toBe(1);
    expect(isoWeek('2024-02-29')).toBe(9);
  });

  it('hold every day of a month, and no week without one', () => {
    const weeks = weeksOfMonth('2026-11-26');
    expect(weeks[0]?.[0]).toBe('2026-10-26');
    expect(weeks.at(-1)?.at(-1)).toBe('2026-12-06');
    expect(weeks).toHaveLength(6);
    expect(weeksOfMonth('2027-02-14')).toHaveLength(4);
  });

  it('a month on from the last of January is the last of February', () => {
    expect(monthAfter('2028-01-31', 1)).toBe('2028-02-29');
    expect(monthAfter('2026-01-31', -1)).toBe('2025-12-31');
    expect(monthAfter('2026-12-15', 1)).toBe('2027-01-15');
  });
});
