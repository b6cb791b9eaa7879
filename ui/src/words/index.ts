/**
 * Every text that a person reads, in this folder, ready for another language: one module for each
 * view. Texts with values are functions, so that each language can put them where it needs them.
 * What happened to a candidate, and why, comes in words from Padwatch itself.
 *
 * Here are the texts of what every window shows. Those of the settings and the set-up (`./later`)
 * and of a finished interview (`./finished`) are loaded with their views alone.
 */
import { actions } from './actions';
import { candidate, duplicates } from './candidate';
import { confirm, general, noAnswer, sections, time } from './general';
import { invitation } from './invitation';
import { list } from './list';
import { pads } from './pads';
import { number } from './phrases';
import { remedies, sampleData, standing } from './standing';

export const words = {
  number,
  ...general,
  noAnswer,
  time,
  sections,
  standing,
  sampleData,
  remedies,
  list,
  candidate,
  duplicates,
  invitation,
  pads,
  actions,
  confirm,
};
