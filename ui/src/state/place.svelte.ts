/** Where in the window the person is. */
import type { PadRow } from '../bindings/PadRow';
import type { SetUpStep } from '../bindings/SetUpStep';

/** The pages of the settings, in order. */
export const SETTINGS_PAGES = [
  'accounts',
  'watching',
  'pads',
  'invitation',
  'general',
  'advanced',
] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];
/** What is folded on a page, and can be asked for. */
export type SettingsPart = 'connection' | 'webhooks';

/** Where in the settings a part stands. */
export function inSettings(asked: SettingsPage | SettingsPart): Place {
  switch (asked) {
    case 'connection':
      return { name: 'settings', page: 'accounts', part: asked };
    case 'webhooks':
      return { name: 'settings', page: 'advanced', part: asked };
    default:
      return { name: 'settings', page: asked };
  }
}

/** The parts of the list of which some can be served together. */
export type Choosable = 'alreadyThere' | 'needsYou';

export type Place =
  | { name: 'list' }
  /** `note`: for whom the note about the interview is wanted. */
  | { name: 'candidate'; note?: string }
  | { name: 'settings'; page: SettingsPage | null; part?: SettingsPart }
  | { name: 'choose'; section: Choosable }
  | { name: 'setUp'; step: SetUpStep };

/** What lies over everything, and is gone with the next key. */
export type Over =
  | { name: 'shortcuts' }
  | { name: 'pause' }
  /** `at`: the action that was asked for by its key. */
  | { name: 'actions'; row: PadRow; at?: string };

export class Whereabouts {
  place = $state.raw<Place>({ name: 'list' });
  over = $state.raw<Over | null>(null);

  go(place: Place): void {
    this.place = place;
  }

  /** One step up. */
  back(): void {
    this.place =
      this.place.name === 'settings' && this.place.page !== null
        ? { name: 'settings', page: null }
        : { name: 'list' };
  }
}
