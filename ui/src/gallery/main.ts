/** The page over an imitated Padwatch: `gallery.html?scene=NAME`. */
import { mount } from 'svelte';

import App from '../App.svelte';
import '../styles/tokens.css';
import '../styles/base.css';
import { scene } from './scenes';

const target = document.getElementById('page');
if (target !== null) {
  const name = new URLSearchParams(location.search).get('scene') ?? 'usual';
  mount(App, { target, props: { backend: scene(name, Date.now()) } });
}
