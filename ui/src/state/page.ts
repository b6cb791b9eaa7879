import { createContext } from 'svelte';

import type { Backend } from '../backend/backend';
import type { Announcer } from './announcer.svelte';
import type { Doing } from './asking.svelte';
import type { Candidates } from './candidates.svelte';
import type { Clock } from './clock.svelte';
import type { Whereabouts } from './place.svelte';
import type { Standing } from './standing.svelte';

/** What every part of the page may use. */
export interface Page {
  backend: Backend;
  standing: Standing;
  candidates: Candidates;
  where: Whereabouts;
  announcer: Announcer;
  clock: Clock;
  /** What was done last with a candidate, by whatever means; whichever view is there tells of it. */
  acting: Doing;
}

export const [getPage, setPage] = createContext<Page>();
