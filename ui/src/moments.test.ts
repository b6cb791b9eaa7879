import { describe, expect, it } from 'vitest';

import { age, comingMoment, moment, startOfTomorrow } from './moments';

const NOON = new Date(2026, 10, 18, 12, 0, 0).getTime();
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('moments', () => {
  it('are counted in seconds and minutes while they are fresh', () => {
    expect(age(NOON - SECOND, NOON)).toBe('just now');
    expect(age(NOON - 12 * SECOND, NOON)).toBe('12 sec ago');
    expect(age(NOON - 185 * SECOND, NOON)).toBe('3 min ago');
    expect(age(NOON - 2 * HOUR, NOON)).toMatch(/^today 10/);
  });

  it('that lie ahead by the clocks of two machines are just now', () => {
    expect(age(NOON + 3 * SECOND, NOON)).toBe('just now');
  });

  it('near today have a day’s name, others a date', () => {
    expect(moment(NOON - DAY, NOON)).toMatch(/^yesterday 12/);
    expect(moment(NOON + DAY, NOON)).toMatch(/^tomorrow 12/);
    expect(moment(NOON - 3 * DAY, NOON)).toMatch(/^Sun/);
    expect(moment(NOON - 40 * DAY, NOON)).not.toContain('2026');
    expect(moment(NOON - 400 * DAY, NOON)).toContain('2025');
  });

  it('that are appointments say how soon, then when', () => {
    expect(comingMoment(NOON + 20 * MINUTE, NOON)).toBe('in 20 min');
    expect(comingMoment(NOON + 10 * SECOND, NOON)).toBe('in 1 min');
    expect(comingMoment(NOON + 3 * HOUR, NOON)).toMatch(/^today (15:00|3:00)/);
    expect(comingMoment(NOON + DAY, NOON)).toMatch(/^tomorrow 12/);
    expect(comingMoment(NOON + 2 * DAY, NOON)).toMatch(/^Fri 12/);
    expect(comingMoment(NOON - DAY, NOON)).toMatch(/^yesterday 12/);
  });

  it('of yesterday evening are yesterday, though less than a day has passed', () => {
    const midnight = new Date(2026, 10, 18, 0, 0, 30).getTime();
    expect(moment(midnight - 60 * SECOND, midnight)).toMatch(/^yesterday/);
  });

  it('know when tomorrow begins', () => {
    expect(startOfTomorrow(NOON)).toBe(new Date(2026, 10, 19).getTime());
  });
});
