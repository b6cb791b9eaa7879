/** What the pages of the settings are called, and what is on them. */
import type { PlainWord } from '../say';
import type { SettingsGroup, SettingsPage } from '../state/place.svelte';

export const GROUP_WORDS = {
  services: 'settings-group-services',
  pads: 'settings-group-pads',
  computer: 'settings-group-computer',
} as const satisfies Record<SettingsGroup, PlainWord>;

export const PAGE_WORDS = {
  accounts: { title: 'page-accounts', about: 'page-accounts.about' },
  watching: { title: 'page-watching', about: 'page-watching.about' },
  pads: { title: 'page-pads', about: 'page-pads.about' },
  invitation: { title: 'page-invitation', about: 'page-invitation.about' },
  postings: { title: 'page-postings', about: 'page-postings.about' },
  guards: { title: 'page-guards', about: 'page-guards.about' },
  notifications: { title: 'page-notifications', about: 'page-notifications.about' },
  interviews: { title: 'page-interviews', about: 'page-interviews.about' },
  webhooks: { title: 'page-webhooks', about: 'page-webhooks.about' },
  connection: { title: 'page-connection', about: 'page-connection.about' },
  login: { title: 'page-login', about: 'page-login.about' },
  export: { title: 'page-export', about: 'page-export.about' },
  diagnostics: { title: 'page-diagnostics', about: 'page-diagnostics.about' },
  forget: { title: 'page-forget', about: 'page-forget.about' },
} as const satisfies Record<SettingsPage, { title: PlainWord; about: PlainWord }>;
