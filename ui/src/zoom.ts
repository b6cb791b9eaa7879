/** How large everything is: the web view's own zoom, so that narrow layouts follow it. */
import type { Backend } from './backend/backend';
import { remember, remembered } from './state/remembered';

const STEPS = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];

/** One step larger or smaller; 0: the usual size. */
export function zoomBy(backend: Backend, step: -1 | 0 | 1): void {
  const now = STEPS.indexOf(remembered().zoom ?? 1);
  const zoom = step === 0 ? 1 : (STEPS[now + step] ?? STEPS[now] ?? 1);
  remember({ zoom });
  backend.zoom(zoom);
}
