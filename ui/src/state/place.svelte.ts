/** Where in the window the person is. */
import type { SetUpStep } from '../bindings/SetUpStep';

/** The pages of the settings, by what they are about. */
export const SETTINGS_GROUPS = {
  services: ['accounts', 'connection', 'webhooks'],
  pads: ['watching', 'guards', 'pads', 'postings', 'invitation'],
  computer: ['notifications', 'interviews', 'login', 'export', 'diagnostics', 'forget'],
} as const;
export type SettingsGroup = keyof typeof SETTINGS_GROUPS;
export type SettingsPage = (typeof SETTINGS_GROUPS)[SettingsGroup][number];

/** The parts of the list of which some can be served together. */
export type Choosable = 'alreadyThere' | 'needsYou';

export type Place =
  | { name: 'list' }
  /** `note`: for whom the note about the interview is wanted. */
  | { name: 'candidate'; note?: string }
  | { name: 'settings'; page: SettingsPage | null }
  | { name: 'choose'; section: Choosable }
  | { name: 'setUp'; step: SetUpStep };

export class Whereabouts {
  place = $state.raw<Place>({ name: 'list' });

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
