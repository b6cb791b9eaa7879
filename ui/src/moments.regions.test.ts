import { afterEach, describe, expect, it, vi } from 'vitest';

// The same instants for several regions; Rust's test reads them too.
import cases from '../../src-tauri/crates/api/catalogue/times.json';

const now = Date.parse(cases.now);

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
  delete window.systemLocale;
});

describe('the conventions of a region', () => {
  it.each(cases.regions)('of a system in $system are as in the tray', async (region) => {
    vi.stubEnv('TZ', cases.zone);
    vi.resetModules();
    window.systemLocale = region.system;
    const { LOCALE } = await import('./locale');
    const { day, moment, until } = await import('./moments');
    const { say } = await import('./say');
    const instants = cases.moments.map((instant) => Date.parse(instant));
    expect(LOCALE).toBe(region.locale);
    expect(instants.map((at) => moment(at, now))).toEqual(region.moments);
    expect(instants.map((at) => until(at, now))).toEqual(region.untils);
    expect(instants.map((at) => day(at))).toEqual(region.longDays);
    expect(say('time-seconds-ago', { seconds: cases.number })).toBe(`${region.number} sec ago`);
  });
});
