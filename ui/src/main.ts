import { mount } from 'svelte';

import App from './App.svelte';
import { tauriBackend } from './backend/tauri';
import './styles/tokens.css';
import './styles/base.css';

const target = document.getElementById('page');
if (target !== null) {
  mount(App, { target, props: { backend: tauriBackend() } });
}
