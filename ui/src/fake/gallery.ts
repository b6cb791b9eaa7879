/**
 * The page over an imitated Padwatch: `gallery.html?scene=NAME`, and with `&late=MS` one that takes
 * its time; with `&tongue=accented` or `mirrored` in the language of the tests.
 */
import { mount } from 'svelte';

import App from '../App.svelte';
import '../styles/tokens.css';
import '../styles/base.css';
import { scene } from './scenes';
import { type Tongue, overheard, speak } from './tongue';

/** What the engine does in a process of its own, as a measure that tests can take off the page's. */
function standIn(beganMs: number): void {
  performance.measure('stand-in', { start: beganMs });
}

const target = document.getElementById('page');
if (target !== null) {
  const asked = new URLSearchParams(location.search);
  const began = performance.now();
  const backend = scene(asked.get('scene') ?? 'usual', Date.now());
  standIn(began);
  backend.onAnswered(standIn);
  const late = asked.get('late');
  if (late !== null) {
    backend.answerLate(Number(late));
  }
  const tongue = asked.get('tongue') as Tongue | null;
  if (tongue !== null) {
    speak(tongue);
  }
  mount(App, { target, props: { backend: tongue === null ? backend : overheard(backend) } });
}
