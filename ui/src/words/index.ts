/**
 * Every text that a person reads, in one place, ready for another language: one module for each
 * view, put together here. Texts with values are functions, so that each language can put them
 * where it needs them. What happened to a candidate, and why, comes in words from Padwatch itself.
 * The texts about a finished interview (`./finished`) are loaded with that view alone.
 */
import { accounts } from './accounts';
import { actions } from './actions';
import { candidate, duplicates } from './candidate';
import { connection } from './connection';
import { confirm, general, noAnswer, sections, time, units } from './general';
import { invitation } from './invitation';
import { list } from './list';
import { pads } from './pads';
import { choosing } from './people';
import { postings } from './postings';
import { setUp } from './set-up';
import {
  settings,
  login,
  guards,
  interviews,
  notifications,
  diagnostics,
  exporting,
  forget,
} from './settings';
import { standing, remedies } from './standing';
import { you, watch, maker } from './watching';
import { webhooks } from './webhooks';
import { number } from './phrases';

export const words = {
  number,
  ...general,
  noAnswer,
  time,
  units,
  sections,
  standing,
  remedies,
  list,
  candidate,
  duplicates,
  invitation,
  pads,
  postings,
  actions,
  confirm,
  accounts,
  you,
  watch,
  maker,
  people: choosing,
  login,
  guards,
  interviews,
  notifications,
  diagnostics,
  export: exporting,
  connection,
  forget,
  settings,
  webhooks,
  setUp,
};
