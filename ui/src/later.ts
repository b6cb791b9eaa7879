/** What is opened now and then, in one piece: its parts have much in common. */
export { default as ChoosePage } from './people/ChoosePage.svelte';
export { default as SettingsView } from './settings/SettingsView.svelte';
export { default as SetUp } from './setup/SetUp.svelte';
