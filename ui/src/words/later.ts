/** The texts of what is opened now and then, beside those of every window. */
import { words as ofEveryWindow } from '.';
import { accounts } from './accounts';
import { connection } from './connection';
import { units } from './general';
import { choosing } from './people';
import { postings } from './postings';
import { setUp } from './set-up';
import {
  diagnostics,
  exporting,
  forget,
  guards,
  interviews,
  login,
  notifications,
  settings,
} from './settings';
import { maker, watch, you } from './watching';
import { webhooks } from './webhooks';

export const words = {
  ...ofEveryWindow,
  units,
  accounts,
  you,
  watch,
  maker,
  people: choosing,
  postings,
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
