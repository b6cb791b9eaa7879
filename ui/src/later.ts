/** What isn't needed for the list, in one piece: its parts have much in common. */
export { default as CandidatePage } from './candidate/CandidatePage.svelte';
export { default as ChoosePage } from './people/ChoosePage.svelte';
export { default as DemoBar } from './standing/DemoBar.svelte';
export { default as SettingsView } from './settings/SettingsView.svelte';
export { default as SetUp } from './setup/SetUp.svelte';
export { default as Over } from './Over.svelte';
export { doShortcut } from './shortcuts';
